"""Fields that only the member form has: a birthday as people say it, a phone that may stay masked."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from crmdesk.core.birthday import Birthday
from crmdesk.core.dates import DateError, parse_birthday
from crmdesk.core.i18n import gettext
from crmdesk.core.phone import Phone
from crmdesk.queries.birthdays import next_day
from crmdesk.views.members.wording import birthday_words, next_birthday_words
from crmdesk.views.support import errors
from crmdesk.views.support.days import day_text
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import PhoneField

_LENGTH = 40


class BirthdayField(Field[Birthday]):
    """A birthday typed as 农历八月十五, 1988-3-5 or 3月5日; says on which day it is kept next."""

    def __init__(self, label: str, today: Callable[[], date]) -> None:
        """Build; `today` gives the store's day."""
        self.line = QLineEdit()
        self.line.setMaxLength(_LENGTH)
        self._today = today
        super().__init__(label, self.line)
        self.line.setPlaceholderText(gettext("1988-3-5, 3-5 or lunar 8-15"))
        self.line.textChanged.connect(self._typed)
        self.line.textChanged.connect(lambda _text: self._say_next())

    def typed(self) -> str:
        """Give the text as it stands, stripped."""
        return self.line.text().strip()

    @override
    def value(self) -> Birthday | None:
        try:
            return parse_birthday(self.typed()) if self.typed() else None
        except DateError:
            return None

    @override
    def set_value(self, value: Birthday | None) -> None:
        self.line.setText(birthday_words(value))

    @override
    def is_empty(self) -> bool:
        return not self.typed()

    @override
    def problem(self) -> str:
        try:
            if self.typed():
                parse_birthday(self.typed())
        except DateError as error:
            sentence = errors.explain(error)
            return sentence.line() if sentence is not None else ""
        return ""

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, state: object) -> None:
        self.line.setText(str(state))

    def _say_next(self) -> None:
        today = self._today()
        day = next_day(self.value(), today)
        if day is None:
            self.set_hint("")
            return
        words = gettext("next: {day}, {when}")
        self.set_hint(words.format(day=day_text(day, today), when=next_birthday_words(day, today)))


class KeptPhoneField(PhoneField):
    """A phone that is on file; masked and not to be changed where the person may not see it."""

    def __init__(self, label: str, phone_id: int | None = None, text: str = "", *, seen: bool = True) -> None:
        """Build for the phone `phone_id` shown as `text`; without one for a new phone."""
        super().__init__(label)
        self.phone_id = phone_id
        self.masked = bool(phone_id) and not seen
        self.line.setText(text)
        if self.masked:
            self.line.setReadOnly(True)
            self.set_hint(gettext("kept as it is"))

    def entry(self) -> Phone | int | None:
        """Give the phone as typed, or the key of the masked one."""
        return self.phone_id if self.masked else self.value()

    @override
    def value(self) -> Phone | None:
        return None if self.masked else super().value()

    @override
    def problem(self) -> str:
        return "" if self.masked else super().problem()

    @override
    def restore(self, state: object) -> None:
        if not self.masked:
            super().restore(state)
