"""The calendar's grid: a line for every loaner, a column for every day; arrows move, Enter opens what stands there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.tones import Tone
from crmdesk.queries.loaner_calendar import CalendarRow, CalendarSpan
from crmdesk.views.loaners.wording import state_status
from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ROW, TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_frame, paint_line

DAYS: Final = 35
_LEAST_DAYS: Final = 21  # as many as stand side by side in the narrowest window
_NAME_WIDE, _LEAST_DAY, _HEAD = 190, 22, 44
_PAD = 6
_WEEKEND = 5
_AWAY = (LoanerState.TO_INSPECT, LoanerState.TO_CLEAN, LoanerState.IN_REPAIR, LoanerState.LOST)
_TONES = {
    LoanState.OUT: Tone.INFO,
    LoanState.RESERVED: Tone.WAITING,
    LoanState.BACK: Tone.NEUTRAL,
    LoanState.LOST: Tone.LATE,
}


def span_words(span: CalendarSpan) -> str:
    """Say what a span is, so that its colour is never needed."""
    words = {
        LoanState.OUT: gettext("Overdue") if span.late else gettext("Out"),
        LoanState.RESERVED: gettext("Reserved"),
        LoanState.BACK: gettext("Back"),
        LoanState.LOST: gettext("Lost"),
    }
    return f"{words[span.state]} · {span.member_name}"


class CalendarGrid(QWidget):
    """Paints rows of loaners over `DAYS` days from `first` on, over fewer where the window is narrow."""

    moved = Signal()
    opened = Signal()
    days_changed = Signal()  # how many days are shown

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._rows: tuple[CalendarRow, ...] = ()
        self._first = self._today = date.min
        self._line = self._day = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(gettext("Loaner calendar"))

    def show_rows(self, rows: Sequence[CalendarRow], first: date, today: date) -> None:
        """Show `rows` from `first` on; the chosen loaner stays chosen, the chosen day too while it is in sight."""
        kept, day = self.row(), self._first + timedelta(days=self._day) if self._rows else today
        self._rows, self._first, self._today = tuple(rows), first, today
        same = (place for place, one in enumerate(rows) if kept is not None and one.loaner_id == kept.loaner_id)
        self._line = next(same, 0)
        self._day = min(max((day - first).days, 0), self.days() - 1)
        self.updateGeometry()
        self._tell()

    def days(self) -> int:
        """Give how many days are shown."""
        return min(max((self.width() - _NAME_WIDE) // _LEAST_DAY, _LEAST_DAYS), DAYS)

    def row(self) -> CalendarRow | None:
        """Give the chosen loaner."""
        return self._rows[self._line] if self._line < len(self._rows) else None

    def day(self) -> date:
        """Give the chosen day."""
        return self._first + timedelta(days=self._day)

    def chosen(self) -> tuple[int, int]:
        """Give the numbers of the chosen line and day."""
        return self._line, self._day

    def span(self) -> CalendarSpan | None:
        """Give what stands on the chosen day of the chosen loaner."""
        row = self.row()
        return row.at(self.day()) if row is not None else None

    def words(self) -> str:
        """Say the chosen place: loaner, day, who has it."""
        row, span = self.row(), self.span()
        if row is None:
            return ""
        if span is not None:
            period = f"{span.first:%m-%d} – {span.last:%m-%d}"
            stands = f"{span_words(span)} · {period} · {span.number}"
        elif row.state in _AWAY and self.day() >= self._today:
            stands = state_status(row.state)[0]
        else:
            stands = gettext("Free")
        return f"{row.code} · {row.name} · {self.day():%Y-%m-%d} · {stands}"

    def choose(self, line: int, day: int) -> None:
        """Choose a place by its numbers, both from 0; beyond the edge is the edge."""
        self._line = min(max(line, 0), max(len(self._rows) - 1, 0))
        self._day = min(max(day, 0), self.days() - 1)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words())
        self.update()
        self.moved.emit()

    # -- places ------------------------------------------------------------------------------

    def _day_wide(self) -> float:
        return max((self.width() - _NAME_WIDE) / self.days(), _LEAST_DAY)

    def place_of(self, line: int, day: int) -> QRect:
        """Give the box of one day of one loaner."""
        wide = self._day_wide()
        left = _NAME_WIDE + day * wide
        return QRect(round(left), _HEAD + line * ROW, round(left + wide) - round(left), ROW)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NAME_WIDE + _LEAST_DAYS * _LEAST_DAY, _HEAD + max(len(self._rows), 1) * ROW + 1)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._day >= self.days():
            self.choose(self._line, self._day)
        self.days_changed.emit()

    # -- painting ----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(fonts.text_font(TEXT_SMALL))
        painter.fillRect(event.rect(), tokens().surface)
        self._paint_days(painter)
        for line, row in enumerate(self._rows):
            top = _HEAD + line * ROW
            if top <= event.rect().bottom() and top + ROW >= event.rect().top():
                self._paint_row(painter, line, row)
        self._paint_choice(painter)
        painter.end()

    def _paint_days(self, painter: QPainter) -> None:
        look = tokens()
        bottom = _HEAD + len(self._rows) * ROW
        for number in range(self.days()):
            day = self._first + timedelta(days=number)
            place = self.place_of(0, number)
            column = QRect(place.left(), 0, place.width(), bottom)
            if day == self._today:
                painter.fillRect(column, look.selected)
            elif day.weekday() >= _WEEKEND:
                painter.fillRect(column, look.canvas)
            painter.setPen(look.text if day == self._today else look.muted)
            painter.drawText(
                QRect(place.left(), _HEAD // 2, place.width(), _HEAD // 2),
                int(Qt.AlignmentFlag.AlignCenter),
                f"{day.day}",
            )
            if number == 0 or day.day == 1:
                month = QRectF(place.left(), 0, 3.0 * self._day_wide(), _HEAD / 2)
                paint_line(painter, month, f"{day:%Y-%m}")

    def _paint_row(self, painter: QPainter, line: int, row: CalendarRow) -> None:
        look = tokens()
        top = _HEAD + line * ROW
        painter.setPen(QPen(look.hairline, 1))
        painter.drawLine(0, top, self.width(), top)
        painter.setPen(look.text)
        name = QRectF(_PAD, top, _NAME_WIDE - 2 * _PAD, ROW)
        paint_line(painter, name, f"{row.code} · {row.name}")
        for span in row.spans:
            self._paint_span(painter, line, span)

    def _paint_span(self, painter: QPainter, line: int, span: CalendarSpan) -> None:
        begin = max((span.first - self._first).days, 0)
        end = min((span.last - self._first).days, self.days() - 1)
        if end < begin:
            return
        tone = tokens().tone(Tone.LATE if span.late else _TONES[span.state])
        first, last = self.place_of(line, begin), self.place_of(line, end)
        box = QRect(QPoint(first.left() + 1, first.top() + 3), QPoint(last.right() - 1, last.bottom() - 3))
        fill = QColor(tone.pale)
        paint_frame(painter, box, fill, tone.line)
        painter.setPen(tone.text)
        words = span_words(span)
        metrics = QFontMetrics(painter.font())
        if metrics.horizontalAdvance(words) > box.width() - _PAD:
            words = span.member_name
        if box.width() < 2 * metrics.height():
            return  # too narrow for a word; the line above the grid says it
        paint_line(painter, QRectF(box.adjusted(4, 0, -2, 0)), words)

    def _paint_choice(self, painter: QPainter) -> None:
        if not self._rows:
            return
        look = tokens()
        colour = look.accent if self.hasFocus() else look.edge
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.place_of(self._line, self._day).adjusted(1, 1, -1, -1))

    # -- hands -------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -DAYS),
            Qt.Key.Key_End: (0, DAYS),
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in steps and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            lines, days = steps[key]
            self.choose(self._line + lines, self._day + days)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(int((at.y() - _HEAD) // ROW), int((at.x() - _NAME_WIDE) // self._day_wide()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
