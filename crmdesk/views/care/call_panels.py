"""One call: the three panels, what the chosen outcome leads to, and the request that comes of it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from crmdesk.core.call_follow import follow
from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import gettext
from crmdesk.queries.call_run import CallCard
from crmdesk.services.callbacks import LogCall
from crmdesk.views.care.later import parse_later
from crmdesk.views.care.member_panel import MemberPanel
from crmdesk.views.care.outcome_panel import OutcomePanel
from crmdesk.views.care.presenter import CarePresenter
from crmdesk.views.care.talk_panel import TalkPanel
from crmdesk.views.care.wording import contact_words, moment_words, planned_words, script_of
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.scroll_column import ScrollColumn

_SHARES = (300, 542, 300)
_STACK_BELOW, _STACK_LEFT = 640, 620
_DRAFT = "care.run"
_KEYS_WITH = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


class CallPanels(Columns):
    """`confirmed` carries the request; `opened` what was clicked. What is typed is kept as a draft."""

    confirmed = Signal(object)
    opened = Signal(object)

    def __init__(self, presenter: CarePresenter) -> None:
        self.member, self.talk, self.outcomes = MemberPanel(), TalkPanel(), OutcomePanel()
        left = ScrollColumn(gap=3)  # a low window scrolls the person; outcomes and the button that saves stay
        left.add(Columns(self.member, self.talk, shares=_SHARES[:2], stack_below=_STACK_LEFT, last_on_top=True), 1)
        super().__init__(left, self.outcomes, shares=(sum(_SHARES[:2]), _SHARES[2]), stack_below=_STACK_BELOW)
        self._presenter = presenter
        self._drafts = presenter.desk.drafts
        self.card: CallCard | None = None
        self.member.opened.connect(self.opened)
        self.talk.way_changed.connect(self._way_changed)
        self.talk.copied.connect(self._copied)
        self.talk.note.confirmed.connect(self.confirm)
        self.talk.note.textChanged.connect(self._keep_draft)
        self.talk.later.changed.connect(self._say_follows)
        self.outcomes.chosen.connect(self._chose)
        self.outcomes.confirmed.connect(self.confirm)
        QShortcut(QKeySequence("Ctrl+Shift+W"), self).activated.connect(self.talk.copy_words)

    def show_card(self, card: CallCard) -> None:
        """Show one member; nothing is chosen yet."""
        self.card = card
        context = self._presenter.context
        self.member.show_card(card, context.store.zone, context.today())
        self.talk.show_card(card, script_of(card, context))
        self.outcomes.clear()
        self._restore_draft(card)
        self._say_follows()

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose the outcome of a digit; tells whether it was one."""
        if not Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 or event.modifiers() & ~_KEYS_WITH:
            return False
        return self.outcomes.choose(chr(event.key()))

    def confirm(self) -> None:
        """Ask for the chosen outcome to be saved with its note."""
        outcome, card, later = self.outcomes.outcome, self.card, self._later()
        if card is None or outcome is None:
            return
        if outcome is CallOutcome.CALL_LATER and later is None:
            self.talk.later.show_problem(gettext("Type a time to come, like 15:30, tomorrow 10:00 or +2h."))
            self.talk.later.setFocus()
            return
        note = self.talk.note.toPlainText()
        self.confirmed.emit(LogCall(card.id, card.version, outcome, note, later, self.talk.channel))

    # -- the outcome -------------------------------------------------------------------------

    def _chose(self, outcome: CallOutcome) -> None:
        self.talk.show_later(wanted=outcome is CallOutcome.CALL_LATER)
        if outcome is not CallOutcome.CALL_LATER:
            self.talk.note.invite()
        self._say_follows()

    def _way_changed(self) -> None:
        self.outcomes.offer(written=self.talk.is_written)
        self._say_follows()

    def _copied(self) -> None:
        self._presenter.desk.toasts.show(gettext("Copied. Paste it into the message, then press Enter here."))
        self.outcomes.choose_outcome(CallOutcome.SENT)

    def _later(self) -> datetime | None:
        return parse_later(self.talk.later.typed(), self._presenter.now(), self._presenter.zone)

    def _say_follows(self) -> None:
        card, outcome, later = self.card, self.outcomes.outcome, self._later()
        if card is None:
            return
        zone, today = self._presenter.zone, self._presenter.today()
        self.talk.later.set_hint(moment_words(later, zone, today) if later is not None else "")
        words = ""
        if outcome is not None:
            words = planned_words(outcome, follow(outcome, card.situation, self._presenter.now(), later), zone, today)
        self.outcomes.say(words, contact_words(card, zone, today))

    # -- what was typed is kept ----------------------------------------------------------------

    def forget_draft(self) -> None:
        """The note is saved."""
        self._drafts.clear(_DRAFT)

    def _keep_draft(self) -> None:
        note = self.talk.note.toPlainText()
        if self.card is not None and note:
            state: dict[str, object] = {"callback": self.card.id, "note": note}
            self._drafts.keep(_DRAFT, lambda: state)

    def _restore_draft(self, card: CallCard) -> None:
        state = self._drafts.restore(_DRAFT)
        if state is not None and state.get("callback") == card.id:
            self.talk.note.setPlainText(str(state.get("note", "")))
