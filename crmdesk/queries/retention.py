"""What is kept longer than the store said it would be (PIPL 19): a list, nothing more."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.keeping_periods import Overdue, months_before
from crmdesk.core.members import MemberState
from crmdesk.core.roles import Right
from crmdesk.core.settings_privacy import KEEP_LOOKS, KEEP_LOST, KEEP_PHOTOS, KEEP_SIGNATURES, KEEP_WALK_INS
from crmdesk.core.tickets import FINISHED
from crmdesk.models.access import AccessEntry
from crmdesk.models.condition import Photo
from crmdesk.models.hand_over import Signature
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings

MOST = 500  # rows of one kind on the list; the rest follows when these are done
_YEAR = 12
NO_STROKES = "[]"


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One thing whose time is over: ``key`` is the member or ticket, ``version`` that of the member's file."""

    id: int
    kind: Overdue
    key: int
    number: str
    name: str
    since: date
    count: int = 1
    version: int = 0


def overdue(session: Session, context: Context) -> list[OverdueRow]:
    """Give what is due for erasing or removing, kind by kind, the oldest first.

    Raises:
        NotAllowedError: the person may not erase.
    """
    context.require(Right.ERASE)
    return [
        *_people(session, Overdue.WALK_IN, context),
        *_people(session, Overdue.LOST, context),
        *_on_tickets(session, Overdue.PHOTOS, context),
        *_on_tickets(session, Overdue.SIGNATURES, context),
        *_looks(session, context),
    ]


def due_before(session: Session, kind: Overdue, context: Context) -> datetime:
    """Give the moment before which data of a kind are kept too long."""
    months = {
        Overdue.WALK_IN: (KEEP_WALK_INS, 1),
        Overdue.LOST: (KEEP_LOST, _YEAR),
        Overdue.PHOTOS: (KEEP_PHOTOS, _YEAR),
        Overdue.SIGNATURES: (KEEP_SIGNATURES, _YEAR),
        Overdue.LOOKS: (KEEP_LOOKS, _YEAR),
    }
    period, each = months[kind]
    count = store_settings(session, context.store.id).get(period) * each
    return start_of_day(months_before(context.today(), count), context.store.zone)


def tickets_over(session: Session, kind: Overdue, context: Context) -> ColumnElement[bool]:
    """Give the condition of tickets that were closed so long ago that data of a kind are due."""
    before = due_before(session, kind, context)
    return Ticket.state.in_(list(FINISHED)) & (Ticket.last_event_at < before)


def _people(session: Session, kind: Overdue, context: Context) -> list[OverdueRow]:
    before = due_before(session, kind, context)
    day = local_time(before, context.store.zone).date()
    state = MemberState.WALK_IN if kind is Overdue.WALK_IN else MemberState.ACTIVE
    rows = session.execute(
        select(Member.id, Member.number, Member.name, Member.joined_on, Member.version)
        .where(
            Member.state == state,
            Member.joined_on < day,
            (Member.last_contact_at.is_(None)) | (Member.last_contact_at < before),
            ~exists().where(Purchase.member_id == Member.id, Purchase.day >= day),
            ~exists().where(Ticket.member_id == Member.id, Ticket.last_event_at >= before),
            ~exists().where(Ticket.member_id == Member.id, Ticket.state.not_in(list(FINISHED))),
            ~exists().where(Loan.member_id == Member.id, Loan.back_at.is_(None)),
            *_no_business(kind),
        )
        .order_by(Member.joined_on, Member.id)
        .limit(MOST)
    )
    return [OverdueRow(row.id, kind, row.id, row.number, row.name, row.joined_on, version=row.version) for row in rows]


def _no_business(kind: Overdue) -> tuple[ColumnElement[bool], ...]:
    """Give what a walk-in must not have at all; a member's business may lie long ago."""
    if kind is not Overdue.WALK_IN:
        return ()
    return (~exists().where(Purchase.member_id == Member.id), ~exists().where(Ticket.member_id == Member.id))


def _on_tickets(session: Session, kind: Overdue, context: Context) -> list[OverdueRow]:
    rows = session.execute(_tickets(kind).where(tickets_over(session, kind, context)).limit(MOST))
    zone = context.store.zone
    # A ticket may stand on the list for its photos and for its signatures.
    return [
        OverdueRow(
            row.id * 2 + (kind is Overdue.SIGNATURES),
            kind,
            row.id,
            row.number,
            row.name or "",
            local_time(row.last_event_at, zone).date(),
            row.rows,
        )
        for row in rows
    ]


def _tickets(kind: Overdue) -> Select[int, str, datetime, str, int]:
    counted = Photo if kind is Overdue.PHOTOS else Signature
    asked = (
        select(Ticket.id, Ticket.number, Ticket.last_event_at, Member.name, func.count(counted.id).label("rows"))
        .join(counted, counted.ticket_id == Ticket.id)
        .outerjoin(Member, Member.id == Ticket.member_id)
        .group_by(Ticket.id, Ticket.number, Ticket.last_event_at, Member.name)
        .order_by(Ticket.last_event_at, Ticket.id)
    )
    return asked if kind is Overdue.PHOTOS else asked.where(Signature.strokes != NO_STROKES)


def _looks(session: Session, context: Context) -> list[OverdueRow]:
    before = due_before(session, Overdue.LOOKS, context)
    old = (AccessEntry.store_id == context.store.id, AccessEntry.at < before)
    count, first = session.execute(select(func.count(AccessEntry.id), func.min(AccessEntry.at)).where(*old)).one()
    if not count or first is None:
        return []
    return [OverdueRow(1, Overdue.LOOKS, 0, "", "", local_time(first, context.store.zone).date(), count)]
