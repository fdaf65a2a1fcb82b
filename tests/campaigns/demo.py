"""The whole demonstration with pictures, in a process of its own for each language; nothing may be missing."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[2]
FEWEST_PICTURES: Final = 35
PLAIN: Final = 12  # colours of a picture on which nothing is to be seen


def campaign(*, short: bool = False) -> list[str]:
    """Carry it out; give what is wrong, one line each."""
    found: list[str] = []
    for language in ("zh_CN",) if short else ("zh_CN", "en"):
        with tempfile.TemporaryDirectory() as name:
            found += [f"{language}: {line}" for line in _carry_out(Path(name) / "demo", language, short=short)]
    return found


def _carry_out(out: Path, language: str, *, short: bool) -> list[str]:
    members = ("--members", "40") if short else ()
    command = [sys.executable, "-m", "crmdesk", "demo", "--out", str(out), "--lang", language, "--json", *members]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        return done.stderr.strip().splitlines()[-8:] or ["it failed without a word"]
    said = json.loads(done.stdout)
    pictures = sorted((out / "pictures").glob("*.png"))
    found = [] if len(pictures) >= FEWEST_PICTURES else [f"only {len(pictures)} pictures"]
    found += [f"nothing to be seen on {path.name}" for path in pictures if _is_plain(path)]
    return found + ([] if said["agrees"] else ["day.json does not agree with the database"])


def _is_plain(path: Path) -> bool:
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(1 << 20)
    return colours is not None and len(colours) < PLAIN
