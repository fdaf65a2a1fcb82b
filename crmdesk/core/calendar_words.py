"""Chinese words in dates: numerals, 初一 and 腊月, and the marks that tell lunar from solar."""

import re
from dataclasses import dataclass
from typing import Final

from crmdesk.core.members import BirthdayCalendar

_DIGITS: Final = "〇一二三四五六七八九"
_LUNAR_MARK: Final = re.compile(
    r"[(（]?(?:农历|阴历|旧历|古历|夏历|lunar|[(（][农阴旧][)）])[)）]?[:：]? ?", re.IGNORECASE
)
_SOLAR_MARK: Final = re.compile(
    r"[(（]?(?:公历|阳历|新历|西历|国历|solar|[(（][公阳新][)）])[)）]?[:：]? ?", re.IGNORECASE
)
_YEAR: Final = re.compile(r"([一二三四五六七八九〇零○]{4}|[一二三四五六七八九〇零○]{2})(?=年)")
_MONTH: Final = re.compile(r"闰?(正|冬|腊|十[一二]?|[一二三四五六七八九])(?=月)")
_DAY: Final = re.compile(
    r"(?<=月) ?(初[一二三四五六七八九十]|[廿卅][一二三四五六七八九]?"
    r"|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_LEAP_MONTH: Final = re.compile(r"闰(?=[0-9])")
_LUNAR_ONLY: Final = re.compile(r"[初廿卅正冬腊闰]")
_SPECIAL_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_TENS: Final = {"廿": 20, "卅": 30, "初": 0}


@dataclass(frozen=True, slots=True)
class PlainDate:
    """A text with digits instead of words, and the calendar that its words name (None when they name none)."""

    text: str
    calendar: BirthdayCalendar | None


def plain_date(text: str) -> PlainDate:
    """Return the text with Chinese numerals as digits and calendar marks taken out.

    `农历八月十五` gives `8月15` and lunar; `一九八五年三月五日` gives `1985年3月5日` without a calendar. A day written
    with lunar words (初一, 廿三, 腊月), or in Chinese numerals without 日 or 号, is lunar: that is how people write it.
    """
    if text.isascii():
        unmarked = _SOLAR_MARK.sub("", _LUNAR_MARK.sub("", text))
        return PlainDate(unmarked.strip(), _marked(text))
    calendar = _marked(text)
    rest = _SOLAR_MARK.sub("", _LUNAR_MARK.sub("", text)).strip()
    if calendar is None and _reads_as_lunar(rest):
        calendar = BirthdayCalendar.LUNAR
    rest = _YEAR.sub(lambda found: "".join(str(_digit(one)) for one in found.group(1)), rest)
    rest = _DAY.sub(lambda found: str(numeral(found.group(1))), rest)
    rest = _MONTH.sub(lambda found: str(_month(found.group(1))), rest)
    return PlainDate(_LEAP_MONTH.sub("", rest), calendar)


def numeral(word: str) -> int:
    """Return the number from 1 to 39 that a Chinese day word means (初五, 十五, 廿三, 三十一)."""
    if word[0] in _TENS:
        rest = word[1:]
        return _TENS[word[0]] + (numeral(rest) if rest else 0)
    if "十" not in word:
        return _digit(word)
    tens, _, ones = word.partition("十")
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _marked(text: str) -> BirthdayCalendar | None:
    if _LUNAR_MARK.search(text):
        return BirthdayCalendar.LUNAR
    if _SOLAR_MARK.search(text):
        return BirthdayCalendar.SOLAR
    return None


def _reads_as_lunar(text: str) -> bool:
    day = _DAY.search(text)
    if _LUNAR_ONLY.search(text):
        return bool(day or _MONTH.search(text) or _LEAP_MONTH.search(text))
    return bool(day) and not text.endswith(("日", "号"))


def _month(word: str) -> int:
    return _SPECIAL_MONTHS.get(word) or numeral(word)


def _digit(character: str) -> int:
    return 0 if character in "零○" else _DIGITS.index(character)
