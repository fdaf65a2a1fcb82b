"""The left panel of a call: what she bought, what is open, what she likes, what was said before."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import Bought, CallCard, Talked
from crmdesk.queries.member_page import MemberPage
from crmdesk.views.care.wording import likes
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import ShortText, Text


class MemberPanel(Card):
    """Filled anew for every call; ``opened`` carries what was clicked."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parts = ScrollColumn(gap=2)
        self.body.addWidget(self._parts, 1)

    def show_card(self, card: CallCard, zone: str, today: date) -> None:
        """Show one member."""
        self._parts.clear()
        self._show_bought(card, today)
        self._show_open(card)
        self._show_likes(card.member)
        three = card.member.three
        self._heading(gettext("33 rule"))
        counted = gettext("touchpoints {touched}/{of} · effective contacts {talked}/{wanted}").format(
            touched=three.touchpoints,
            of=three.touchpoints_wanted,
            talked=three.interactions,
            wanted=three.interactions_wanted,
        )
        self._parts.add(Text(counted, "soft", wrap=True))
        self._show_talks(card, zone)
        self._parts.add_stretch()

    def _heading(self, words: str) -> None:
        heading = SubHeading(words)
        heading.setContentsMargins(0, 8, 0, 0)
        self._parts.add(heading)

    def _show_bought(self, card: CallCard, today: date) -> None:
        self._parts.add(SubHeading(gettext("What was bought")))
        for one in card.bought:
            self._parts.add(_purchase(one, today))
        if not card.bought:
            self._parts.add(Text(gettext("No purchase on file"), "soft"))

    def _show_open(self, card: CallCard) -> None:
        self._heading(gettext("Open matters"))
        for ticket in card.member.tickets:
            words = f"{label(ticket.kind)} · {ticket.subject or ticket.number}"
            self._parts.add(self._link("wrench", words, label(ticket.state), EntityRef(EntityKind.TICKET, ticket.id)))
        for loan in card.member.loans:
            words = f"{loan.code} {loan.name}"
            detail = gettext("lent, back by {day}").format(day=f"{loan.due_on:%m-%d}")
            self._parts.add(self._link("luggage", words, detail, EntityRef(EntityKind.LOAN, loan.id)))
        if not card.member.tickets and not card.member.loans:
            self._parts.add(Text(gettext("No open ticket, no loaner out"), "soft", wrap=True))

    def _link(self, icon: str, words: str, detail: str, ref: EntityRef) -> QWidget:
        line = _Line(icon, words, "", detail, link=True)
        line.clicked.connect(lambda: self.opened.emit(ref))
        return line

    def _show_likes(self, member: MemberPage) -> None:
        self._heading(gettext("Likes"))
        pills = [Pill(words, Tone.NEUTRAL, icon) for words, icon in likes(member)]
        if not pills:
            self._parts.add(Text(gettext("Nothing noted yet"), "soft"))
            return
        holder = QWidget()
        flow = FlowLayout(holder)
        for pill in pills:
            flow.addWidget(pill)
        self._parts.add(holder)

    def _show_talks(self, card: CallCard, zone: str) -> None:
        if card.talks:
            self._heading(gettext("Said before"))
        for one in card.talks:
            self._parts.add(_talk(one, zone))


class _Line(QWidget):
    """Icon, words, a figure at the right, and a grey line below."""

    clicked = Signal()

    def __init__(self, icon: str, words: str, right: str, detail: str, *, link: bool = False) -> None:
        super().__init__()
        mark = column(IconLabel(icon), None, gap=0)
        mark.setContentsMargins(0, 2, 0, 0)
        title = ShortText(words, "link" if link else "body")
        parts = column(row(title, Text(right, "small"), gap=2), gap=0)
        if detail:
            parts.addWidget(ShortText(detail, "small"))
        layout = row(mark, parts, gap=2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setAccessibleName(f"{words} {right} {detail}".strip())
        if link:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def _purchase(one: Bought, today: date) -> QWidget:
    money = f"¥{one.net.short_text()}" if one.net is not None else ""
    day = f"{one.day:%m-%d}" if one.day.year == today.year else f"{one.day:%Y-%m}"
    goods = "、".join(one.goods[:2]) + ("…" if len(one.goods) > 2 else "")  # noqa: PLR2004 - two fit on the line
    return _Line("shopping-bag", goods, day, " · ".join(part for part in (money, one.guide) if part))


def _talk(one: Talked, zone: str) -> QWidget:
    result = label(one.outcome) if one.outcome is not None else label(one.channel)
    words = one.note or result
    detail = " · ".join(dict.fromkeys((label(one.channel), result, one.who)))
    return _Line("message-square", words, f"{local_time(one.at, zone):%m-%d}", detail)
