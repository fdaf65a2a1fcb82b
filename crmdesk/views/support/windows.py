"""The loaded parts of a long list: a bounded number of windows, the longest unused dropped first."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from crmdesk.views.support.columns import R

WINDOW = 50  # rows: more than most screens show, and read before one notices
KEPT = 48  # windows in memory
WANTED = 6  # windows asked for at most: the person has scrolled past older ones


class Windows(Generic[R]):
    """Rows by window number, and the windows that are still wanted."""

    def __init__(self) -> None:
        """Begin empty."""
        self._loaded: OrderedDict[int, tuple[R | None, ...]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()

    def row(self, place: int) -> R | None:
        """Give the row at a place; when its window is not there it becomes wanted."""
        number, offset = divmod(place, WINDOW)
        rows = self._loaded.get(number)
        if rows is None:
            self._wanted[number] = None
            self._wanted.move_to_end(number)
            while len(self._wanted) > WANTED:
                self._wanted.popitem(last=False)
            return None
        self._loaded.move_to_end(number)
        return rows[offset] if offset < len(rows) else None

    def take_wanted(self) -> list[int]:
        """Give the wanted windows and want them no more."""
        wanted = list(self._wanted)
        self._wanted.clear()
        return wanted

    def has_wanted(self) -> bool:
        """Tell whether any window is wanted."""
        return bool(self._wanted)

    def fill(self, number: int, keys: Sequence[int], found: Mapping[int, R]) -> None:
        """Keep the rows of a window; `keys` are its ids in order."""
        self._loaded[number] = tuple(found.get(key) for key in keys)
        self._loaded.move_to_end(number)
        self._wanted.pop(number, None)  # looked at again while it was on its way
        while len(self._loaded) > KEPT:
            self._loaded.popitem(last=False)

    def recent(self, most: int = 3) -> list[int]:
        """Give the windows used last."""
        return list(self._loaded)[-most:]

    def rows(self) -> Iterable[R]:
        """Give all loaded rows."""
        return (row for rows in self._loaded.values() for row in rows if row is not None)

    def clear(self) -> None:
        """Forget everything."""
        self._loaded.clear()
        self._wanted.clear()

    def count(self) -> int:
        """Give the number of windows in memory."""
        return len(self._loaded)
