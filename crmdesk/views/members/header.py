"""The head of a member's page: who it is, how to reach, balances and value, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from crmdesk.core.care import CareClass
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier, MemberKind, MemberState
from crmdesk.core.phone import group
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import MemberPage
from crmdesk.services.looks import ContactSeen
from crmdesk.views.members.step_buttons import step_button, step_menu
from crmdesk.views.members.steps import Act, Step
from crmdesk.views.members.wording import care_look, care_words, tier_look
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import ShortText, Text, show_if


class MemberHead(Card):
    """Shows one `MemberPage`; `wanted` carries the step that was pressed."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._name = ShortText("", "large")
        self._tier, self._care, self._kind, self._quiet = Pill(), Pill(), Pill(), Pill()
        self._quiet.set_status(gettext("No contact"), Tone.WARN, "bell-off")
        self._phones = Text("", "title")
        self._look = Button(gettext("Show the number"), kind="link")
        self._look.clicked.connect(lambda: self.wanted.emit(Act.LOOK))
        self._noted = Text(gettext("this look is noted"), "small")
        self._line = ShortText("", "soft")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._menu = IconButton("ellipsis", gettext("More"))
        self._figures = row(gap=8)
        self._tag_part = QWidget()
        self._tags = FlowLayout(self._tag_part, gap=6)
        name = row(self._name, self._tier, self._care, self._kind, self._quiet, gap=2)
        name.setStretch(0, 0)
        name.addStretch(1)
        top = row(name, self._buttons, self._menu, gap=3)
        top.setStretch(0, 1)
        self.add(top)
        reach = row(self._phones, self._look, self._noted, self._line, gap=3)
        reach.setStretch(3, 1)
        self.add(reach)
        worth = row(self._figures, self._tag_part, gap=6)
        worth.setStretch(1, 1)
        self.add(worth)

    def show_member(self, page: MemberPage, today_words: Sequence[tuple[str, str]]) -> None:
        """Show who it is; ``today_words`` are caption and figure of balances and value."""
        self._name.setText(page.name)
        # As wide as the name, and no wider than a third of the window asks for: the pills stand beside it.
        self._name.setMinimumWidth(min(self._name.fontMetrics().horizontalAdvance(page.name) + 4, 420))
        self._tier.set_status(label(page.tier), *tier_look(page.tier))
        self._care.set_status(care_words(page.care_class), *care_look(page.care_class))
        special = page.kind is MemberKind.INTERMEDIATE or page.state is MemberState.WALK_IN
        self._kind.set_status(label(page.state if page.state is MemberState.WALK_IN else page.kind), Tone.NEUTRAL)
        show_if(self._kind, special)
        # Of a firm only what is out of the ordinary, so that its longer name has room.
        firm = page.kind is MemberKind.INTERMEDIATE
        show_if(self._tier, not firm or page.tier is not CardTier.ORDINARY)
        show_if(self._care, not firm or page.care_class is not CareClass.ORDINARY)
        show_if(self._quiet, page.do_not_contact)
        self._show_masked(page)
        self._line.setText(_second_line(page))
        self._show_figures(today_words)
        self._show_tags(page.tags)

    def show_steps(self, first: Step, others: Sequence[Step], more: Sequence[Step]) -> None:
        """Show what can be done."""
        _empty(self._buttons)
        for step in others:
            self._buttons.addWidget(step_button(step, "plain", self.wanted.emit))
        self._buttons.addWidget(step_button(first, "primary", self.wanted.emit))
        old = self._menu.menu()
        self._menu.setMenu(step_menu(more, self._menu, self.wanted.emit))
        if old is not None:
            old.deleteLater()

    def show_contact(self, seen: ContactSeen) -> None:
        """Show the phones in full."""
        self._phones.setText("  ".join(group(digits) for _id, digits in seen.phones))
        show_if(self._look, wanted=False)
        show_if(self._noted, wanted=True)

    def phones_text(self) -> str:
        """Give the phones as they are shown now."""
        return self._phones.text()

    def _show_masked(self, page: MemberPage) -> None:
        self._phones.setText("  ".join(one.masked for one in page.phones) or gettext("no phone"))
        show_if(self._look, bool(page.phones))
        show_if(self._noted, wanted=False)
        if page.may_look:
            self._look.allow()
        else:
            self._look.refuse(gettext("Seen by the manager, the member's guide, and while a ticket is open."))

    def _show_figures(self, words: Sequence[tuple[str, str]]) -> None:
        _empty(self._figures)
        for caption, figure in words:
            part = column(Text(caption, "field"), Text(figure, "title"), gap=0)
            self._figures.addLayout(part)

    def _show_tags(self, tags: Sequence[str]) -> None:
        _empty(self._tags)
        for tag in tags:
            self._tags.addWidget(Pill(tag, Tone.NEUTRAL, "tag"))


def _second_line(page: MemberPage) -> str:
    parts = [page.number]
    if page.guide:
        parts.append(gettext("guide {name}").format(name=page.guide))
    parts.append(page.home_store)
    parts.append(gettext("member since {day}").format(day=day_text(page.joined_on)))
    if page.related:
        count = len(page.related)
        words = ngettext("shares a phone with {names}", "shares a phone with {names}", count)
        parts.append(words.format(names=gettext(", ").join(one.name for one in page.related)))
    return " · ".join(parts)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            _empty(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
