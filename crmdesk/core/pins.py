"""What may be a PIN or password, and how long one waits after wrong ones."""

import unicodedata
from datetime import timedelta
from typing import Final

from crmdesk.core.errors import InvalidFieldError

LONGEST: Final = 64
_RUNS: Final = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop")


def plain_pin(typed: str) -> str:
    """Give what was meant: full-width digits of a Chinese keyboard are digits, the ends have no spaces."""
    return unicodedata.normalize("NFKC", typed).strip()


def checked_pin(typed: str, shortest: int) -> str:
    """Give a PIN or password fit to be set.

    Args:
        typed: what the person typed.
        shortest: number of characters it must have.

    Raises:
        InvalidFieldError: field ``pin``, reason too_short, too_long or too_simple (one repeated character, or a run
            such as 1234); the typed text is not kept in the error.
    """
    pin = plain_pin(typed)
    if len(pin) < shortest:
        raise InvalidFieldError("pin", "too_short")
    if len(pin) > LONGEST:
        raise InvalidFieldError("pin", "too_long")
    if len(set(pin)) == 1 or any(pin.casefold() in run for run in _RUNS):
        raise InvalidFieldError("pin", "too_simple")
    return pin


def wait_after(tries: int, free_tries: int, first: timedelta, longest: timedelta) -> timedelta:
    """Give how long to wait after wrong PINs in a row: nothing, ``first``, then twice as long each time.

    Args:
        tries: wrong PINs so far, this one included.
        free_tries: how many are allowed before the first wait.
        first: the first wait.
        longest: no wait is longer.
    """
    if tries < free_tries:
        return timedelta(0)
    doublings = min(tries - free_tries, 30)
    return min(first * (1 << doublings), longest)
