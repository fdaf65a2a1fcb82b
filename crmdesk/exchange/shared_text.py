"""How much text the cells of a workbook copy out of its shared strings: one long string in every cell is a bomb."""

import re
import zipfile
from collections import Counter
from typing import Final
from xml.parsers import expat

from crmdesk.exchange.limits import MOST_TEXT
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from crmdesk.exchange.zip_parts import pieces_of

_VALUE: Final = re.compile(rb"<(?:[^\s<>/:!?\"'=]{1,40}:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})")
# A digit written as a reference could hide an index; nobody writes one so.
_HIDDEN_DIGIT: Final = re.compile(rb"v(?:\s[^<>]*)?>\s*[0-9]*&#")


def check_shared_text(
    name: str, package: zipfile.ZipFile, strings: list[zipfile.ZipInfo], sheets: list[zipfile.ZipInfo]
) -> None:
    """Refuse a workbook in which one sheet would copy more text than `MOST_TEXT` out of the shared strings.

    Raises:
        FileRefusedError: too much text, or an index written so that it cannot be counted.
    """
    lengths = [length for part in strings for length in _lengths(name, package, part)]
    for part in sheets:
        times: Counter[bytes] = Counter()
        for data in pieces_of(name, package, part):
            if _HIDDEN_DIGIT.search(data):
                raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part.filename[:80])
            times.update(_VALUE.findall(data))
        # Figures that are no index are counted too; they are few among the long texts.
        text = sum(lengths[int(index)] * count for index, count in times.items() if int(index) < len(lengths))
        if text > MOST_TEXT:
            raise FileRefusedError(FileTrouble.TOO_MANY_CELLS, name=name)


def _lengths(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[int]:
    lengths: list[int] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters.encode())

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    try:
        with package.open(part) as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as trouble:
        raise FileRefusedError(FileTrouble.DAMAGED, name=name) from trouble
    return lengths
