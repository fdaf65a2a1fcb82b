"""The words, dates and amounts of a paper in the customer's language, whatever language the screens use."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.money import Money

_WEEKDAYS: Final = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CHINESE: Final = "zh_CN"


@dataclass(frozen=True, slots=True)
class Words:
    """One language of papers."""

    language: str

    @property
    def chinese(self) -> bool:
        """Tell whether labels are short Chinese ones."""
        return self.language == _CHINESE

    def gettext(self, message: str) -> str:
        """Give ``message`` in this language."""
        return gettext_in(self.language, message)

    def day(self, day: date) -> str:
        """Give a day with its year: 2026年11月21日, 21 Nov 2026."""
        if self.chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        """Give the short name of the day of the week."""
        return self.gettext(_WEEKDAYS[day.weekday()])

    def near_day(self, day: date) -> str:
        """Give a day of the coming weeks with its weekday: 11月21日 周六, Sat 21 Nov 2026."""
        if self.chinese:
            return f"{day.month}月{day.day}日 {self.weekday(day)}"
        return f"{self.weekday(day)} {self.day(day)}"

    def moment(self, moment: datetime) -> str:
        """Give a day and the time of day: 2026年11月21日 14:02."""
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def money(self, amount: Money) -> str:
        """Give an amount with its sign: ¥1,280.00, -¥5.00."""
        sign = "-" if amount.fen < 0 else ""
        return f"{sign}¥{abs(amount.as_yuan()):,.2f}"

    def listed(self, parts: tuple[str, ...]) -> str:
        """Join short texts as the language does."""
        return ("、" if self.chinese else ", ").join(part for part in parts if part.strip())
