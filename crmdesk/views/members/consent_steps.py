"""What a member's page does about consents: turn one with a click, ask about all, show the evidence."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.queries.member_page import MemberPage
from crmdesk.services.consents import SetConsent, set_consent
from crmdesk.views.members.consent_dialog import ConsentDialog
from crmdesk.views.members.consent_evidence import EvidenceDialog
from crmdesk.views.support.desk import Desk


class ConsentSteps:
    """Serves one page; ``known`` gives the member that it shows."""

    def __init__(self, page: QWidget, desk: Desk, known: Callable[[], MemberPage | None]) -> None:
        """Work for a page."""
        self._page = page
        self._desk = desk
        self._known = known

    def turn(self, purpose: ConsentPurpose, given: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Keep a yes or no that was said at the counter; it can be taken back at once."""
        known = self._known()
        if known is not None:
            self._say(known.id, purpose, given=given, undo=True)

    def ask(self) -> None:
        """Ask about every purpose, with the way in which it was said."""
        known = self._known()
        if known is not None:
            said = {one.purpose: one.given for one in known.consents if one.channel is None}
            ConsentDialog(self._page, self._desk, (known.id, known.name, said), self._saved).open()

    def show_evidence(self) -> None:
        """Show every answer that was ever given."""
        known = self._known()
        if known is not None:
            EvidenceDialog(self._page, self._desk, (known.id, known.name)).open()

    def _say(self, member_id: int, purpose: ConsentPurpose, *, given: bool, undo: bool) -> None:
        request = SetConsent(member_id, purpose, given, gettext("at the counter"))

        def done(_changed: bool) -> None:  # noqa: FBT001 - what the service gives
            words = gettext("{purpose}: agreed") if given else gettext("{purpose}: taken back")
            back = partial(self._say, member_id, purpose, given=not given, undo=False)
            verbs = [(gettext("Undo"), back)] if undo else []
            self._desk.toasts.show(words.format(purpose=label(purpose)), verbs)

        self._desk.jobs.write(self._page, lambda session, context: set_consent(session, request, context), done)

    def _saved(self) -> None:
        self._desk.toasts.show(gettext("Consents saved"))
