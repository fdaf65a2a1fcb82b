"""What is noted on a ticket without a step: a note, a call on the way, a print, a look at the phone number."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import PaperKind
from crmdesk.core.phone import group
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.services import access_log, audit
from crmdesk.services.ticket_steps import TICKETS, Step, load, note_event


def add_note(session: Session, request: Step, context: Context) -> Outcome[None]:
    """Write a note on the time line.

    Raises:
        InvalidFieldError: nothing was written.
    """
    ticket = load(session, request.ticket_id)
    if not clean_note(request.note):
        raise InvalidFieldError("note", "empty")
    note_event(session, ticket, TicketAct.NOTED, context, request.note)
    return Outcome(None, TICKETS)


def note_contact(session: Session, request: Step, context: Context, *, channel: TellChannel) -> Outcome[None]:
    """Note that the customer was told how things stand, while the goods are not ready yet."""
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id)
    note_event(session, ticket, TicketAct.CALLED, context, f"{channel.value}: {request.note}".rstrip(": "))
    return Outcome(None, TICKETS)


def note_print(session: Session, ticket_id: int, kind: PaperKind, context: Context) -> Outcome[int]:
    """Note that a paper of a ticket is printed; gives how often that kind was printed before."""
    ticket = load(session, ticket_id)
    before = prints_of(session, ticket_id, kind)
    note_event(session, ticket, TicketAct.PRINTED, context, kind.value)
    detail: audit.Detail = {"kind": kind, "reprint": before}
    audit.record(session, context, "ticket.print", (EntityKind.TICKET, ticket_id), detail)
    return Outcome(before, TICKETS)


def prints_of(session: Session, ticket_id: int, kind: PaperKind) -> int:
    """Give how often a kind of paper was printed for a ticket."""
    printed = select(func.count()).where(
        TicketEvent.ticket_id == ticket_id, TicketEvent.act == TicketAct.PRINTED.value, TicketEvent.note == kind.value
    )
    return session.scalar(printed) or 0


def show_phone(session: Session, ticket_id: int, context: Context) -> Outcome[str]:
    """Give the customer's number in full and note who looked (domain rule 6); empty when there is none.

    Raises:
        NotAllowedError: the person may not see this number.
    """
    ticket = load(session, ticket_id)
    if not _may_see_phone(session, ticket, context):
        raise NotAllowedError(Right.SEE_PHONES, context.actor.role)
    digits = session.scalar(
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == ticket.member_id)
        .order_by(MemberPhone.ordinal)
        .limit(1)
    )
    access_log.note(session, [ticket.member_id], (Look.PHONE, "service"), context)
    audit.record(
        session, context, "member.phone_seen", (EntityKind.MEMBER, ticket.member_id), {"ticket": ticket.number}
    )
    return Outcome(group(digits) if digits else "", frozenset())


def _may_see_phone(session: Session, ticket: Ticket, context: Context) -> bool:
    if context.may(Right.SEE_PHONES) or (context.may(Right.SEE_TICKET_PHONES) and ticket.is_open):
        return True
    guide = session.scalar(select(Member.guide_id).where(Member.id == ticket.member_id))
    return context.may(Right.SEE_OWN_PHONES) and guide == context.actor.staff_id
