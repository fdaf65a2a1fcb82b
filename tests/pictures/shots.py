"""Pictures of every screen: languages, light and dark, sizes. `python3 dev.py shots` calls this."""

import argparse
import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh_CN", "en")
THEMES: Final = ("light", "dark")
SIZES: Final = {1.0: "1366x768", 1.25: "1920x1080", 1.5: "1920x1080", 2.0: "1920x1080"}


def main(arguments: list[str] | None = None) -> int:
    """Make pictures; one process for each scale, as Qt reads it once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="all")
    parser.add_argument("--theme", choices=(*THEMES, "all"), default="all")
    parser.add_argument("--size", help="device pixels, as 1366x768")
    parser.add_argument("--scale", type=float, choices=sorted(SIZES), help="without it: 1.0 and 1.5")
    parser.add_argument("--only", help="part of a page's name")
    chosen = parser.parse_args(arguments)
    if chosen.scale is None:
        given = sys.argv[1:] if arguments is None else arguments
        runs = [
            subprocess.run([sys.executable, __file__, *given, "--scale", scale], check=False)
            for scale in ("1.0", "1.5")
        ]
        return max(run.returncode for run in runs)
    return _make(chosen)


def _make(chosen: argparse.Namespace) -> int:
    if not os.environ.get("CRMDESK_SHOTS_ON_DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests.pictures import frame_shots

    languages = LANGUAGES if chosen.lang == "all" else (chosen.lang,)
    themes = THEMES if chosen.theme == "all" else (chosen.theme,)
    width, height = (chosen.size or SIZES[chosen.scale]).split("x")
    size = (round(int(width) / chosen.scale), round(int(height) / chosen.scale))
    chosen.out.mkdir(parents=True, exist_ok=True)
    with frame_shots.photographer(size) as pictures:
        for language, theme in itertools.product(languages, themes):
            for name, image in pictures.take(language, theme, chosen.only or ""):
                path = chosen.out / f"{name}-{language}-{theme}-{chosen.scale:g}.png"
                image.save(str(path))
                print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
