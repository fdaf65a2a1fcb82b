"""Numbers that people read and type: tickets, cards, loans, letters; the last digit checks the others."""

import re
from datetime import date

_MODULUS = 10
_TICKET = re.compile(r"^([RCT])-?([0-9A-Z]{1,6})-?(\d{6})-?(\d{3,5})(\d)$")


def check_digit(digits: str) -> int:
    """Give the check digit of ``digits`` by ISO 7064 MOD 11,10: a single wrong digit and nearly every swap shows."""
    product = _MODULUS
    for digit in digits:
        total = (product + int(digit)) % _MODULUS or _MODULUS
        product = (total * 2) % (_MODULUS + 1)
    return (_MODULUS + 1 - product) % _MODULUS


def day_number(letter: str, store_code: str, day: date, count: int) -> str:
    """Make ``R-01-261121-0037``: letter, store code, day, count of the day with its check digit."""
    plain = f"{day:%y%m%d}{count:03d}"
    return f"{letter}-{store_code}-{day:%y%m%d}-{count:03d}{check_digit(_digits(store_code) + plain)}"


def running_number(letter: str, store_code: str, count: int, width: int = 6) -> str:
    """Make ``V01000123x``: letter, store code, running count, check digit; for cards, members and letters."""
    plain = f"{count:0{width}d}"
    return f"{letter}{store_code}{plain}{check_digit(_digits(store_code) + plain)}"


def parse_ticket_number(text: str) -> str | None:
    """Give the canonical form of a ticket number as typed or scanned; None when it is none or fails its check."""
    found = _TICKET.match(text.strip().upper().replace(" ", ""))
    if found is None:
        return None
    letter, store, day, count, check = found.groups()
    if check_digit(_digits(store) + day + count) != int(check):
        return None
    return f"{letter}-{store}-{day}-{count}{check}"


def _digits(code: str) -> str:
    return "".join(character if character.isdecimal() else str(ord(character) % _MODULUS) for character in code)
