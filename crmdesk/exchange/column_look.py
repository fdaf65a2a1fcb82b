"""What a column holds, judged by its values alone."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from crmdesk.core.dates import DateError, parse_moment
from crmdesk.core.surnames import COMPOUND_SURNAMES, SINGLE_SURNAMES
from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.table import Cell


class Look(StrEnum):
    """What the values of a column look like."""

    PHONE = "phone"
    EMAIL = "email"
    GENDER = "gender"
    OLD_DATE = "old_date"
    DATE = "date"
    NAME = "name"
    ADDRESS = "address"


_ENOUGH: Final = 0.6
_FEWEST: Final = 2
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}\Z")
_LOST_MOBILE: Final = re.compile(r"1\.[0-9]+[eE]\+?10\Z")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}\.[^@\s]{2,}\Z")
_GENDERS: Final = frozenset({"男", "女", "男性", "女性", "先生", "女士", "m", "f", "male", "female"})
_ADDRESS: Final = re.compile(r"[省市区县镇乡路街道巷弄号栋幢室村]")
_CHINESE_NAME: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}\\Z")
_FEWEST_ADDRESS_SIGNS: Final = 2
_SERIAL_DATES: Final = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?\Z")
# Somebody born later than this is rarely a customer: such dates are of joining or buying.
_BORN_BEFORE: Final = 2012


def look_of(cells: Iterable[Cell]) -> tuple[Look | None, float]:
    """Return what the filled cells look like, and the share of them that does (0 to 1)."""
    texts = [text for text in (clean_line(text_of(cell)) for cell in cells) if text]
    if len(texts) < _FEWEST:
        return None, 0.0
    for look, fits in _LOOKS:
        share = sum(map(fits, texts)) / len(texts)
        if share >= _ENOUGH:
            return look, share
    return _look_of_dates(texts)


def _is_phone(text: str) -> bool:
    plain = text.replace("-", "").replace(" ", "").replace("'", "").removesuffix(".0")
    return bool(_MOBILE.match(plain) or _LOST_MOBILE.match(plain))


def _is_email(text: str) -> bool:
    return bool(_EMAIL.match(text))


def _is_gender(text: str) -> bool:
    return text.lower() in _GENDERS


def _is_name(text: str) -> bool:
    return bool(_CHINESE_NAME.match(text)) and (text[:1] in SINGLE_SURNAMES or text[:2] in COMPOUND_SURNAMES)


def _is_address(text: str) -> bool:
    return len(set(_ADDRESS.findall(text))) >= _FEWEST_ADDRESS_SIGNS


_LOOKS: Final[tuple[tuple[Look, Callable[[str], bool]], ...]] = (
    (Look.PHONE, _is_phone),
    (Look.EMAIL, _is_email),
    (Look.GENDER, _is_gender),
    (Look.ADDRESS, _is_address),
    (Look.NAME, _is_name),
)


def _look_of_dates(texts: list[str]) -> tuple[Look | None, float]:
    years = []
    for text in texts:
        # Plain figures may be anything; only written dates count.
        if _SERIAL_DATES.match(text):
            continue
        try:
            years.append(parse_moment(text).year)
        except DateError:
            continue
    share = len(years) / len(texts)
    if share < _ENOUGH:
        return None, 0.0
    old = sorted(years)[len(years) // 2] < _BORN_BEFORE
    return (Look.OLD_DATE if old else Look.DATE), share
