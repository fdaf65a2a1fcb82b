"""One member of a call run: who she is, what she bought, what is open, why she is called, and what may follow (C7)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.call_follow import CallSituation
from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel, HoldReason
from crmdesk.core.contact_rules import ContactFacts, hold_reason
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.item import Item
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.call_situation import situation
from crmdesk.queries.callback_rows import whose
from crmdesk.queries.contact_facts import facts_of
from crmdesk.queries.member_page import MemberPage, member_page

_MOST_PURCHASES = 4
_MOST_CONTACTS = 3


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase; ``net`` None for a person who may not see money."""

    day: date
    goods: tuple[str, ...]
    net: Money | None
    guide: str


@dataclass(frozen=True, slots=True)
class Talked:
    """One earlier contact."""

    at: datetime
    channel: Channel
    outcome: CallOutcome | None
    note: str
    who: str


@dataclass(frozen=True, slots=True)
class CallCard:
    """Everything that the call run shows of one callback; phones are masked until the call begins."""

    id: int
    version: int
    state: CallbackState
    reason: CallbackReason
    step: int
    channel: Channel
    subject: str
    due_from: datetime
    due_until: datetime
    attempts: int
    owner: str
    ticket_id: int | None
    ticket_number: str
    bought_on: date | None
    hold: HoldReason | None
    member: MemberPage
    bought: tuple[Bought, ...]
    talks: tuple[Talked, ...]
    contacts: ContactFacts
    situation: CallSituation

    def may_be_called(self, now: datetime) -> bool:
        """Tell whether it belongs into a call run at ``now``."""
        return self.state is CallbackState.DUE and self.hold is None and self.due_from <= now


def call_card(session: Session, callback_id: int, context: Context) -> CallCard:
    """Give one member of the run.

    Raises:
        NotFoundError: no such callback, or it is not the person's.
    """
    callback = session.scalars(select(Callback).where(Callback.id == callback_id, *whose(context))).one_or_none()
    if callback is None:
        raise NotFoundError(EntityKind.CALLBACK, str(callback_id))
    facts = facts_of(session, callback.member_id, context, callback.channel)
    where = situation(session, callback, context)
    ticket = _ticket(session, callback)
    owner = session.scalar(select(Staff.name).where(Staff.id == callback.owner_id)) if callback.owner_id else ""
    return CallCard(
        id=callback.id,
        version=callback.version,
        state=callback.state,
        reason=callback.reason,
        step=callback.step,
        channel=callback.channel,
        subject=ticket[1] or callback.subject,
        due_from=callback.due_from,
        due_until=callback.due_until,
        attempts=callback.attempts,
        owner=owner or "",
        ticket_id=callback.ticket_id,
        ticket_number=ticket[0],
        bought_on=_bought_on(session, callback),
        hold=hold_reason(callback.reason, facts, where.limits),
        member=member_page(session, callback.member_id, context),
        bought=_bought(session, callback.member_id, context),
        talks=_talks(session, callback.member_id),
        contacts=facts,
        situation=where,
    )


def _ticket(session: Session, callback: Callback) -> tuple[str, str]:
    """Give number and goods of the ticket; the goods are named by the loaner where the call is about that."""
    if callback.ticket_id is None:
        return "", ""
    found = session.execute(
        select(Ticket.number, Item.name)
        .outerjoin(Item, Item.id == Ticket.item_id)
        .where(Ticket.id == callback.ticket_id)
    ).one()
    about_loaner = callback.reason is CallbackReason.LOAN_DUE
    about_complaint = callback.reason is CallbackReason.COMPLAINT_SATISFACTION
    return found.number, "" if about_loaner or about_complaint else found.name or ""


def _bought_on(session: Session, callback: Callback) -> date | None:
    if callback.purchase_id is None:
        return None
    return session.scalar(select(Purchase.day).where(Purchase.id == callback.purchase_id))


def _bought(session: Session, member_id: int, context: Context) -> tuple[Bought, ...]:
    found = session.execute(
        select(Purchase.id, Purchase.day, Purchase.net, Staff.name)
        .outerjoin(Staff, Staff.id == Purchase.guide_id)
        .where(Purchase.member_id == member_id)
        .order_by(Purchase.day.desc(), Purchase.id.desc())
        .limit(_MOST_PURCHASES)
    ).all()
    goods: dict[int, list[str]] = {}
    for purchase_id, *parts in session.execute(
        select(PurchaseLine.purchase_id, PurchaseLine.name, PurchaseLine.colour, PurchaseLine.size)
        .where(PurchaseLine.purchase_id.in_([row.id for row in found]))
        .order_by(PurchaseLine.purchase_id, PurchaseLine.ordinal)
    ):
        goods.setdefault(purchase_id, []).append(_goods(*parts))
    money = context.may(Right.SEE_MONEY)
    return tuple(
        Bought(row.day, tuple(goods.get(row.id, ())), row.net if money else None, row.name or "") for row in found
    )


def _goods(name: str, colour: str, size: str) -> str:
    # Some tills put colour and size into the name already.
    return " ".join([name, *(part for part in (colour, size) if part and part not in name)])


def _talks(session: Session, member_id: int) -> tuple[Talked, ...]:
    found = session.execute(
        select(Contact.at, Contact.channel, Contact.outcome, Contact.note, Staff.name.label("who"))
        .join(Staff, Staff.id == Contact.staff_id)
        .where(Contact.member_id == member_id)
        .order_by(Contact.at.desc(), Contact.id.desc())
        .limit(_MOST_CONTACTS)
    )
    return tuple(Talked(**row) for row in found.mappings())
