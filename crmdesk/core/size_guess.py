"""Which size class goods belong to, from the size as the till writes it (20寸, 24", 28)."""

import re
from typing import Final

from crmdesk.core.loaners import SizeClass
from crmdesk.core.tickets import ItemCategory

# A number that is an inch size: two digits, alone or before 寸, 吋, in or ".
_INCHES: Final = re.compile(r"(?<!\d)(1[4-9]|2\d|3[0-4])\s*(?:寸|吋|英寸|inch|in\b|\"|″|$)", re.IGNORECASE)
_CABIN_UP_TO: Final = 21  # the cabin sizes of the trade are 18 to 21 inches
_MEDIUM_UP_TO: Final = 25


def size_class_of(category: ItemCategory, *words: str) -> SizeClass:
    """Give the size class that ``words`` (size, name) tell; one size where they tell none."""
    if category is not ItemCategory.SUITCASE:
        return SizeClass.ONE_SIZE
    for text in words:
        found = _INCHES.search(text.strip())
        if found:
            inches = int(found[1])
            if inches <= _CABIN_UP_TO:
                return SizeClass.SMALL
            return SizeClass.MEDIUM if inches <= _MEDIUM_UP_TO else SizeClass.LARGE
    return SizeClass.ONE_SIZE
