"""Pictures of the user guide, made by the program on a fresh demo store: `python3 dev.py shots --guide`.

Writes docs/guide/pictures/<language>/NN-name.png, each at most 120 KB.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURES: Final = ROOT / "docs" / "guide" / "pictures"
LANGUAGES: Final = ("zh_CN", "en")
DAY: Final = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)  # a Saturday afternoon in the store
MEMBERS: Final = 300
SEED: Final = 7
LARGEST: Final = 120 * 1024
WIDTHS: Final = (1366, 1180, 1024)
_COLOURS: Final = (256, 128, 96, 64, 48)

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap


def main(arguments: list[str] | None = None) -> int:
    """Make the store once, then the pictures of each language in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), default="all")
    parser.add_argument("--only", default="", help="part of a picture's name")
    parser.add_argument("--store", type=Path, help="a demo folder that is there already")
    parser.add_argument("--out", type=Path, default=PICTURES)
    parser.add_argument("--scenes", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))
    if chosen.scenes:
        return _scenes(chosen)
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or _make_store(Path(folder) / "demo")
        languages = LANGUAGES if chosen.lang == "all" else (chosen.lang,)
        return max(_one_language(chosen, store, Path(folder) / one, one) for one in languages)


def _one_language(chosen: argparse.Namespace, store: Path, copy: Path, language: str) -> int:
    _copy(store, copy)
    command = [sys.executable, __file__, "--scenes", "--store", str(copy), "--lang", language]
    command += ["--only", chosen.only, "--out", str(chosen.out)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
    return subprocess.run(command, check=False, env=environment, cwd=ROOT).returncode


def _copy(source: Path, target: Path) -> None:
    """Copy a closed store file by file; the lock of the one it came from stays behind."""
    for path in source.rglob("*"):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        elif not path.name.startswith("instance."):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())


def _make_store(out: Path) -> Path:
    from crmdesk.core.clock import FixedClock
    from crmdesk.demo.whole import DemoPlan, make_demo
    from tools import catalogue

    catalogue.build()
    make_demo(DemoPlan(out, MEMBERS, SEED, DAY), FixedClock(DAY), lambda line: print(line, flush=True))
    return out


def _scenes(chosen: argparse.Namespace) -> int:
    from tests.pictures.guide_room import open_room
    from tests.pictures.guide_scenes import take

    target = chosen.out / chosen.lang
    target.mkdir(parents=True, exist_ok=True)
    with open_room(chosen.store / "store", chosen.lang, DAY) as room:
        for name, picture in take(room, chosen.store, chosen.only):
            path = target / f"{name}.png"
            path.write_bytes(small_png(picture))
            print(f"{path.relative_to(chosen.out)} {path.stat().st_size // 1024} KB", flush=True)
    return 0


def small_png(picture: "QPixmap") -> bytes:
    """Give the picture with a palette, as few colours and pixels as it takes to stay small."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    whole = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    small = b""
    for width in WIDTHS:
        fitted = whole if whole.width <= width else whole.resize((width, round(whole.height * width / whole.width)))
        for colours in _COLOURS:
            target = io.BytesIO()
            fitted.quantize(colours, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
            small = target.getvalue()
            if len(small) <= LARGEST:
                return small
    return small


if __name__ == "__main__":
    sys.exit(main())
