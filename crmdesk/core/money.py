"""Money as a whole number of fen; never a float."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

FEN_PER_YUAN = 100
# Larger than any shop's amount, smaller than a 63-bit column: typing mistakes stop here.
LARGEST_FEN = 10**13
_DECORATION = re.compile(r"[¥￥,\s元圆块]|RMB|CNY", re.IGNORECASE)


class MoneyError(ValueError):
    """A text is not an amount of money; ``reason`` is one of empty, not_a_number, too_fine, too_large."""

    def __init__(self, text: str, reason: str) -> None:
        """Keep the text as typed and why it is refused."""
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1 yuan = 100 fen); negative amounts are allowed in arithmetic."""

    fen: int = 0

    def __post_init__(self) -> None:
        """Refuse anything but a whole number."""
        if type(self.fen) is not int:
            msg = f"fen must be int, not {type(self.fen).__name__}"
            raise TypeError(msg)

    @classmethod
    def yuan(cls, amount: int | Decimal) -> Self:
        """Make money from yuan; a Decimal may have two places at most.

        Raises:
            MoneyError: more than two places, or larger than a shop ever sees.
        """
        return cls._checked(Decimal(amount), str(amount))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person types: ``1280``, ``¥1,280.50``, ``１２元``, ``-5``.

        Raises:
            MoneyError: with the reason.
        """
        plain = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
        if not plain:
            raise MoneyError(text, "empty")
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise MoneyError(text, "not_a_number") from None
        if not amount.is_finite():
            raise MoneyError(text, "not_a_number")
        return cls._checked(amount, text)

    @classmethod
    def _checked(cls, amount: Decimal, text: str) -> Self:
        if abs(amount) * FEN_PER_YUAN > LARGEST_FEN:
            raise MoneyError(text, "too_large")
        fen = amount * FEN_PER_YUAN
        if fen != fen.to_integral_value():
            raise MoneyError(text, "too_fine")
        return cls(int(fen))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        """Add up ``amounts``."""
        return cls(sum(amount.fen for amount in amounts))

    def as_yuan(self) -> Decimal:
        """Give the amount in yuan with two places."""
        return Decimal(self.fen) / FEN_PER_YUAN

    def yuan_text(self) -> str:
        """Give ``1,280.50``: thousands separated, always two places, no sign of currency."""
        return f"{self.as_yuan():,.2f}"

    def short_text(self) -> str:
        """Give ``1,280`` for whole yuan, else ``1,280.50``."""
        text = self.yuan_text()
        return text.removesuffix(".00")

    def __add__(self, other: "Money") -> "Money":
        """Add."""
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract; may go below zero."""
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> "Money":
        """Multiply by a whole number."""
        return Money(self.fen * times)

    def __neg__(self) -> "Money":
        """Turn the sign."""
        return Money(-self.fen)

    def __bool__(self) -> bool:
        """Tell whether it is not zero."""
        return self.fen != 0


ZERO = Money(0)
