"""The call run: one member at a time, one key per outcome, the next comes by itself (C7)."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crmdesk.core.care import TALKED
from crmdesk.core.contact_rules import is_quiet
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import CallCard
from crmdesk.queries.callbacks import CallFilter
from crmdesk.services.call_start import CallBegun, CallDoneError
from crmdesk.services.callbacks import CallLogged, LogCall
from crmdesk.views.care.call_panels import CallPanels
from crmdesk.views.care.complaint_offer import ComplaintOffer
from crmdesk.views.care.presenter import CarePresenter
from crmdesk.views.care.queue import RunQueue
from crmdesk.views.care.run_head import RunHead
from crmdesk.views.care.wording import follow_words, reason_words
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.page import page

PAGE = "care.run"
LIST = "care"
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
        self.panels = CallPanels(self.presenter)
        self.talk, self.outcomes = self.panels.talk, self.panels.outcomes
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
        self.panels.opened.connect(self._open)
        self.panels.confirmed.connect(self._save)

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
        self._room.setCurrentWidget(self.panels)
        self.head.show_place(reason_words(card.reason, card.step), self.queue.position, self.queue.total)
        self.panels.show_card(card)
        self._say_quiet(card)
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

    def _say_quiet(self, card: CallCard) -> None:
        limits = card.situation.limits
        if not is_quiet(self.presenter.now(), self.presenter.zone, limits):
            self.quiet.set("")
            return
        hours = gettext("Customers are contacted from {earliest} to {latest}.").format(
            earliest=f"{limits.earliest:%H:%M}", latest=f"{limits.latest:%H:%M}"
        )
        self.quiet.set(gettext("Quiet hours: better leave it for later."), hours)

    def _save(self, request: LogCall) -> None:
        """Save the outcome; the next one comes when it is on disk."""
        card = self.card
        if card is None or self._saving:
            return
        self._saving = True
        self.presenter.log(request, lambda logged: self._logged(card, request, logged), self._passed_over)

    def _logged(self, card: CallCard, request: LogCall, logged: CallLogged) -> None:
        self._saving = False
        self.panels.forget_draft()
        self.queue.logged += 1
        self.queue.talked += request.outcome in TALKED
        zone, today = self.presenter.zone, self.presenter.today()
        self.desk.toasts.show(follow_words(request.outcome, logged.following, zone, today))
        self.offer.show_offer(card, request, logged)
        self.queue.advance()
        self._next(card.member.id)

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
            self.panels.confirm()
        elif self.card is None or not self.panels.take_key(event):
            super().keyPressEvent(event)

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
