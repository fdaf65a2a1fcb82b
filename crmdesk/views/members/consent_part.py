"""Consents on a member's page: one line for each purpose, given and taken back with one click each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.consents import needs_guardian
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import ConsentShown, MemberPage
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import ShortText, Text, show_if


class ConsentLine(QWidget):
    """One purpose: the word in force, and the one button that turns it."""

    turned = Signal(bool)

    def __init__(self, purpose: ConsentPurpose) -> None:
        """Begin without an answer."""
        super().__init__()
        self._given = False
        self._words = ShortText("", "soft")
        self.button = Button("", kind="quiet")
        self.button.clicked.connect(lambda: self.turned.emit(not self._given))
        self._name = label(purpose)
        self.setLayout(row(column(Text(self._name), self._words, gap=0), None, self.button))

    def show_words(self, said: Sequence[ConsentShown], context: Context) -> None:
        """Show the word on every way, and behind it those on single ways."""
        everywhere = next((one for one in said if one.channel is None), None)
        self._given = everywhere is not None and everywhere.given
        parts = [gettext("not asked") if everywhere is None else _answer(everywhere, context)]
        parts += [
            f"{label(one.channel)}: {gettext('agreed') if one.given else gettext('refused')}"
            for one in said
            if one.channel is not None
        ]
        self._words.setText("  ·  ".join(parts))
        refused = everywhere is not None and not everywhere.given
        self._words.set_tone(Tone.OK if self._given else Tone.WARN if refused else None)
        words = gettext("Withdraw") if self._given else gettext("Agrees")
        self.button.set_text(words)
        self.button.setAccessibleName(f"{words}: {self._name}")
        if context.may(Right.EDIT_MEMBERS):
            self.button.allow()
        else:
            self.button.refuse(gettext("Your role does not change members."))


class ConsentPart(QWidget):
    """All purposes, and that a guardian has to agree where the member is a child."""

    turned = Signal(object, bool)

    def __init__(self) -> None:
        """Begin without answers."""
        super().__init__()
        self.guardian = Text(gettext("Under 14: a parent or guardian has to agree."), tone=Tone.WARN, wrap=True)
        self.lines = {purpose: ConsentLine(purpose) for purpose in ConsentPurpose}
        for purpose, line in self.lines.items():
            line.turned.connect(lambda given, purpose=purpose: self.turned.emit(purpose, given))
        layout = column(self.guardian, *self.lines.values(), gap=1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_member(self, page: MemberPage, context: Context) -> None:
        """Show the answers of a member."""
        show_if(self.guardian, needs_guardian(page.birthday, context.today()))
        for purpose, line in self.lines.items():
            line.show_words([one for one in page.consents if one.purpose is purpose], context)


def _answer(one: ConsentShown, context: Context) -> str:
    word = gettext("agreed") if one.given else gettext("refused")
    return "  ·  ".join(part for part in (word, moment_text(one.at, context.store.zone), one.how) if part)
