"""How long the shared strings of an .xls are, without building them. Layout: Microsoft's [MS-XLS] 2.4.265, 2.5.293."""

import struct
from typing import Final

_WIDE: Final = 1
_EXTENDED: Final = 4
_RICH: Final = 8
_HEAD: Final = struct.Struct("<HB")
_SHORT: Final = struct.Struct("<H")
_LONG: Final = struct.Struct("<I")
_RUN: Final = 4


def string_lengths(pieces: list[bytes]) -> list[int]:
    """Return the length in characters of every string.

    Args:
        pieces: what the table's record holds behind its two counts, then what each continuing record holds.

    Raises:
        struct.error: the table ends inside a string.
    """
    reader = _Reader(pieces)
    lengths = []
    while reader.more():
        lengths.append(reader.string())
    return lengths


class _Reader:
    """Walks over the pieces; characters that go on in the next piece begin there with a new width."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    def more(self) -> bool:
        while self._piece < len(self._pieces) and self._at >= len(self._pieces[self._piece]):
            self._piece += 1
            self._at = 0
        return self._piece < len(self._pieces)

    def string(self) -> int:
        length, flags = self._take(_HEAD)
        runs = self._take(_SHORT)[0] if flags & _RICH else 0
        extra = self._take(_LONG)[0] if flags & _EXTENDED else 0
        self._skip_characters(length, wide=bool(flags & _WIDE))
        self._skip(runs * _RUN + extra)
        return int(length)

    def _take(self, layout: struct.Struct) -> tuple[int, ...]:
        if not self.more():
            raise struct.error
        values = layout.unpack_from(self._pieces[self._piece], self._at)
        self._at += layout.size
        return values

    def _skip_characters(self, count: int, *, wide: bool) -> None:
        while count:
            size = 2 if wide else 1
            here = min(count, (len(self._pieces[self._piece]) - self._at) // size)
            self._at += here * size
            count -= here
            if count:
                self._at = len(self._pieces[self._piece])
                if not self.more():
                    raise struct.error
                wide = bool(self._pieces[self._piece][0] & _WIDE)
                self._at = 1

    def _skip(self, count: int) -> None:
        while count:
            if not self.more():
                raise struct.error
            here = min(count, len(self._pieces[self._piece]) - self._at)
            self._at += here
            count -= here
