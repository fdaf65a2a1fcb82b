"""Writes an OLE container that holds one stream and nothing else.

The reader of spreadsheets trusts the tables of a container (lengths, chains that may run in circles), so it is never
given one from outside: the workbook's stream is taken out with care and handed on in a container of our own.
Layout: Microsoft's [MS-CFB], version 4, sectors of 4,096 bytes.
"""

import struct
from typing import Final

_SECTOR: Final = 4096
_ENTRIES: Final = _SECTOR // 4
_HEADER_FATS: Final = 109
_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_FAT: Final = 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_ROOT: Final = 5
_STREAM: Final = 2
_EMPTY: Final = 0


def container_of(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a container with `stream` under `name`.

    Args:
        stream: at most 400 MiB; padded with zeros to whole sectors.
        name: at most 31 characters.
    """
    sectors = max(-(-len(stream) // _SECTOR), 1)
    # Behind the header: the table, the directory, one sector that the root entry must own, the stream.
    fats = 1
    while fats * _ENTRIES < fats + 2 + sectors:
        fats += 1
    first = fats + 2
    table = [_FAT] * fats + [_END, _END, *range(first + 1, first + sectors), _END]
    table += [_FREE] * (fats * _ENTRIES - len(table))
    directory = (
        _entry("Root Entry", _ROOT, 1, fats + 1, _SECTOR)
        + _entry(name, _STREAM, _NONE, first, sectors * _SECTOR)
        + _entry("", _EMPTY, _NONE, 0, 0) * (_SECTOR // 128 - 2)
    )
    return b"".join(
        (
            _header(fats),
            struct.pack(f"<{len(table)}I", *table),
            directory,
            bytes(_SECTOR),
            stream,
            bytes(sectors * _SECTOR - len(stream)),
        )
    )


def _header(fats: int) -> bytes:
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        0x3E,
        4,
        0xFFFE,
        12,
        6,
        bytes(6),
        1,  # sectors of the directory
        fats,
        fats,  # where the directory begins: behind the table
        0,
        _SECTOR,  # streams below this would lie in the mini stream; ours never do
        _END,
        0,
        _END,
        0,
        0,  # the first entry of the table's own list
    )
    places = [*range(fats), *[_FREE] * (_HEADER_FATS - fats)]
    packed = head[:-4] + struct.pack(f"<{_HEADER_FATS}I", *places)
    return packed + bytes(_SECTOR - len(packed))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, length, kind, 1, _NONE, _NONE, child, bytes(16), 0, 0, 0, start, size
    )
