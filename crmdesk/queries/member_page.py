"""What a member's page shows: the person, balances, value, what is open, and whose phone it is too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallbackReason, CallbackState, CareClass, Channel, ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.loaners import LoanState
from crmdesk.core.member_words import PhoneUse
from crmdesk.core.members import (
    CardTier,
    Gender,
    LedgerKind,
    MemberKind,
    MemberState,
    PhoneState,
    TouchpointState,
)
from crmdesk.core.money import Money
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import INTERACTIONS_WANTED, TOUCHPOINTS_WANTED
from crmdesk.core.tickets import FINISHED, TicketKind, TicketState
from crmdesk.core.veil import veiled
from crmdesk.models.callback import Callback, Consent, Contact
from crmdesk.models.ledger import LedgerBalance
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone, MemberValue
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries import birthdays, cards
from crmdesk.queries.cards import CardRow
from crmdesk.queries.member_privacy import mask_address, mask_email, sees_contact, sees_people
from crmdesk.queries.member_record import AddressShown, addresses
from crmdesk.queries.member_value import ValueShown, member_value
from crmdesk.queries.merged import MergeShown, kept_key, merges_of
from crmdesk.queries.own_fields import OwnShown, own_values
from crmdesk.queries.settings import store_settings

_MOST_RELATED = 6
_GONE = (MemberState.MERGED, MemberState.ERASED)


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """One phone, masked; ``valid_until`` where it ends or has ended."""

    id: int
    masked: str
    state: PhoneState
    note: str
    use: PhoneUse
    extension: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another member with the same phone: a household, most likely."""

    id: int
    number: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that still needs somebody."""

    id: int
    number: str
    kind: TicketKind
    state: TicketState
    subject: str
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class LoanOutShown:
    """A loaner that is out with the member."""

    id: int
    code: str
    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CallDue:
    """A callback that is due."""

    id: int
    reason: CallbackReason
    subject: str
    due_until: datetime


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """The word in force on one purpose, or on one way of contact for it."""

    purpose: ConsentPurpose
    given: bool
    at: datetime
    how: str
    channel: Channel | None = None
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a member is worth to the store; amounts None for a person who may not see money."""

    points: int
    stored: Money | None
    bonus: Money | None
    purchases: int
    days: int
    pieces: int
    net: Money | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ThreeThree:
    """Progress of the 33 rule: touchpoints that work and effective interactions, of how many wanted."""

    touchpoints: int
    touchpoints_wanted: int
    interactions: int
    interactions_wanted: int


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member's page; phones, e-mail and address are masked.

    Attributes:
        may_look: whether the person may ask for them in full.
        may_look_private: whether the person may ask for the private profile.
    """

    id: int
    version: int
    number: str
    name: str
    kind: MemberKind
    state: MemberState
    gender: Gender | None
    birthday: Birthday | None
    next_birthday: date | None
    email: str
    address: str
    occupation: str
    industry: str
    garment_size: str
    shoe_size: str
    preferences: str
    hobbies: str
    consumption: str
    gift_preference: str
    source: str
    notes: str
    home_store: str
    guide: str
    care_class: CareClass
    tier: CardTier
    do_not_contact: bool
    joined_on: date
    last_contact_at: datetime | None
    tags: tuple[str, ...]
    phones: tuple[PhoneShown, ...]
    addresses: tuple[AddressShown, ...]
    own: tuple[OwnShown, ...]
    touchpoints: Mapping[Channel, TouchpointState]
    reached_since: Mapping[Channel, date | None]
    worth: Worth
    value: ValueShown
    three: ThreeThree
    consents: tuple[ConsentShown, ...]
    cards: tuple[CardRow, ...]
    tickets: tuple[OpenTicket, ...]
    loans: tuple[LoanOutShown, ...]
    calls: tuple[CallDue, ...]
    related: tuple[Related, ...]
    may_look: bool
    may_look_private: bool
    merges: tuple[MergeShown, ...] = ()


_PLAIN = (
    "id",
    "version",
    "number",
    "name",
    "kind",
    "state",
    "gender",
    "occupation",
    "industry",
    "garment_size",
    "shoe_size",
    "preferences",
    "hobbies",
    "consumption",
    "gift_preference",
    "source",
    "notes",
    "care_class",
    "tier",
    "do_not_contact",
    "joined_on",
    "last_contact_at",
)


def member_page(session: Session, member_id: int, context: Context) -> MemberPage:
    """Give everything that a member's page shows at once; the time line is `member_history`.

    Raises:
        NotFoundError: no such member, erased, or the person has no business with customers.
    """
    member = session.get(Member, kept_key(session, member_id))
    if member is None or member.state in _GONE or not sees_people(context):
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    birthday = birthdays.birthday_of(
        member.birthday_calendar, member.birthday_year, member.birthday_month, member.birthday_day
    )
    page = MemberPage(
        **{name: getattr(member, name) for name in _PLAIN},
        birthday=birthday,
        next_birthday=birthdays.next_day(birthday, context.today()),
        email=mask_email(member.email),
        address=mask_address(member.address),
        home_store=session.scalar(select(Store.name).where(Store.id == member.store_id)) or "",
        guide=session.scalar(select(Staff.name).where(Staff.id == member.guide_id)) or "" if member.guide_id else "",
        tags=tuple(tag.tag for tag in member.tags),
        phones=tuple(
            PhoneShown(one.id, mask(one.digits), one.state, one.note, one.use, one.extension, one.valid_until)
            for one in member.phones
        ),
        addresses=addresses(session, member.id, seen=False),
        own=own_values(session, member.id, private=False),
        touchpoints={point.channel: point.state for point in member.touchpoints},
        reached_since={point.channel: point.since for point in member.touchpoints},
        worth=_worth(session, member.id, context),
        value=member_value(session, member.id, context),
        three=_three(session, member, context),
        consents=_consents(session, member.id),
        cards=cards.of_member(session, member.id),
        tickets=_tickets(session, member.id),
        loans=_loans(session, member.id),
        calls=_calls(session, member.id, context),
        related=_related(session, member),
        may_look=sees_contact(session, member.id, member.guide_id, context),
        may_look_private=context.may(Right.SEE_PRIVATE),
        merges=merges_of(session, member.id, context),
    )
    return page if page.may_look else veiled(page)


def _worth(session: Session, member_id: int, context: Context) -> Worth:
    balances: dict[LedgerKind, int] = {
        row.kind: row.amount
        for row in session.execute(
            select(LedgerBalance.kind, LedgerBalance.amount).where(LedgerBalance.member_id == member_id)
        )
    }
    value = session.get(MemberValue, member_id)
    money = context.may(Right.SEE_MONEY)
    return Worth(
        points=balances.get(LedgerKind.POINTS, 0),
        stored=Money(balances.get(LedgerKind.PRINCIPAL, 0)) if money else None,
        bonus=Money(balances.get(LedgerKind.BONUS, 0)) if money else None,
        purchases=value.purchases if value else 0,
        days=value.days if value else 0,
        pieces=value.pieces if value else 0,
        net=(value.net if value else Money(0)) if money else None,
        first_day=value.first_day if value else None,
        last_day=value.last_day if value else None,
    )


def _three(session: Session, member: Member, context: Context) -> ThreeThree:
    values = store_settings(session, context.store.id)
    # The phone is a touchpoint too while it can be used.
    reachable = {point.channel for point in member.touchpoints if point.state is TouchpointState.ACTIVE}
    if any(phone.state is PhoneState.ACTIVE for phone in member.phones):
        reachable.add(Channel.PHONE)
    effective = select(func.count()).where(Contact.member_id == member.id, Contact.effective.is_(True))
    talks = session.scalar(effective) or 0
    days = session.scalar(select(MemberValue.days).where(MemberValue.member_id == member.id)) or 0
    return ThreeThree(len(reachable), values.get(TOUCHPOINTS_WANTED), talks + days, values.get(INTERACTIONS_WANTED))


def _consents(session: Session, member_id: int) -> tuple[ConsentShown, ...]:
    rows = session.execute(
        select(Consent.purpose, Consent.given, Consent.at, Consent.how, Consent.channel, Consent.wording)
        .where(Consent.member_id == member_id)
        .order_by(Consent.id)
    )
    latest: dict[ConsentPurpose, dict[Channel | None, ConsentShown]] = {}
    for row in rows:
        said = latest.setdefault(row.purpose, {})
        if row.channel is None:
            said.clear()  # a word on every way takes the place of those on single ways
        said[row.channel] = ConsentShown(*row)
    return tuple(one for purpose in ConsentPurpose for one in latest.get(purpose, {}).values())


def _tickets(session: Session, member_id: int) -> tuple[OpenTicket, ...]:
    rows = session.execute(
        select(Ticket.id, Ticket.number, Ticket.kind, Ticket.state, Ticket.subject, Ticket.promised_on)
        .where(Ticket.member_id == member_id, Ticket.state.not_in(list(FINISHED)))
        .order_by(Ticket.id.desc())
    )
    return tuple(OpenTicket(**row) for row in rows.mappings())


def _loans(session: Session, member_id: int) -> tuple[LoanOutShown, ...]:
    rows = session.execute(
        select(Loan.id, Loaner.code, Loaner.name, Loan.due_on)
        .join(Loaner, Loaner.id == Loan.loaner_id)
        .where(Loan.member_id == member_id, Loan.state == LoanState.OUT)
        .order_by(Loan.due_on)
    )
    return tuple(LoanOutShown(**row) for row in rows.mappings())


def _calls(session: Session, member_id: int, context: Context) -> tuple[CallDue, ...]:
    rows = session.execute(
        select(Callback.id, Callback.reason, Callback.subject, Callback.due_until)
        .where(
            Callback.member_id == member_id,
            Callback.state == CallbackState.DUE,
            Callback.due_from <= context.now(),
        )
        .order_by(Callback.due_until)
    )
    return tuple(CallDue(**row) for row in rows.mappings())


def _related(session: Session, member: Member) -> tuple[Related, ...]:
    digits = [phone.digits for phone in member.phones]
    if not digits:
        return ()
    rows = session.execute(
        select(Member.id, Member.number, Member.name, MemberPhone.digits)
        .join(MemberPhone, MemberPhone.member_id == Member.id)
        .where(MemberPhone.digits.in_(digits), Member.id != member.id, Member.state.not_in(_GONE))
        .order_by(Member.id)
        .limit(_MOST_RELATED)
    )
    return tuple(Related(row.id, row.number, row.name, mask(row.digits)) for row in rows)
