"""What still stands between the customer and the goods, what is asked for, and where a refusal is shown."""

from crmdesk.core.desk_errors import NotSignedError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.goods_errors import AlreadyHandedError, NothingTickedError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import state_label
from crmdesk.core.tickets import TRANSITIONS, TicketState
from crmdesk.services.hand_overs import HandOverGoods
from crmdesk.views.service.pick_up_parts import GoodsPart, PersonPart
from crmdesk.views.service.pick_up_presenter import PickUp
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.screen import KeyHelp
from crmdesk.views.support.signature_field import Signed


def refusal_of(case: PickUp) -> str:
    """Say why nothing can be handed over at all; empty when something can."""
    ticket = case.ticket
    if TicketState.COLLECTED not in TRANSITIONS[ticket.kind][ticket.state]:
        return gettext("not while “{state}”").format(state=state_label(ticket.state, ticket.route))
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


def request_of(case: PickUp, person: PersonPart, goods: GoodsPart, signed: Signed) -> HandOverGoods:
    """Give what the clerk asks for."""
    name, stands_for, seen = person.values()
    return HandOverGoods(
        case.ticket.id,
        case.ticket.version,
        name,
        item_back=goods.item_back,
        accessories=goods.accessories,
        stands_for=stands_for,
        seen=seen,
        on_paper=signed.on_paper,
        strokes=signed.strokes,
        note=goods.note.typed(),
    )


def shown_at_field(error: Exception, line: str, fields: FieldSet, goods: GoodsPart) -> bool:
    """Show a refusal at its place on the page; False when it has none."""
    if isinstance(error, InvalidFieldError) and error.field in fields.fields():
        fields.show_problems({error.field: line})
    elif isinstance(error, NotSignedError):
        fields.show_problems({"signature": line})
    elif isinstance(error, AlreadyHandedError | NothingTickedError):
        goods.say(line)
    else:
        return False
    return True


def key_help() -> list[KeyHelp]:
    """Give the page's keys."""
    return [
        KeyHelp("Ctrl+Enter", gettext("Hand over what is ticked")),
        KeyHelp("Space", gettext("Tick a thing")),
        KeyHelp("Alt+E", gettext("Tick everything")),
        KeyHelp("Alt+P", gettext("Signed on paper")),
        KeyHelp("Esc", gettext("Leave without handing over")),
    ]
