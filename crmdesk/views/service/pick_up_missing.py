"""What still stands between the customer and the goods."""

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import TRANSITIONS, TicketState
from crmdesk.views.service.pick_up_parts import GoodsPart, PersonPart
from crmdesk.views.service.pick_up_presenter import PickUp


def refusal_of(case: PickUp) -> str:
    """Say why nothing can be handed over at all; empty when something can."""
    ticket = case.ticket
    if TicketState.COLLECTED not in TRANSITIONS[ticket.kind][ticket.state]:
        return gettext("not while “{state}”").format(state=label(ticket.state))
    return gettext("The loaner is not back yet.") if ticket.loan_out is not None else ""


def what_is_missing(case: PickUp, person: PersonPart, goods: GoodsPart, *, signed: bool) -> list[str]:
    """Name what is missing, in the order of the page."""
    if case.ticket.loan_out is None and refusal_of(case):
        return [refusal_of(case)]
    takes_item = goods.item_back or not goods.left
    wanted = (
        (case.ticket.loan_out is not None, gettext("the loaner")),
        (not person.person.typed(), gettext("who takes the goods")),
        (not goods.any, gettext("a tick at what goes")),
        (bool(case.money.open.fen) and takes_item, gettext("the payment")),
        (not signed, gettext("the signature")),
    )
    return [words for missing, words in wanted if missing]
