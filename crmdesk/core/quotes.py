"""Quote words."""

from enum import StrEnum


class QuoteState(StrEnum):
    """Life of one quote; ``REPLACED``: a newer quote, or an end without repair, took its place and nobody owes it."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"
    REPLACED = "replaced"
