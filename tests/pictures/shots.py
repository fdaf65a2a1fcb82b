"""Pictures of every screen: languages, light and dark, sizes. `python3 dev.py shots` calls this.

The screens are those of the real program on a demonstration store, which is made once and kept beside the pictures.
`--gallery` takes the frame and the parts alone, without any store.
"""

import argparse
import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LANGUAGES: Final = ("zh_CN", "en")
THEMES: Final = ("light", "dark")
SIZES: Final = {1.0: "1366x768", 1.25: "1920x1080", 1.5: "1920x1080", 2.0: "1920x1080"}
MEMBERS: Final = "120"


def main(arguments: list[str] | None = None) -> int:
    """Make pictures; one process for each combination, as Qt reads the scale once and a store is opened once."""
    chosen = _chosen(arguments)
    chosen.out = chosen.out.absolute()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.single:
        return _take(chosen)
    if not chosen.gallery and _make_store(chosen.out / "demo"):
        return 1
    scales = (1.0, 1.5) if chosen.scale is None else (chosen.scale,)
    languages = LANGUAGES if chosen.lang == "all" else (chosen.lang,)
    themes = THEMES if chosen.theme == "all" else (chosen.theme,)
    return max(_run(chosen, *one) for one in itertools.product(languages, themes, scales))


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="all")
    parser.add_argument("--theme", choices=(*THEMES, "all"), default="all")
    parser.add_argument("--size", help="device pixels, as 1366x768")
    parser.add_argument("--scale", type=float, choices=sorted(SIZES), help="without it: 1.0 and 1.5")
    parser.add_argument("--only", default="", help="part of a picture's name")
    parser.add_argument("--gallery", action="store_true", help="the frame and its parts, without a store")
    parser.add_argument("--single", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _make_store(folder: Path) -> int:
    """Make the store, unless it is kept from the last time."""
    if (folder / "day.json").exists():
        return 0
    command = [sys.executable, "-m", "crmdesk", "demo", "--out", str(folder), "--members", MEMBERS, "--no-pictures"]
    return subprocess.run(command, cwd=ROOT, env=_environment(1.0), check=False).returncode


def _run(chosen: argparse.Namespace, language: str, theme: str, scale: float) -> int:
    command = [sys.executable, __file__, "--single", "--out", str(chosen.out), "--lang", language, "--theme", theme]
    command += ["--scale", str(scale), "--size", chosen.size or SIZES[scale], "--only", chosen.only]
    command += ["--gallery"] if chosen.gallery else []
    return subprocess.run(command, cwd=ROOT, env=_environment(scale), check=False).returncode


def _environment(scale: float) -> dict[str, str]:
    screen = {} if os.environ.get("CRMDESK_SHOTS_ON_DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    return {**os.environ, **screen, "QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(ROOT)}


def _take(chosen: argparse.Namespace) -> int:
    width, height = (chosen.size or SIZES[chosen.scale]).split("x")
    size = (round(int(width) / chosen.scale), round(int(height) / chosen.scale))
    return _take_gallery(chosen, size) if chosen.gallery else _take_screens(chosen, size)


def _take_screens(chosen: argparse.Namespace, size: tuple[int, int]) -> int:
    from crmdesk.demo.pictures import PicturePlan, moment_of, take_all

    kept = chosen.out / "demo"
    taken = take_all(
        PicturePlan(
            kept,
            chosen.out,
            moment_of(kept),
            chosen.lang,
            chosen.theme,
            size,
            f"-{chosen.lang}-{chosen.theme}-{chosen.scale:g}",
            chosen.only,
        )
    )
    for path in taken.files:
        print(path)
    for name, why in taken.missed.items():
        print(f"no picture of {name}: {why}", file=sys.stderr)
    return 1 if taken.missed else 0


def _take_gallery(chosen: argparse.Namespace, size: tuple[int, int]) -> int:
    from tests.pictures import frame_shots

    with frame_shots.photographer(size) as pictures:
        for name, image in pictures.take(chosen.lang, chosen.theme, chosen.only):
            path = chosen.out / f"{name}-{chosen.lang}-{chosen.theme}-{chosen.scale:g}.png"
            image.save(str(path))
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
