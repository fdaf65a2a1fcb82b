"""A member's time line: purchases, tickets, loans, contacts, cards and papers in one list, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallOutcome, Channel
from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.core.veil import veiled
from crmdesk.models.callback import Contact
from crmdesk.models.card import Card
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.paper import Paper
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries import firm_visits, looks
from crmdesk.queries.account_events import LevelDone, MovementDone, level_changes, movements_told
from crmdesk.queries.looks import LookFilter, LookRow, may_see_looks
from crmdesk.queries.member_goods import GoodsHere, goods_of
from crmdesk.queries.member_privacy import sees_contact_of, sees_people
from crmdesk.queries.merged import kept_key, merges_of


class HistoryKind(StrEnum):
    """What a line of the time line is about."""

    PURCHASE = "purchase"
    TICKET = "ticket"
    LOAN = "loan"
    CONTACT = "contact"
    CARD = "card"
    LETTER = "letter"
    VISIT = "visit"
    MERGE = "merge"
    ACCOUNT = "account"
    LOOK = "look"
    GOODS = "goods"


@dataclass(frozen=True, slots=True)
class PurchaseDone:
    """A receipt; ``net`` None for a person who may not see money."""

    number: str
    goods: tuple[str, ...]
    pieces: int
    net: Money | None


@dataclass(frozen=True, slots=True)
class TicketDone:
    """A ticket taken in."""

    number: str
    kind: TicketKind
    state: TicketState
    subject: str


@dataclass(frozen=True, slots=True)
class LoanDone:
    """A loaner lent."""

    code: str
    name: str
    state: LoanState
    due_on: date
    back_day: date | None


@dataclass(frozen=True, slots=True)
class ContactDone:
    """A contact that took place."""

    channel: Channel
    outbound: bool
    outcome: CallOutcome | None
    note: str


@dataclass(frozen=True, slots=True)
class CardDone:
    """A card issued, and what became of it."""

    number: str
    tier: CardTier
    state: CardState
    reason: str


@dataclass(frozen=True, slots=True)
class LetterDone:
    """A paper that went to the member."""

    number: str
    kind: PaperKind
    title: str
    sent: bool


@dataclass(frozen=True, slots=True)
class VisitDone:
    """A visit to an intermediate customer; amounts None for a person who may not see money."""

    stock: str
    stock_value: Money | None
    sales: str
    sales_value: Money | None
    note: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class MergeDone:
    """Another file became part of this one; ``undone``: it is a file of its own again."""

    number: str
    name: str
    undone: bool


Facts = (
    PurchaseDone
    | GoodsHere
    | TicketDone
    | LoanDone
    | ContactDone
    | CardDone
    | LetterDone
    | VisitDone
    | MergeDone
    | MovementDone
    | LevelDone
    | LookRow
)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line; ``timed`` tells whether the hour is known, ``ref`` what it opens."""

    kind: HistoryKind
    id: int
    at: datetime
    timed: bool
    who: str
    facts: Facts
    ref: EntityRef | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The newest lines; ``more`` tells whether there are older ones."""

    rows: tuple[HistoryRow, ...]
    more: bool


def member_history(
    session: Session,
    member_id: int,
    context: Context,
    kind: HistoryKind | None = None,
    limit: int = 40,
    days: int | None = None,
) -> History:
    """Give the newest ``limit`` lines of a member's time line, of one kind or of all; each kind reads no more.

    ``days`` leaves out what is older. Who looked at the file stands among the others only when asked for.
    """
    if not sees_people(context):
        return History((), more=False)
    member_id = kept_key(session, member_id)
    # Goods are told by what happened to them; their own list leads to each one's history.
    wanted = [kind] if kind else [one for one in HistoryKind if one not in _APART]
    found = [row for one in wanted for row in _READERS[one](session, member_id, context, limit + 1)]
    if days is not None:
        since = start_of_day(context.today() - timedelta(days=days - 1), context.store.zone)
        found = [row for row in found if row.at >= since]
    found.sort(key=lambda row: (row.at, row.id), reverse=True)
    rows = tuple(found[:limit])
    return History(rows if sees_contact_of(session, member_id, context) else veiled(rows), more=len(found) > limit)


def _purchases(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    rows = session.execute(
        select(Purchase.id, Purchase.number, Purchase.day, Purchase.pieces, Purchase.net, Staff.name)
        .outerjoin(Staff, Staff.id == Purchase.guide_id)
        .where(Purchase.member_id == member_id)
        .order_by(Purchase.day.desc(), Purchase.id.desc())
        .limit(limit)
    ).all()
    goods: dict[int, list[str]] = {}
    for purchase_id, name in session.execute(
        select(PurchaseLine.purchase_id, PurchaseLine.name)
        .where(PurchaseLine.purchase_id.in_([row.id for row in rows]))
        .order_by(PurchaseLine.purchase_id, PurchaseLine.ordinal)
    ):
        goods.setdefault(purchase_id, []).append(name)
    money = context.may(Right.SEE_MONEY)
    return [
        HistoryRow(
            HistoryKind.PURCHASE,
            row.id,
            start_of_day(row.day, context.store.zone),
            timed=False,
            who=row.name or "",
            facts=PurchaseDone(row.number, tuple(goods.get(row.id, ())), row.pieces, row.net if money else None),
            ref=EntityRef(EntityKind.PURCHASE, row.id),
        )
        for row in rows
    ]


def _tickets(session: Session, member_id: int, _context: Context, limit: int) -> list[HistoryRow]:
    found = (
        select(Ticket.id, Ticket.number, Ticket.kind, Ticket.state, Ticket.subject, Ticket.received_at, Staff.name)
        .outerjoin(Staff, Staff.id == Ticket.received_by_id)
        .where(Ticket.member_id == member_id)
    )
    return [
        HistoryRow(
            HistoryKind.TICKET,
            row.id,
            row.received_at,
            timed=True,
            who=row.name or "",
            facts=TicketDone(row.number, row.kind, row.state, row.subject),
            ref=EntityRef(EntityKind.TICKET, row.id),
        )
        for row in session.execute(found.order_by(Ticket.received_at.desc()).limit(limit))
    ]


def _loans(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    found = (
        select(
            Loan.id, Loan.state, Loan.from_day, Loan.out_at, Loan.due_on, Loan.back_day, Loaner.code, Loaner.name,
            Staff.name.label("who"),
        )
        .join(Loaner, Loaner.id == Loan.loaner_id)
        .outerjoin(Staff, Staff.id == Loan.lent_by_id)
        .where(Loan.member_id == member_id)
    )  # fmt: skip
    return [
        HistoryRow(
            HistoryKind.LOAN,
            row.id,
            row.out_at or start_of_day(row.from_day, context.store.zone),
            timed=row.out_at is not None,
            who=row.who or "",
            facts=LoanDone(row.code, row.name, row.state, row.due_on, row.back_day),
            ref=EntityRef(EntityKind.LOAN, row.id),
        )
        for row in session.execute(found.order_by(Loan.id.desc()).limit(limit))
    ]


def _contacts(session: Session, member_id: int, _context: Context, limit: int) -> list[HistoryRow]:
    found = (
        select(Contact.id, Contact.at, Contact.channel, Contact.outbound, Contact.outcome, Contact.note, Staff.name)
        .outerjoin(Staff, Staff.id == Contact.staff_id)
        .where(Contact.member_id == member_id)
    )
    return [
        HistoryRow(
            HistoryKind.CONTACT,
            row.id,
            row.at,
            timed=True,
            who=row.name or "",
            facts=ContactDone(row.channel, row.outbound, row.outcome, row.note),
        )
        for row in session.execute(found.order_by(Contact.at.desc()).limit(limit))
    ]


def _cards(session: Session, member_id: int, _context: Context, limit: int) -> list[HistoryRow]:
    found = select(Card.id, Card.number, Card.tier, Card.state, Card.state_reason, Card.issued_at).where(
        Card.member_id == member_id
    )
    return [
        HistoryRow(
            HistoryKind.CARD,
            row.id,
            row.issued_at,
            timed=True,
            who="",
            facts=CardDone(row.number, row.tier, row.state, row.state_reason),
        )
        for row in session.execute(found.order_by(Card.id.desc()).limit(limit))
    ]


def _letters(session: Session, member_id: int, _context: Context, limit: int) -> list[HistoryRow]:
    found = (
        select(Paper.id, Paper.number, Paper.kind, Paper.title, Paper.made_at, Paper.sent_at, Staff.name)
        .outerjoin(Staff, Staff.id == Paper.made_by_id)
        .where(Paper.member_id == member_id, Paper.kind == PaperKind.LETTER)
    )
    return [
        HistoryRow(
            HistoryKind.LETTER,
            row.id,
            row.made_at,
            timed=True,
            who=row.name or "",
            facts=LetterDone(row.number, row.kind, row.title, row.sent_at is not None),
            ref=EntityRef(EntityKind.PAPER, row.id),
        )
        for row in session.execute(found.order_by(Paper.id.desc()).limit(limit))
    ]


def _visits(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    return [
        HistoryRow(
            HistoryKind.VISIT,
            one.id,
            start_of_day(one.day, context.store.zone),
            timed=False,
            who=one.by,
            facts=VisitDone(one.stock, one.stock_value, one.sales, one.sales_value, one.note, one.next_on),
        )
        for one in firm_visits.visits(session, member_id, context, limit)
    ]


def _merges(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    return [
        HistoryRow(
            HistoryKind.MERGE,
            one.id,
            one.at,
            timed=True,
            who=one.who or "",
            facts=MergeDone(one.gone_number, one.gone_name, one.undone_at is not None),
            ref=EntityRef(EntityKind.MEMBER, one.gone_id) if one.undone_at is not None else None,
        )
        for one in merges_of(session, member_id, context)[:limit]
    ]


def _account(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    found = [*movements_told(session, member_id, context, limit), *level_changes(session, member_id, limit)]
    return [HistoryRow(HistoryKind.ACCOUNT, one.id, one.at, timed=True, who=one.who, facts=one.facts) for one in found]


def _goods(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    return [
        HistoryRow(HistoryKind.GOODS, key, at, timed=timed, who="", facts=facts, ref=EntityRef(EntityKind.ITEM, key))
        for key, at, timed, facts in goods_of(session, member_id, context, limit)
    ]


def _looks(session: Session, member_id: int, context: Context, limit: int) -> list[HistoryRow]:
    if not may_see_looks(context):
        return []
    found = looks.first(session, LookFilter(member_id=member_id), context, None, limit)
    return [HistoryRow(HistoryKind.LOOK, one.id, one.at, timed=True, who=one.staff_name, facts=one) for one in found]


_APART = frozenset({HistoryKind.GOODS, HistoryKind.LOOK})
_READERS: dict[HistoryKind, Callable[[Session, int, Context, int], list[HistoryRow]]] = {
    HistoryKind.PURCHASE: _purchases,
    HistoryKind.TICKET: _tickets,
    HistoryKind.LOAN: _loans,
    HistoryKind.CONTACT: _contacts,
    HistoryKind.CARD: _cards,
    HistoryKind.LETTER: _letters,
    HistoryKind.VISIT: _visits,
    HistoryKind.MERGE: _merges,
    HistoryKind.ACCOUNT: _account,
    HistoryKind.LOOK: _looks,
    HistoryKind.GOODS: _goods,
}
