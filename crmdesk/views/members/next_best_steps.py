"""Carries out the next step that a member's page names: opens what waits, plans a call, asks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from crmdesk.core.care import CallbackReason
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.next_best import Best
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.queries.member_page import MemberPage
from crmdesk.views.members.intent_panel import IntentPanel
from crmdesk.views.members.intent_presenter import IntentPresenter
from crmdesk.views.members.next_best import next_best
from crmdesk.views.members.steps import Act
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from crmdesk.views.members.next_best import NextBest

_ACCOUNT: Final = "members.account"
_CALLS: Final = {
    Best.BIRTHDAY: CallbackReason.BIRTHDAY,
    Best.INTENT: CallbackReason.OTHER,
    Best.SILENT: CallbackReason.DORMANT,
}


class NextBestSteps:
    """Serves the banner of one member's page."""

    def __init__(
        self, page: QWidget, desk: Desk, banner: Banner, intents: IntentPanel, run: Callable[[Act], None]
    ) -> None:
        """Take the banner over; `run` carries out the steps of the page itself."""
        self._run = run
        self._desk, self._banner, self._intents = desk, banner, intents
        self._presenter = IntentPresenter(desk, page)
        self._member_id = 0
        self.shown: NextBest | None = None
        self.button = banner.add_action("")
        self.button.clicked.connect(lambda _checked=False: self.follow())

    def show_member(self, page: MemberPage, context: Context) -> None:
        """Say what is to be done for a member."""
        self._member_id = page.id
        self.shown = found = next_best(page, context)
        if found is None:
            self._banner.set("")
            return
        self._banner.set(found.title, found.source, found.tone, found.icon)
        self.button.set_text(found.verb)
        show_if(self.button, found.ref is None or self._desk.navigator.can_open(found.ref.kind))

    def follow(self) -> None:
        """Carry out the step that is shown."""
        found = self.shown
        if found is None:
            return
        if found.ref is not None:
            self._desk.navigator.open(found.ref)
        elif found.best in _CALLS:
            self._presenter.call_now(self._member_id, _CALLS[found.best], self._planned)
        elif found.best is Best.POINTS_EXPIRING:
            self._desk.navigator.run(_ACCOUNT, member_id=self._member_id)
        elif found.best is Best.INTENT_ASKED:
            self._intents.ask_about_bought()
        elif found.best is Best.CONSENT_MISSING:
            self._run(Act.CONSENTS)

    def _planned(self, callback_id: int) -> None:
        ref = EntityRef(EntityKind.CALLBACK, callback_id)
        actions = []
        if self._desk.navigator.can_open(ref.kind):
            actions = [(gettext("Open the call"), lambda: self._desk.navigator.open(ref))]
        self._desk.toasts.show(gettext("The call is on today's list."), actions)
