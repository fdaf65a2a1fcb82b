"""What must not stand in any file, and what the lock and the resources must have."""

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from tests.architecture.sources import ROOT, place, tracked_files, tracked_text

LOCK: Final = ROOT / "requirements.lock"
THIS: Final = Path(__file__).resolve()
LICENCES: Final = ("LICENSE", "LICENCE", "OFL", "COPYING")

# Versions (3.11.0.1) and the machine's own addresses are no hosts of anybody.
HOST: Final = re.compile(r"(?<![\d.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
INDEX: Final = re.compile(r"pypi\.org|pythonhosted|npmjs|--(?:extra-)?index-url|--find-links|--trusted-host")
ABSOLUTE: Final = re.compile(r"(?<![\w.~/])/(?:root|work|home/\w+|tmp/\w+)/|[A-Z]:\\\\?Users\\")
UNFINISHED: Final = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def _found(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    return [
        f"{place(path)}: {match.group()}"
        for path, text in tracked_text().items()
        if path != THIS and (not suffixes or path.suffix in suffixes)
        for match in pattern.finditer(text)
    ]


def test_no_address_of_a_host_or_an_index() -> None:
    assert not _found(HOST, ".py", ".toml", ".md", ".lock", ".yml", ".ini")
    assert not _found(INDEX, ".toml", ".lock", ".md", ".ini", "")


def test_no_path_of_one_machine() -> None:
    assert not _found(ABSOLUTE)


def test_nothing_is_left_for_later_in_the_code() -> None:
    assert not _found(UNFINISHED, ".py", ".toml", ".po", ".qss", ".j2")


def test_lock_is_hashed_and_has_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"://|^-", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert not [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]


def _locked() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_locked_package_is_listed_with_its_licence() -> None:
    listed = (ROOT / "THIRD_PARTY_LICENSES.md").read_text(encoding="utf-8").lower()
    words = {re.sub(r"[._]", "-", word) for word in re.findall(r"[a-z0-9][a-z0-9._-]*[a-z0-9]", listed)}
    assert not {name for name in _locked() if name not in words and not name.startswith("types-")}


def test_no_locked_package_asks_for_the_gpl() -> None:
    asking = set()
    for data in (distribution.metadata for distribution in distributions()):
        said = [value for key in ("License", "License-Expression", "Classifier") for value in data.get_all(key) or []]
        short = " ".join(text for text in said if "\n" not in text)
        if re.search(r"(?<!L)GPL|(?<!Lesser )General Public", short) and not re.search(r"LGPL|Lesser", short):
            asking.add(re.sub(r"[._]", "-", data["Name"].lower()))
    assert not asking & _locked()


def test_lock_has_every_requirement_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        re.split(r"[\[<>=~; ]", line, maxsplit=1)[0].lower().replace("_", "-")
        for line in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    assert wanted <= _locked()


def test_fonts_and_icons_keep_their_licence() -> None:
    folders = {path.parent for path in tracked_files() if path.suffix in {".ttf", ".otf", ".svg"}}
    ours = {folder for folder in folders if folder.is_relative_to(ROOT / "resources")}
    bare = {folder for folder in ours if folder.name in {"fonts", "icons"}}
    assert not [
        place(folder) for folder in bare if not any(f.name.upper().startswith(LICENCES) for f in folder.iterdir())
    ]
