"""The call run: one member at a time, one key per outcome, the next comes by itself (C7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crmdesk.core.call_follow import Following, follow
from crmdesk.core.care import TALKED, CallOutcome
from crmdesk.core.contact_rules import is_quiet
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import CallCard
from crmdesk.queries.callbacks import CallFilter
from crmdesk.services.call_start import CallBegun, CallDoneError
from crmdesk.services.callbacks import CallLogged, LogCall
from crmdesk.views.care.complaint_offer import ComplaintOffer
from crmdesk.views.care.later import parse_later
from crmdesk.views.care.member_panel import MemberPanel
from crmdesk.views.care.outcome_panel import OutcomePanel
from crmdesk.views.care.presenter import CarePresenter
from crmdesk.views.care.queue import RunQueue
from crmdesk.views.care.run_head import RunHead
from crmdesk.views.care.talk_panel import TalkPanel
from crmdesk.views.care.wording import contact_words, follow_words, moment_words, reason_words, script_of
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.page import page

PAGE = "care.run"
LIST = "care"
_DRAFT = "care.run"
_GONE = (CallDoneError, StaleError, NotFoundError)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CallRunPage(Screen):
    """Three panels; the keyboard does everything."""

    help_page: ClassVar[str] = "care"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the empty page; `begin` fills it."""
        super().__init__(desk, parent)
        self.presenter = CarePresenter(desk, self)
        self.queue = RunQueue()
        self.card: CallCard | None = None
        self._saving = False
        self.head = RunHead()
        self.quiet = Banner(tone=Tone.NEUTRAL, icon="moon")
        self.offer = ComplaintOffer(desk)
        self.member = MemberPanel()
        self.talk = TalkPanel()
        self.outcomes = OutcomePanel()
        self.panels = Columns(self.member, self.talk, self.outcomes, shares=(300, 542, 300), stack_below=860)
        self.empty = EmptyState("phone-call", "")
        self._room = QStackedWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._room.addWidget(self.panels)
        self._room.addWidget(self.empty)
        layout = page(self.head, self.quiet, self.offer, self._room)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        self.head.pause.clicked.connect(self._pause)
        self.empty.acted.connect(self._pause)
        self.member.opened.connect(self._open)
        self.talk.way_changed.connect(self._way_changed)
        self.talk.copied.connect(self._copied)
        self.talk.note.confirmed.connect(self.confirm)
        self.talk.note.textChanged.connect(self._keep_draft)
        self.talk.later.changed.connect(self._say_follows)
        self.outcomes.chosen.connect(self._chose)
        self.outcomes.confirmed.connect(self.confirm)
        QShortcut(QKeySequence("Ctrl+Shift+W"), self).activated.connect(self.talk.copy_words)

    # -- going through the run -----------------------------------------------------------------

    def begin(self, keys: Sequence[int]) -> None:
        """Call these, one after the other."""
        self.queue = RunQueue(keys)
        self._next()

    def _next(self, changed_member: int | None = None) -> None:
        callback_id = self.queue.current()
        self.card = None
        if callback_id is None:
            self._show_end()
            return
        ahead = self.queue.take_ahead(changed_member)
        if ahead is None:
            self.presenter.read_card(callback_id, self._show, self._passed_over)
        else:
            self._show(ahead)

    def _show(self, card: CallCard) -> None:
        if card.id != self.queue.current():
            return
        if not card.may_be_called(self.presenter.now()):
            self._skip()
            return
        self.card = card
        context = self.presenter.context
        self._room.setCurrentWidget(self.panels)
        self.head.show_place(reason_words(card.reason, card.step), self.queue.position, self.queue.total)
        self.member.show_card(card, self.presenter.zone, context.today())
        self.talk.show_card(card, script_of(card, context))
        self.outcomes.clear()
        self._restore_draft(card)
        self._say_quiet(card)
        self._say_follows()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.presenter.begin_call(card.id, self._begun, self._passed_over)
        following = self.queue.following()
        if following is not None:
            self.presenter.read_ahead(following, self.queue.keep_ahead)

    def _begun(self, begun: CallBegun) -> None:
        if self.card is None or begun.callback_id != self.card.id:
            return
        if begun.version != self.card.version:  # another desk was at it since it was read
            self.presenter.read_card(self.card.id, self._show, self._passed_over)
            return
        self.talk.show_phones(begun.phones)

    def _passed_over(self, error: Exception) -> None:
        """Go on when somebody else was faster; anything else is shown."""
        self._saving = False
        if not isinstance(error, _GONE):
            errors.show(self, error)
            return
        sentence = errors.explain(error)
        self.desk.toasts.show(sentence.title if sentence is not None else gettext("Go on with the next one."))
        self._skip()

    def _skip(self) -> None:
        self.queue.advance()
        self._next()

    def _show_end(self) -> None:
        self.head.show_end(self.queue.total)
        self.quiet.set("")
        if self.queue.logged:
            done = ngettext("{n} callback logged", "{n} callbacks logged", self.queue.logged).format(
                n=self.queue.logged
            )
            detail = gettext("{done}, {talked} reached. What is to be tried again comes up by itself.").format(
                done=done, talked=self.queue.talked
            )
            self.empty.set("circle-check", gettext("The list is through"), detail, gettext("Back to the list"))
        else:
            detail = gettext("What comes up during the day appears in the list.")
            title = gettext("No callbacks to make today")
            self.empty.set("phone-call", title, detail, gettext("Back to the list"))
        self._room.setCurrentWidget(self.empty)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- one call ------------------------------------------------------------------------------

    def _chose(self, outcome: CallOutcome) -> None:
        self.talk.show_later(wanted=outcome is CallOutcome.CALL_LATER)
        if outcome is not CallOutcome.CALL_LATER:
            self.talk.note.invite()
        self._say_follows()

    def _way_changed(self) -> None:
        self.outcomes.offer(written=self.talk.is_written)
        self._say_follows()

    def _copied(self) -> None:
        self.desk.toasts.show(gettext("Copied. Paste it into the message, then press Enter here."))
        self.outcomes.choose_outcome(CallOutcome.SENT)

    def later(self) -> datetime | None:
        """Give the moment that was typed for calling later."""
        return parse_later(self.talk.later.typed(), self.presenter.now(), self.presenter.zone)

    def _following(self, outcome: CallOutcome, card: CallCard) -> Following:
        return follow(outcome, card.situation, self.presenter.now(), self.later())

    def _say_follows(self) -> None:
        if self.card is None:
            return
        outcome, zone, today = self.outcomes.outcome, self.presenter.zone, self.presenter.today()
        moment = self.later()
        self.talk.say_later(moment, moment_words(moment, zone, today) if moment is not None else "")
        follows = "" if outcome is None else follow_words(outcome, self._following(outcome, self.card), zone, today)
        self.outcomes.say(follows, contact_words(self.card, zone, today))

    def _say_quiet(self, card: CallCard) -> None:
        limits = card.situation.limits
        if not is_quiet(self.presenter.now(), self.presenter.zone, limits):
            self.quiet.set("")
            return
        hours = gettext("Customers are contacted from {earliest} to {latest}.").format(
            earliest=f"{limits.earliest:%H:%M}", latest=f"{limits.latest:%H:%M}"
        )
        self.quiet.set(gettext("Quiet hours: better leave it for later."), hours)

    def confirm(self) -> None:
        """Save the chosen outcome with its note; the next one comes when it is on disk."""
        outcome, card = self.outcomes.outcome, self.card
        if card is None or outcome is None or self._saving:
            return
        later = self.later()
        if outcome is CallOutcome.CALL_LATER and later is None:
            self.talk.later.show_problem(gettext("Type a time to come, like 15:30, tomorrow 10:00 or +2h."))
            self.talk.later.setFocus()
            return
        self._saving = True
        note = self.talk.note.toPlainText()
        request = LogCall(card.id, card.version, outcome, note, later, self.talk.channel)
        self.presenter.log(request, lambda logged: self._logged(card, request, logged), self._passed_over)

    def _logged(self, card: CallCard, request: LogCall, logged: CallLogged) -> None:
        self._saving = False
        self.desk.drafts.clear(_DRAFT)
        self.queue.logged += 1
        self.queue.talked += request.outcome in TALKED
        zone, today = self.presenter.zone, self.presenter.today()
        self.desk.toasts.show(follow_words(request.outcome, logged.following, zone, today))
        self.offer.show_offer(card, request, logged)
        self.queue.advance()
        self._next(card.member.id)

    # -- what was typed is kept ----------------------------------------------------------------

    def _keep_draft(self) -> None:
        note = self.talk.note.toPlainText()
        if self.card is not None and note:
            state: dict[str, object] = {"callback": self.card.id, "note": note}
            self.desk.drafts.keep(_DRAFT, lambda: state)

    def _restore_draft(self, card: CallCard) -> None:
        state = self.desk.drafts.restore(_DRAFT)
        if state is not None and state.get("callback") == card.id:
            self.talk.note.setPlainText(str(state.get("note", "")))

    # -- leaving ---------------------------------------------------------------------------------

    def _pause(self) -> None:
        self.desk.navigator.go(LIST)

    def _open(self, ref: EntityRef) -> None:
        if self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Call run")

    @override
    def reload(self) -> None:
        if self.card is None and self.queue.current() is None and not self.queue.logged:
            self.presenter.read_run(CallFilter(), self._begin_if_idle)

    def _begin_if_idle(self, keys: list[int]) -> None:
        if self.card is None and self.queue.current() is None:
            self.begin(keys)

    @override
    def edit(self) -> None:
        if self.card is not None:
            self._open(EntityRef(EntityKind.MEMBER, self.card.member.id))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take outcome digits, Enter and Escape."""
        key = event.key()
        if key == Qt.Key.Key_Escape or (key in _ENTER and self.queue.current() is None):
            self._pause()
        elif key in _ENTER:
            self.confirm()
        elif self.card is None or not self._choose(event):
            super().keyPressEvent(event)

    def _choose(self, event: QKeyEvent) -> bool:
        allowed = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
        if not Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 or event.modifiers() & ~allowed:
            return False
        return self.outcomes.choose(chr(event.key()))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("1 … 0", gettext("Choose the outcome")),
            KeyHelp("Alt+1 … 0", gettext("Choose the outcome while typing")),
            KeyHelp("Enter", gettext("Save, next")),
            KeyHelp("Shift+Enter", gettext("New line in the note")),
            KeyHelp("Ctrl+Shift+W", gettext("Copy the words for WeChat")),
            KeyHelp("F2", gettext("Open member")),
            KeyHelp("Esc", gettext("Pause")),
        ]
