"""A year as twelve small months: rest and worked days coloured and marked by a word; the keyboard moves in it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.queries.clock_settings import DayFacts, YearFacts
from crmdesk.views.support import fonts
from crmdesk.views.support.days import MONTHS, day_text
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_SMALL

_IN_ROW: Final = (4, 3, 2)  # months side by side, fewer where the window is narrow
_WEEK: Final = 7
_LINES: Final = 8  # title, weekdays, six weeks
_GAP: Final = 14  # between months above each other
_ASIDE: Final = 8
_LEAST_DAY: Final = QSize(30, 16)  # a number and the word beside it
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_REST, _WORKED = mark("off"), mark("on")
# Weekdays above a month by one letter.
_LETTERS: Final = (
    mark("M|Mon"),
    mark("T|Tue"),
    mark("W|Wed"),
    mark("T|Thu"),
    mark("F|Fri"),
    mark("S|Sat"),
    mark("S|Sun"),
)
_STEPS: Final[Mapping[Qt.Key, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}


def _width(months: int) -> int:
    """Give the room that so many months need side by side."""
    return months * _WEEK * _LEAST_DAY.width() + (months - 1) * _ASIDE


def _fitting(width: int) -> int:
    """Give how many months stand side by side."""
    return next((months for months in _IN_ROW if _width(months) <= width), _IN_ROW[-1])


def day_words(facts: DayFacts) -> str:
    """Say a day: 2月14日 周六 · 上班 · 春节 · 门店设置."""
    parts = [day_text(facts.day, facts.day), gettext("worked") if facts.working else gettext("day of rest"), facts.name]
    parts.append(gettext("entered by you") if facts.own else "")
    return " · ".join(part for part in parts if part)


class CalendarView(QWidget):
    """Arrows move by day and week, Page Up and Down by month, Shift chooses a span; Enter opens it."""

    current_changed = Signal(object)  # the day's facts
    opened = Signal()
    year_wanted = Signal(int)  # the arrows left the year: one on or back

    def __init__(self) -> None:
        """Begin empty; `show_year` fills it."""
        super().__init__()
        self._days: dict[date, DayFacts] = {}
        self._year = 0
        self._today = date.min
        self._at = date.min
        self._anchor = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- what is shown ---------------------------------------------------------------------

    def show_year(self, year: YearFacts, today: date) -> None:
        """Show a year; the day that was chosen stays so when it is in it."""
        self._days = {one.day: one for one in year.days}
        self._today = today
        if self._at not in self._days:
            # The arrows left the calendar, or the year was turned over.
            self._at = self._anchor = today if today in self._days else self._nearest()
        self._year = year.year
        self._moved()

    def _nearest(self) -> date:
        first, last = min(self._days), max(self._days)
        return last if last < self._at else first

    @property
    def current(self) -> DayFacts | None:
        """The day that is chosen."""
        return self._days.get(self._at)

    def span(self) -> tuple[date, date]:
        """Give the first and last day that are chosen."""
        return min(self._at, self._anchor), max(self._at, self._anchor)

    def choose(self, day: date, *, on: bool = False) -> None:
        """Choose a day; ``on`` stretches the span to it."""
        if day.year != self._year:
            self._at = self._anchor = day
            self.year_wanted.emit(day.year - self._year)
            return
        self._at = day
        if not on:
            self._anchor = day
        self._moved()

    def _moved(self) -> None:
        facts = self.current
        if facts is None:
            return
        self.setAccessibleName(day_words(facts))
        self.current_changed.emit(facts)
        self.update()

    # -- where things are ------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        rows = 12 // self._in_row()
        return QSize(_width(_IN_ROW[-1]), rows * _LINES * _LEAST_DAY.height() + (rows - 1) * _GAP)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more height where fewer months stand side by side."""
        super().resizeEvent(event)
        if _fitting(event.oldSize().width()) != self._in_row():
            self.updateGeometry()

    def _in_row(self) -> int:
        return _fitting(self.width())

    def _month(self, month: int) -> QRectF:
        in_row = self._in_row()
        rows = 12 // in_row
        width = (self.width() - (in_row - 1) * _ASIDE) / in_row
        height = (self.height() - (rows - 1) * _GAP) / rows
        row, column = divmod(month - 1, in_row)
        return QRectF(column * (width + _ASIDE), row * (height + _GAP), width, height)

    def _cell(self, month: int, line: int, column: int) -> QRectF:
        place = self._month(month)
        width, height = place.width() / _WEEK, place.height() / _LINES
        return QRectF(place.left() + column * width, place.top() + line * height, width, height)

    def _place(self, day: date) -> QRectF:
        before = day.replace(day=1).weekday()
        line, column = divmod(before + day.day - 1, _WEEK)
        return self._cell(day.month, line + 2, column)

    def _day_at(self, place: QPointF) -> date | None:
        return next((day for day in self._days if self._place(day).contains(place)), None)

    # -- painting --------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13 if self._days else 1):
            self._paint_heads(painter, month)
        for facts in self._days.values():
            self._paint_day(painter, facts)

    def _paint_heads(self, painter: QPainter, month: int) -> None:
        place = self._month(month)
        painter.setFont(fonts.text_font(TEXT_SMALL, bold=True))
        painter.setPen(tokens().text)
        title = QRectF(place.left() + 4, place.top(), place.width(), place.height() / _LINES)
        painter.drawText(title, int(Qt.AlignmentFlag.AlignVCenter), gettext(MONTHS[month - 1]))
        painter.setFont(fonts.text_font(TEXT_SMALL - 2))
        painter.setPen(tokens().muted)
        for column in range(_WEEK):
            cell = self._cell(month, 1, column)
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), _letter(column))

    def _paint_day(self, painter: QPainter, facts: DayFacts) -> None:
        look = tokens()
        place = self._place(facts.day).adjusted(1, 1, -1, -1)
        first, last = self.span()
        tone = _tone(facts)
        painter.setPen(Qt.PenStyle.NoPen)
        if tone is not None:
            painter.setBrush(look.tone(tone).fill)
            painter.drawRoundedRect(place, 3, 3)
        elif facts.day.weekday() >= _SATURDAY:
            painter.setBrush(look.sunken)
            painter.drawRoundedRect(place, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if first <= facts.day <= last:
            painter.setPen(QPen(look.accent, 2))
            painter.drawRoundedRect(place, 3, 3)
        elif facts.day == self._today:
            painter.setPen(QPen(look.soft, 1))
            painter.drawRoundedRect(place, 3, 3)
        self._paint_number(painter, facts, place, look.tone(tone).text if tone is not None else None)

    def _paint_number(self, painter: QPainter, facts: DayFacts, place: QRectF, colour: QColor | None) -> None:
        look = tokens()
        word = _mark(facts)
        plain = look.text if facts.working else look.muted
        painter.setPen(colour if colour is not None else plain)
        painter.setFont(fonts.text_font(TEXT_SMALL - 1, bold=facts.own))
        if not word:
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(facts.day.day))
            return
        half = place.width() / 2
        left = QRectF(place.left(), place.top(), half, place.height())
        painter.drawText(left, int(Qt.AlignmentFlag.AlignCenter), str(facts.day.day))
        painter.setFont(fonts.text_font(TEXT_SMALL - 3))
        right = QRectF(place.left() + half - 1, place.top(), half, place.height())
        painter.drawText(right, int(Qt.AlignmentFlag.AlignCenter), word)

    # -- keys and mouse --------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        on = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self._days:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.choose(self._at + _STEPS[key] * _DAY, on=on)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.choose(_month_on(self._at, 1 if key is Qt.Key.Key_PageDown else -1), on=on)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose(date(self._year, 1, 1) if key is Qt.Key.Key_Home else date(self._year, 12, 31), on=on)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self.choose(day, on=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.choose(day, on=True)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position()) is not None:
            self.opened.emit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), day_words(self._days[day]) if day is not None else "", self)
            return True
        return super().event(event)


def _tone(facts: DayFacts) -> Tone | None:
    """Give the tone of a day that is not as the week has it, or is a feast."""
    if facts.working:
        return Tone.WARN if facts.day.weekday() >= _SATURDAY else None
    return Tone.OK if facts.named or facts.own or facts.day.weekday() < _SATURDAY else None


def _mark(facts: DayFacts) -> str:
    if _tone(facts) is None:
        return ""
    return gettext(_WORKED) if facts.working else gettext(_REST)


def _letter(column: int) -> str:
    """Give the letter of a weekday; the part behind the bar tells two apart for translators."""
    return gettext(_LETTERS[column]).partition("|")[0]


def _month_on(day: date, step: int) -> date:
    months = day.year * 12 + day.month - 1 + step
    first = date(months // 12, months % 12 + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + (day.day - 1) * _DAY, after - _DAY)
