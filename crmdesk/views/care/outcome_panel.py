"""The right panel of a call: one key per outcome, what it leads to, and the button that saves."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.outcome_button import OutcomeButton
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Key:
    """One outcome with its key; ``words`` stand on the button."""

    key: str
    outcome: CallOutcome
    words: str
    icon: str  # none for the rare ones that share a line
    tone: Tone | None = None


SPOKEN = (
    Key("1", CallOutcome.SATISFIED, mark("Satisfied"), "smile", Tone.OK),
    Key("2", CallOutcome.NEUTRAL, mark("Neutral"), "meh", Tone.WAITING),
    Key("3", CallOutcome.DISSATISFIED, mark("Dissatisfied → complaint"), "frown", Tone.LATE),
    Key("4", CallOutcome.CALL_LATER, mark("Call later"), "clock"),
    Key("5", CallOutcome.NO_ANSWER, mark("No answer"), "phone-missed"),
    Key("6", CallOutcome.SWITCHED_OFF, mark("Switched off"), "phone-off"),
    Key("7", CallOutcome.REFUSED, mark("Refused"), "ban"),
    Key("8", CallOutcome.DO_NOT_CALL, mark("Do not call again"), "bell-off"),
    Key("9", CallOutcome.WRONG_NUMBER, mark("Wrong number"), ""),
    Key("0", CallOutcome.BUSY, mark("Busy"), ""),
)
_SENT = Key("5", CallOutcome.SENT, mark("Sent, no answer yet"), "send", Tone.INFO)
# A message is not answered, switched off or busy: it is sent.
_BY_PHONE_ONLY = frozenset({CallOutcome.SWITCHED_OFF, CallOutcome.BUSY})


class OutcomePanel(Card):
    """`chosen` carries the outcome; `confirmed` asks for it to be saved."""

    chosen = Signal(object)
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(gettext("Outcome (press the digit)"))
        self._group = QButtonGroup(self)
        self._keys: dict[str, Key] = {}
        self._buttons: dict[str, OutcomeButton] = {}
        self._stack, self._pair = column(gap=1), row(gap=1)
        self._choices = ScrollColumn(gap=1)  # low windows scroll the outcomes, never the button that saves
        self._choices.add(self._stack)
        self._choices.add(self._pair)
        self._choices.add_stretch()
        self.add(self._choices, 1)
        self.body.setSpacing(SPACE)
        self._next = Text("", "small", wrap=True)
        self._contacts = Text("", "small", wrap=True)
        self.save = Button(gettext("Save, next"), "check", "primary", "Enter")
        self.save.clicked.connect(self.confirmed)
        self.add(self._next)
        self.add(self._contacts)
        self.add(self.save)
        self.offer(written=False)

    def offer(self, *, written: bool) -> None:
        """Show the outcomes of a call, or of a message; the chosen one stays where it can."""
        kept = self.outcome
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        keys = [_SENT if written and key.key == _SENT.key else key for key in SPOKEN]
        self._keys = {key.key: key for key in keys if not (written and key.outcome in _BY_PHONE_ONLY)}
        self._buttons = {name: self._button(key) for name, key in self._keys.items()}
        for name, key in self._keys.items():
            if key.outcome is kept:
                self._buttons[name].setChecked(True)
        self._enable()

    def _button(self, key: Key) -> OutcomeButton:
        button = OutcomeButton(key.key, gettext(key.words), key.icon, key.tone)
        button.clicked.connect(partial(self.choose, key.key))
        self._group.addButton(button)
        (self._stack if key.icon else self._pair).addWidget(button)
        return button

    @property
    def outcome(self) -> CallOutcome | None:
        """The outcome that is chosen."""
        return next((key.outcome for name, key in self._keys.items() if self._buttons[name].isChecked()), None)

    def choose(self, name: str) -> bool:
        """Choose by key; tells whether there is such an outcome."""
        if name not in self._buttons:
            return False
        self._buttons[name].setChecked(True)
        self._choices.ensureWidgetVisible(self._buttons[name], 0, 0)
        self._enable()
        self.chosen.emit(self._keys[name].outcome)
        return True

    def choose_outcome(self, outcome: CallOutcome) -> None:
        """Choose an outcome where it is offered."""
        for name, key in self._keys.items():
            if key.outcome is outcome:
                self.choose(name)

    def clear(self) -> None:
        """Choose nothing."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self._enable()

    def say(self, follows: str, contacts: str) -> None:
        """Show what the outcome leads to, and how often she was contacted."""
        self._next.setText(follows or gettext("Press a digit, then Enter: it is saved and the next one comes."))
        self._contacts.setText(contacts)

    def _enable(self) -> None:
        if self.outcome is None:
            self.save.refuse(gettext("Choose an outcome first."))
        else:
            self.save.allow()
