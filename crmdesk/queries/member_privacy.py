"""Whose phones and addresses a person may see in full (domain rule 7)."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.roles import Right
from crmdesk.core.tickets import FINISHED
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket

# Characters of an address that tell the part of the town, and not the door.
_ADDRESS_KEPT = 6
_PEOPLE = frozenset(
    {Right.SERVE, Right.SEE_PHONES, Right.SEE_TICKET_PHONES, Right.SEE_OWN_PHONES, Right.CALL_ALL, Right.JUDGE}
)


def sees_people(context: Context) -> bool:
    """Tell whether the person has any business with customers."""
    return bool(context.actor.rights & _PEOPLE)


def sees_contact(session: Session, member_id: int, guide_id: int | None, context: Context) -> bool:
    """Tell whether the person may see phones and address of a member: all, her own members, or an open ticket."""
    if context.may(Right.SEE_PHONES):
        return True
    if context.may(Right.SEE_OWN_PHONES) and guide_id == context.actor.staff_id:
        return True
    return context.may(Right.SEE_TICKET_PHONES) and _has_open_ticket(session, member_id)


def sees_contact_of(session: Session, member_id: int, context: Context) -> bool:
    """Tell the same of a member by the key alone."""
    guide_id = session.scalar(select(Member.guide_id).where(Member.id == member_id))
    return sees_contact(session, member_id, guide_id, context)


def mask_address(address: str) -> str:
    """Give the beginning of an address: 杭州市西湖区****."""
    return f"{address[:_ADDRESS_KEPT]}****" if address else ""


def mask_email(email: str) -> str:
    """Give `l***@example.com`."""
    name, at, place = email.partition("@")
    return f"{name[:1]}***{at}{place}" if email else ""


def _has_open_ticket(session: Session, member_id: int) -> bool:
    is_open = exists().where(Ticket.member_id == member_id, Ticket.state.not_in(list(FINISHED)))
    return bool(session.scalar(select(is_open)))
