"""Quote words."""

from enum import StrEnum


class QuoteState(StrEnum):
    """Life of one quote."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"
    REPLACED = "replaced"
