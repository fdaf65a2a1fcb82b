"""All clocks that run on a ticket: what is due, how much of the time is gone, what stands still, whose rule it is."""

from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.clocks import ClockReading
from crmdesk.core.failed_repairs import ExchangeCause, ExchangeDue
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.tones import Tone
from crmdesk.views.service.case import Case, CasePart
from crmdesk.views.service.clock_words import clock_sentence, clock_words
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import ShortText, Text, show_if

_BAR: Final = QSize(56, 6)
_WHOLE: Final = 100


class UsedBar(QWidget):
    """How much of a clock's time is gone, in the clock's tone."""

    def __init__(self, percent: int, tone: Tone) -> None:
        """Show ``percent`` of the whole."""
        super().__init__()
        self._percent = percent
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return _BAR

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        corner = whole.height() / 2
        painter.setPen(look.line)
        painter.setBrush(look.sunken)
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        if self._percent:
            painter.setPen(look.tone(self._tone).text)
            painter.setBrush(look.tone(self._tone).text)
            gone = whole.adjusted(0.5, 0.5, -0.5, -0.5)
            gone.setWidth(max(gone.width() * self._percent / _WHOLE, whole.height()))
            painter.drawRoundedRect(gone, corner, corner)


class _Title(ShortText):
    """A clock's title; its tool tip is always the whole sentence."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(title)
        self._sentence = sentence
        self.setAccessibleName(sentence)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self._sentence)


class ClocksPart(CasePart):
    """One line for each clock, the most urgent first; on top what repeated repairs have made due."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.due = Banner(tone=Tone.LATE, icon="scale")
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(3 * SPACE)
        self._grid.setVerticalSpacing(SPACE)
        self._grid.setColumnStretch(0, 1)
        self._still = Text(gettext("Stands still: the customer has to answer."), "small", wrap=True)
        layout = column(self.due, self._lines, self._still, gap=2)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @override
    def show_case(self, case: Case) -> None:
        ticket, today = case.ticket, case.context.today()
        self._say_due(ticket.exchange_due)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, clock in enumerate(ticket.clocks):
            self._add(place, clock, today)
        show_if(self._lines, bool(ticket.clocks))
        show_if(self._still, any(clock.paused for clock in ticket.clocks))
        show_if(self, bool(ticket.clocks or ticket.exchange_due))

    def _say_due(self, found: tuple[ExchangeDue, ...]) -> None:
        if not found:
            self.due.set("")
            return
        said = gettext("; ").join(_due_words(one) for one in found)
        sources = "\n".join(
            gettext("Source: {source} · not legal advice").format(source=source)
            for source in dict.fromkeys(one.source for one in found)
        )
        self.due.set(gettext("Exchange or return is due: {why}").format(why=said), sources)

    def _add(self, place: int, clock: ClockReading, today: date) -> None:
        sentence = clock_sentence(clock, today)
        tone = clock.tone if clock.tone is not Tone.NEUTRAL else None
        bar, due = UsedBar(clock.used_percent, clock.tone), Text(clock_words(clock, today), "small", tone)
        for number, part in enumerate((_Title(clock.title, sentence), bar, due)):
            part.setToolTip(sentence)
            self._grid.addWidget(part, place, number)

    def heard(self) -> list[str]:
        """Give what a screen reader says of each clock."""
        titles = (self._grid.itemAtPosition(place, 0) for place in range(self._grid.rowCount()))
        widgets = (item.widget() for item in titles if item is not None)
        return [widget.accessibleName() for widget in widgets if widget is not None]


def _due_words(one: ExchangeDue) -> str:
    if one.cause is ExchangeCause.TIMES:
        words = ngettext("repaired {count} time in vain", "repaired {count} times in vain", one.reached)
    else:
        words = ngettext("{count} day of repair in all", "{count} days of repair in all", one.reached)
    return words.format(count=one.reached)
