"""After a call that ended badly: a complaint ticket, already filled in, one key away."""

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import CallCard
from crmdesk.services.callbacks import CallLogged, LogCall
from crmdesk.views.care.wording import form_of_address
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import show_if

_COMMAND = "service.complaint"


class ComplaintOffer(Banner):
    """Stays until it is taken up, waved away, or another call ends badly."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tone=Tone.WARN, icon="frown")
        self._desk = desk
        self._card: CallCard | None = None
        self._request: LogCall | None = None
        self._complaint_id: int | None = None
        self.begin = self.add_action(gettext("Open a &complaint"))
        self.begin.clicked.connect(self._begin)
        self.look = self.add_action(gettext("Open the &complaint"))
        self.look.clicked.connect(self._look)
        self.add_action(gettext("Not needed")).clicked.connect(lambda: self.set(""))

    def show_offer(self, card: CallCard, request: LogCall, logged: CallLogged) -> None:
        """Offer it when the call asks for it."""
        if not logged.offer_complaint and logged.complaint_id is None:
            return
        self._card, self._request, self._complaint_id = card, request, logged.complaint_id
        title = gettext("{who} is not satisfied.").format(who=form_of_address(card.member))
        self.set(title, request.note)
        show_if(self.begin, logged.offer_complaint)
        show_if(self.look, logged.complaint_id is not None)

    def _begin(self) -> None:
        card, request = self._card, self._request
        if card is None or request is None:
            return
        self.set("")
        known = {"subject": card.subject, "words": request.note, "ticket_id": card.ticket_id}
        self._desk.navigator.run(_COMMAND, member_id=card.member.id, **known)

    def _look(self) -> None:
        self.set("")
        if self._complaint_id is not None and self._desk.navigator.can_open(EntityKind.TICKET):
            self._desk.navigator.open(EntityRef(EntityKind.TICKET, self._complaint_id))
