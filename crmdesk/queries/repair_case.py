"""What a repair's page shows besides the ticket: money by its parts, linked tickets, the parcel, what judging needs."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.hand_over import DisposalKind, TicketLink
from crmdesk.core.money import Money
from crmdesk.core.phone import mask
from crmdesk.core.return_rules import WindowLengths
from crmdesk.core.settings_service import (
    PART_GUARANTEE_DAYS,
    QUALITY_EXCHANGE_DAYS,
    QUALITY_RETURN_DAYS,
    QUOTE_VALID_DAYS,
    WARRANTY_MONTHS,
)
from crmdesk.core.tickets import Payer, TicketKind, TicketState
from crmdesk.models.condition import Photo
from crmdesk.models.hand_over import Disposal, Posting
from crmdesk.models.judgement import Judgement, JudgementPhoto, Quote
from crmdesk.models.ticket import Ticket
from crmdesk.queries.loan_fees import LoanFees, fees_of_ticket
from crmdesk.queries.member_privacy import mask_address
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_money import ChargeRow, TicketMoney, charges_of, ticket_money


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A ticket that hangs together with this one; ``link`` is what the later one is to the earlier."""

    id: int
    number: str
    kind: TicketKind
    state: TicketState
    link: TicketLink
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """Goods on the way to the customer; ``delivered_at`` None while they are."""

    courier: str
    tracking: str
    recipient: str
    address: str
    phone: str
    fee: Money
    payer: Payer
    sent_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """Goods that the shop keeps for good."""

    kind: DisposalKind
    person: str
    words: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class JudgedMore:
    """What a judgement holds besides its row on the ticket."""

    fault: str = ""
    cost: Money | None = None
    decided_by_words: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairCase:
    """Everything that the steps and facts of a repair need besides `TicketDetail`.

    Attributes:
        quote_days: how long a new quote holds.
        lengths: the store's periods that a purchase may still be in.
        money: what is owed and paid.
        charges: all charges, the waived ones too.
        quote_payer: who bears the newest quote.
        earlier: the ticket that this one is linked with.
        later: tickets that are linked with this one, newest first.
        guaranteed_until: last day of the guarantee on the part that was repaired before, for a come-back.
        photos: hashes of the ticket's photos with their captions.
    """

    quote_days: int = QUOTE_VALID_DAYS.default
    lengths: WindowLengths = field(default_factory=WindowLengths)
    money: TicketMoney = field(default_factory=TicketMoney)
    charges: tuple[ChargeRow, ...] = ()
    loan_fees: LoanFees = field(default_factory=LoanFees)
    quote_payer: Payer = Payer.CUSTOMER
    earlier: LinkRow | None = None
    later: tuple[LinkRow, ...] = ()
    guaranteed_until: date | None = None
    parcel: ParcelRow | None = None
    disposal: DisposalRow | None = None
    judged: JudgedMore = field(default_factory=JudgedMore)
    photos: tuple[tuple[str, str], ...] = ()


def repair_case(session: Session, ticket_id: int, context: Context) -> RepairCase:
    """Give what the page of a repair needs besides the ticket."""
    ticket = session.get_one(Ticket, ticket_id)
    settings = store_settings(session, context.store.id)
    money = ticket_money(session, ticket_id)
    return RepairCase(
        quote_days=settings.get(QUOTE_VALID_DAYS),
        lengths=WindowLengths(
            settings.get(QUALITY_RETURN_DAYS), settings.get(QUALITY_EXCHANGE_DAYS), settings.get(WARRANTY_MONTHS)
        ),
        money=money,
        charges=charges_of(session, ticket_id),
        loan_fees=fees_of_ticket(session, ticket_id) if money.loan_fees else LoanFees(),
        quote_payer=_quote_payer(session, ticket_id),
        earlier=_earlier(session, ticket),
        later=later_tickets(session, ticket_id),
        guaranteed_until=_guaranteed_until(session, ticket, settings.get(PART_GUARANTEE_DAYS), context),
        parcel=parcel(session, ticket_id),
        disposal=_disposal(session, ticket_id),
        judged=_judged(session, ticket_id),
        photos=_photos(session, ticket_id),
    )


def _quote_payer(session: Session, ticket_id: int) -> Payer:
    wanted = select(Quote.payer).where(Quote.ticket_id == ticket_id).order_by(Quote.ordinal.desc()).limit(1)
    return session.scalar(wanted) or Payer.CUSTOMER


_LINK = (Ticket.id, Ticket.number, Ticket.kind, Ticket.state)


def _earlier(session: Session, ticket: Ticket) -> LinkRow | None:
    if ticket.linked_ticket_id is None:
        return None
    row = session.execute(select(*_LINK, Ticket.received_at).where(Ticket.id == ticket.linked_ticket_id)).one()
    return LinkRow(row.id, row.number, row.kind, row.state, ticket.link or TicketLink.RELATED, row.received_at)


def later_tickets(session: Session, ticket_id: int) -> tuple[LinkRow, ...]:
    """Give the tickets that are linked with a ticket: its come-backs, what it was turned into; newest first."""
    found = session.execute(
        select(*_LINK, Ticket.link, Ticket.received_at)
        .where(Ticket.linked_ticket_id == ticket_id)
        .order_by(Ticket.id.desc())
    )
    return tuple(
        LinkRow(row.id, row.number, row.kind, row.state, row.link or TicketLink.RELATED, row.received_at)
        for row in found
    )


def _guaranteed_until(session: Session, ticket: Ticket, days: int, context: Context) -> date | None:
    """Give the last day of the guarantee that began when the chain's last repair was handed back."""
    first = ticket.linked_ticket_id
    if first is None or ticket.link is not TicketLink.COME_BACK:
        return None
    same = or_(Ticket.id == first, (Ticket.linked_ticket_id == first) & (Ticket.link == TicketLink.COME_BACK))
    back = session.scalar(
        select(Ticket.handed_back_at)
        .where(same, Ticket.id < ticket.id, Ticket.handed_back_at.is_not(None))
        .order_by(Ticket.handed_back_at.desc())
        .limit(1)
    )
    return date.fromordinal(day_in_zone(back, context.store.zone).toordinal() + days) if back is not None else None


def parcel(session: Session, ticket_id: int) -> ParcelRow | None:
    """Give the newest parcel in which a ticket's goods were sent to the customer; where to stands on its paper."""
    row = session.scalars(
        select(Posting).where(Posting.ticket_id == ticket_id).order_by(Posting.id.desc()).limit(1)
    ).first()
    if row is None:
        return None
    return ParcelRow(
        row.courier,
        row.tracking,
        row.recipient,
        mask_address(row.address),
        mask(row.phone) if row.phone else "",
        row.fee,
        row.payer,
        row.sent_at,
        row.delivered_at,
    )


def _disposal(session: Session, ticket_id: int) -> DisposalRow | None:
    row = session.scalars(select(Disposal).where(Disposal.ticket_id == ticket_id)).first()
    return DisposalRow(row.kind, row.person, row.words, row.on_paper) if row is not None else None


def _judged(session: Session, ticket_id: int) -> JudgedMore:
    row = session.scalars(
        select(Judgement).where(Judgement.ticket_id == ticket_id).order_by(Judgement.id.desc()).limit(1)
    ).first()
    if row is None:
        return JudgedMore()
    photos = session.scalars(
        select(JudgementPhoto.sha256).where(JudgementPhoto.judgement_id == row.id).order_by(JudgementPhoto.id)
    )
    return JudgedMore(row.fault, row.cost, row.decided_by_words, tuple(photos))


def _photos(session: Session, ticket_id: int) -> tuple[tuple[str, str], ...]:
    found = session.execute(select(Photo.sha256, Photo.caption).where(Photo.ticket_id == ticket_id).order_by(Photo.id))
    return tuple((sha256, caption) for sha256, caption in found)
