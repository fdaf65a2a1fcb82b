"""The field for a day: natural typing, arrows, and a calendar that opens with Alt+Down."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.days import Leaning, day_text, parse_day
from crmdesk.views.support.field import Field
from crmdesk.views.support.icons import icon

_WIDE_DAY = date(2026, 12, 30)
_BESIDE_DAY = 52  # the calendar's icon and what is around the words


class DayField(Field[date]):
    """A day typed as ``26``, ``11-26``, ``+5`` or ``明天``; shown as 11月26日 周四."""

    def __init__(
        self,
        label: str,
        today: Callable[[], date],
        *,
        required: bool = False,
        hint: str = "",
        leaning: Leaning = Leaning.FUTURE,
    ) -> None:
        """Build; `today` gives the store's day, `leaning` says how incomplete days are completed."""
        self.line = QLineEdit()
        self._today = today
        self._leaning = leaning
        self._day: date | None = None
        self._shown = ""
        super().__init__(label, self.line, required=required, hint=hint)
        self.line.setPlaceholderText(gettext("26, 11-26 or +5"))
        self._calendar_action = QAction(icon("calendar"), gettext("Choose in the calendar"), self.line)
        self._calendar_action.triggered.connect(self.open_calendar)
        self.line.addAction(self._calendar_action, QLineEdit.ActionPosition.TrailingPosition)
        self.line.ensurePolished()
        day = self.line.fontMetrics().horizontalAdvance(day_text(_WIDE_DAY, _WIDE_DAY))
        self.line.setMinimumWidth(day + _BESIDE_DAY)
        self.line.textChanged.connect(self._typed)

    @override
    def value(self) -> date | None:
        text = self.line.text().strip()
        if text and text == self._shown:
            return self._day
        return parse_day(text, self._today(), self._leaning)

    @override
    def set_value(self, value: date | None) -> None:
        self._day = value
        self._shown = day_text(value, self._today()) if value is not None else ""
        self.line.setText(self._shown)

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        if self.is_empty() or self.value() is not None:
            return ""
        return gettext("This is no day. Type 26, 11-26, 2026-11-26 or +5.")

    @override
    def draft(self) -> object:
        value = self.value()
        return value.isoformat() if value is not None else self.line.text()

    @override
    def restore(self, state: object) -> None:
        day = parse_day(str(state), self._today(), self._leaning)
        if day is None:
            self.line.setText(str(state))
        else:
            self.set_value(day)

    def open_calendar(self) -> None:
        """Show a month below the field; a click or Enter chooses."""
        calendar = QCalendarWidget()
        calendar.setParent(self, Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        day = self.value() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def chosen(picked: QDate) -> None:
            self.set_value(date(picked.year(), picked.month(), picked.day()))
            calendar.close()
            self.line.setFocus()

        calendar.activated.connect(chosen)
        calendar.clicked.connect(chosen)
        calendar.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.show()

    @override
    def _left(self) -> None:
        value = self.value()
        if value is not None:
            self.line.blockSignals(True)
            self.set_value(value)
            self.line.blockSignals(False)
        super()._left()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows: a day on or back, Alt+Down for the calendar."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._arrow(step, calendar=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
                return True
        return super().eventFilter(watched, event)

    def _arrow(self, step: int, *, calendar: bool) -> None:
        if calendar:
            self.open_calendar()
        else:
            self.set_value((self.value() or self._today()) + timedelta(days=step))
