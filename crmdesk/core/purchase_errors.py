"""Refusals of receipts that are typed in, taken back or put right."""

from enum import StrEnum

from crmdesk.core.errors import RefusedError


class WhyFixed(StrEnum):
    """Why a receipt cannot be put right."""

    RETURN = "return"
    GOODS_CAME_BACK = "goods_came_back"
    PUT_RIGHT = "put_right"


class ReceiptFixedError(RefusedError):
    """The receipt cannot be put right any more; ``why`` says what happened to it."""

    def __init__(self, number: str, why: WhyFixed) -> None:
        """Keep the number and what happened."""
        super().__init__(f"{number} {why}")
        self.number = number
        self.why = why
