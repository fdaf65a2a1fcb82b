"""The catalogues of translations: build them, check them, list what is missing.

Each area of the program keeps its own ``resources/i18n/<language>/<area>.po``; the program reads one compiled
file for each language. Run by ``python3 dev.py catalogue``.
"""

import argparse
import os
import re
import string
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

ROOT: Final = Path(__file__).resolve().parents[1]
CATALOGUES: Final = ROOT / "resources" / "i18n"
SOURCES: Final = ROOT / "crmdesk"
KEYWORDS: Final = {"gettext": None, "mark": None, "ngettext": (1, 2)}
_MNEMONIC: Final = re.compile(r"&(?=\w)")


@dataclass(frozen=True, slots=True)
class Found:
    """A text in the program: its English form or forms, and every place as ``file:line``."""

    forms: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation in one file: English forms, translated forms, and where it stands."""

    forms: tuple[str, ...]
    translated: tuple[str, ...]
    place: str
    fuzzy: bool


def extract(sources: Path = SOURCES) -> dict[str, Found]:
    """Return every text of the program by its English singular."""
    texts: dict[str, Found] = {}
    for path in sorted(sources.rglob("*.py")):
        place = path.relative_to(sources.parent).as_posix()
        for line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            forms = _forms(message)
            seen = texts.get(forms[0])
            places = (*(seen.places if seen else ()), f"{place}:{line}")
            longest = max(forms, seen.forms if seen else (), key=len)
            texts[forms[0]] = Found(longest, places)
    return texts


def read(language: str, catalogues: Path = CATALOGUES) -> list[Entry]:
    """Return every entry of every file of `language`, in the order of the files."""
    entries = []
    for path in sorted((catalogues / language).glob("*.po")):
        for message in _messages(path):
            translated = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
            place = f"{path.name}:{message.lineno or 0}"
            entries.append(Entry(_forms(message.id), translated, place, message.fuzzy))
    return entries


def missing(language: str, catalogues: Path = CATALOGUES, sources: Path = SOURCES) -> list[Found]:
    """Return the texts that no file of `language` translates, in the order of their places."""
    done = {entry.forms[0] for entry in read(language, catalogues) if _is_done(entry)}
    return sorted((text for key, text in extract(sources).items() if key not in done), key=lambda text: text.places)


def problems(language: str, catalogues: Path = CATALOGUES, sources: Path = SOURCES) -> list[str]:
    """Return what is wrong with the files of `language`, one sentence each; empty when all is well."""
    texts = extract(sources)
    entries = read(language, catalogues)
    found = [
        f"{text.places[0]}: not in {language}: {text.forms[0]!r}" for text in missing(language, catalogues, sources)
    ]
    for entry in entries:
        found += _entry_problems(entry, texts)
    return [*found, *_conflicts(entries)]


def build(catalogues: Path = CATALOGUES) -> list[str]:
    """Compile each language whose .po files are newer than its .mo; return the languages compiled."""
    return [folder.name for folder in sorted(catalogues.iterdir()) if folder.is_dir() and _build_one(folder)]


def _build_one(folder: Path) -> bool:
    files = sorted(folder.glob("*.po"))
    target = folder / "LC_MESSAGES" / "crmdesk.mo"
    # The folder's own time tells that a file was taken away.
    newest = max((path.stat().st_mtime_ns for path in (*files, folder)), default=0)
    if target.exists() and target.stat().st_mtime_ns >= newest:
        return False
    merged = Catalog(locale=folder.name, charset="utf-8", fuzzy=False)
    for path in files:
        for message in _messages(path):
            if message.string and not message.fuzzy:
                merged.add(message.id, message.string)
    buffer = BytesIO()
    write_mo(buffer, merged)
    target.parent.mkdir(exist_ok=True)
    # Two test processes may build at the same moment: each writes its own file, the last replaces the first.
    half = target.with_suffix(f".{os.getpid()}")
    half.write_bytes(buffer.getvalue())
    half.replace(target)
    return True


def _messages(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.name, charset="utf-8", abort_invalid=True)
    if catalogue.obsolete:
        raise SystemExit(f"{path.name}: remove the entries that begin with #~")
    for message in catalogue:
        if message.id:
            if message.context:
                raise SystemExit(f"{path.name}:{message.lineno}: contexts (msgctxt) are not used here")
            yield message


def _forms(message: str | Sequence[str] | None) -> tuple[str, ...]:
    if isinstance(message, str):
        return (message,)
    return tuple(part for part in message or () if part)


def _is_done(entry: Entry) -> bool:
    return not entry.fuzzy and all(entry.translated)


def _entry_problems(entry: Entry, texts: dict[str, Found]) -> Iterator[str]:
    key = entry.forms[0]
    text = texts.get(key)
    if text is None:
        yield f"{entry.place}: no longer in the program: {key!r}"
        return
    if entry.forms != text.forms:
        yield f"{entry.place}: the program has the forms {text.forms}, the catalogue {entry.forms}"
    if entry.fuzzy:
        yield f"{entry.place}: marked fuzzy: {key!r}"
    for translated in filter(None, entry.translated):
        if _placeholders(translated) != _placeholders(entry.forms[-1]):
            yield f"{entry.place}: other placeholders than {entry.forms[-1]!r}: {translated!r}"
        if bool(_MNEMONIC.search(translated)) != bool(_MNEMONIC.search(key)):
            yield f"{entry.place}: a mnemonic on one side only: {key!r}: {translated!r}"


def _conflicts(entries: list[Entry]) -> Iterator[str]:
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.forms[0], entry)
        if known.translated != entry.translated:
            yield f"{entry.place}: {entry.forms[0]!r} is translated otherwise at {known.place}"


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {f"broken: {text}"}


def _as_entry(text: Found) -> str:
    lines = ["#: " + " ".join(text.places), f"msgid {normalize(text.forms[0])}"]
    if len(text.forms) > 1:
        lines += [f"msgid_plural {normalize(text.forms[1])}", 'msgstr[0] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _languages() -> list[str]:
    return sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())


def main() -> int:
    """Build, then check or list; return the exit code."""
    parser = argparse.ArgumentParser(description="Build and check the catalogues of translations.")
    parser.add_argument("--build", action="store_true", help="only compile what is out of date")
    parser.add_argument("--missing", action="store_true", help="print what is missing as entries to fill in")
    options = parser.parse_args()
    build()
    if options.build:
        return 0
    if options.missing:
        for language in _languages():
            print("\n".join(_as_entry(text) for text in missing(language)))
        return 0
    found = [line for language in _languages() for line in problems(language)]
    print("\n".join(found) if found else f"{len(extract())} texts, complete in: {', '.join(_languages())}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
