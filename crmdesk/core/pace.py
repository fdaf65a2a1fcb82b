"""How much of a long write goes into one transaction: as much as fits the time that others may have to wait."""

from typing import Final

# Seconds that a part may hold the lock; a person's save that meets it waits no longer than this, and a commit.
HELD: Final = 0.08
FIRST: Final = 400
LEAST: Final = 300
MOST: Final = 2000
_GROWS_AT_MOST: Final = 2.0


class Pace:
    """Rows of the next part, from how long the last one took."""

    def __init__(self, rows: int = FIRST) -> None:
        """Begin with a careful part."""
        self.rows = rows

    def took(self, rows: int, seconds: float) -> None:
        """Learn that so many rows held the lock for so long."""
        if rows <= 0 or seconds <= 0:
            return
        factor = min(HELD / seconds, _GROWS_AT_MOST)
        self.rows = round(min(max(rows * factor, LEAST), MOST))
