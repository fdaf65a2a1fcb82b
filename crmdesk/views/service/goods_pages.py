"""What the pages around goods are called by the navigator, and their commands."""

from typing import Final

PICK_UP: Final = "service.pick_up"
SHELVES: Final = "service.shelves"
UNCOLLECTED: Final = "service.uncollected"
PAGES: Final = (PICK_UP, SHELVES, UNCOLLECTED)
