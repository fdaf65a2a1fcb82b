"""A parcel with goods that were sent to the customer comes back undelivered; the goods wait in the shop again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import NotHereError
from crmdesk.core.repair_rules import in_the_post
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.models.hand_over import Posting
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event


@dataclass(frozen=True, slots=True)
class ParcelBack(Step):
    """What the courier says is the note; ``shelf`` empty leaves the goods at the counter."""

    shelf: str = ""


def parcel_of(session: Session, ticket: Ticket) -> Posting | None:
    """Give the parcel in which the goods are on their way to the customer now; None when they are not."""
    if not in_the_post(ticket.state, ticket.goods_place):
        return None
    wanted = select(Posting).where(Posting.ticket_id == ticket.id, Posting.delivered_at.is_(None))
    return session.scalars(wanted.order_by(Posting.id.desc()).limit(1)).one_or_none()


def take_parcel_back(session: Session, request: ParcelBack, context: Context) -> Outcome[TicketState]:
    """Take in a parcel that could not be delivered; a repair waits for its customer again, who is to be told anew.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotHereError: no parcel is under way.
        ReasonMissingError: not said why it came back.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if parcel_of(session, ticket) is None:
        raise NotHereError(ticket.number)
    if not clean_note(request.note):
        raise ReasonMissingError("parcel.undelivered")
    shelf = clean_code(request.shelf)
    ticket.goods_place, ticket.shelf = GoodsPlace.SHELF if shelf else GoodsPlace.COUNTER, shelf
    if ticket.may_move(TicketState.READY):
        move(session, ticket, TicketState.READY, TicketAct.UNDELIVERED, context, request.note)
    else:
        note_event(session, ticket, TicketAct.UNDELIVERED, context, request.note)
        facts: audit.Detail = {"number": ticket.number}
        audit.record(session, context, f"ticket.{TicketAct.UNDELIVERED}", (EntityKind.TICKET, ticket.id), facts)
    return Outcome(ticket.state, TICKETS)
