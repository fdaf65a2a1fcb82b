"""Kinds of personal data whose time is over one day."""

from datetime import date
from enum import StrEnum

from crmdesk.core.i18n import mark


class Overdue(StrEnum):
    """What is kept longer than the store said it would."""

    WALK_IN = "walk_in"
    LOST = "lost"
    PHOTOS = "photos"
    SIGNATURES = "signatures"
    LOOKS = "looks"


PEOPLE = frozenset({Overdue.WALK_IN, Overdue.LOST})
OVERDUE_WORDS: dict[Overdue, str] = {
    Overdue.WALK_IN: mark("Walk-in without business"),
    Overdue.LOST: mark("Member without business"),
    Overdue.PHOTOS: mark("Photos of a closed ticket"),
    Overdue.SIGNATURES: mark("Signatures of a closed ticket"),
    Overdue.LOOKS: mark("Notes of looks"),
}


def months_before(day: date, months: int) -> date:
    """Give the day so many months earlier; the last of the month where the day does not exist there."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, 1)
