"""The people around a member: households and work units with their sums, relatives with their birthdays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.context import Context
from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.money import Money
from crmdesk.core.phone import PhoneError, mask, normalise
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_name
from crmdesk.models.household import Household, HouseholdPerson, Relative
from crmdesk.models.member import Member, MemberPhone, MemberValue
from crmdesk.models.purchase import Purchase
from crmdesk.models.store import Store
from crmdesk.queries import birthdays
from crmdesk.queries.member_key import member_key
from crmdesk.queries.member_privacy import sees_people

YEAR = timedelta(days=365)
MOST_SHOWN = 50
_GONE = (MemberState.MERGED, MemberState.ERASED)
_FAR = date.max


@dataclass(frozen=True, slots=True)
class PersonAround:
    """Another member of a household; the phone is masked, ``last_visit`` the day of the last purchase."""

    member_id: int
    number: str
    name: str
    tier: CardTier
    role: HouseholdRole
    note: str
    last_visit: date | None
    next_birthday: date | None


@dataclass(frozen=True, slots=True)
class HouseholdShown:
    """One household or work unit of a member.

    Attributes:
        role: what the member is in it.
        people: the others, at most fifty; ``count`` is everybody with the member.
        spend: net of all its people in the last 365 days, None for a person who may not see money.
        purchases: their receipts in that time.
        phone: the number that they share, masked.
    """

    id: int
    version: int
    kind: HouseholdKind
    name: str
    industry: str
    address: str
    note: str
    phone: str
    role: HouseholdRole
    people: tuple[PersonAround, ...]
    count: int
    spend: Money | None
    purchases: int


@dataclass(frozen=True, slots=True)
class RelativeShown:
    """Somebody close to a member; ``person_id`` where it is a member too."""

    id: int
    name: str
    role: HouseholdRole
    birthday: Birthday | None
    next_birthday: date | None
    note: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class SharesPhone:
    """Another member with the same phone who is in no household with this one yet."""

    member_id: int
    number: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everybody around a member; ``sharing_more`` is how many more share the phone than are shown."""

    member_id: int
    households: tuple[HouseholdShown, ...]
    relatives: tuple[RelativeShown, ...]
    sharing: tuple[SharesPhone, ...]
    sharing_more: int


@dataclass(frozen=True, slots=True)
class RelativeBirthday:
    """A relative's birthday, and which member is congratulated on it."""

    relative_id: int
    member_id: int
    member_name: str
    member_number: str
    name: str
    role: HouseholdRole
    birthday: Birthday
    day: date


def people_around(session: Session, member_id: int, context: Context) -> Around:
    """Give everybody around a member; empty for a person who has no business with customers."""
    if not sees_people(context):
        return Around(member_id, (), (), (), 0)
    households = _households(session, member_id, context)
    known = {person.member_id for one in households for person in one.people}
    sharing = _sharing(session, member_id)
    others = [one for one in sharing if one.member_id not in known]
    shown = tuple(others[:MOST_SHOWN])
    return Around(member_id, households, _relatives(session, member_id, context), shown, len(others) - len(shown))


def relative_birthdays(session: Session, context: Context, days: int = 1) -> tuple[RelativeBirthday, ...]:
    """Give the birthdays of relatives kept from today on for ``days`` days, the next first."""
    if not sees_people(context):
        return ()
    today = context.today()
    span = [today + timedelta(days=ahead) for ahead in range(days)]
    rows = session.execute(
        select(Relative, Member.name, Member.number)
        .join(Member, Member.id == Relative.member_id)
        .where(
            birthdays.relative_on_days(span),
            Member.state.not_in(_GONE),
            Member.store_id == context.store.id,
        )
        .order_by(Relative.id)
    )
    found = [one for relative, name, number in rows if (one := _birthday(relative, name, number, today)) is not None]
    return tuple(sorted(found, key=lambda one: (one.day, one.relative_id)))


def _birthday(relative: Relative, member_name: str, number: str, today: date) -> RelativeBirthday | None:
    born = _born(relative)
    day = birthdays.next_day(born, today)
    if born is None or day is None:
        return None
    return RelativeBirthday(
        relative.id, relative.member_id, member_name, number, relative.name, relative.role, born, day
    )


def _households(session: Session, member_id: int, context: Context) -> tuple[HouseholdShown, ...]:
    rows = session.execute(
        select(Household, HouseholdPerson.role)
        .join(HouseholdPerson, HouseholdPerson.household_id == Household.id)
        .where(HouseholdPerson.member_id == member_id)
        .order_by(Household.kind, Household.id)
    ).all()
    return tuple(_household(session, household, role, member_id, context) for household, role in rows)


def _household(
    session: Session, household: Household, role: HouseholdRole, member_id: int, context: Context
) -> HouseholdShown:
    people = select(HouseholdPerson.member_id).where(HouseholdPerson.household_id == household.id)
    since = Purchase.day > context.today() - YEAR
    bought = select(func.count(), func.sum(Purchase.net)).where(Purchase.member_id.in_(people), since)
    receipts, spend = session.execute(bought).one()
    there = select(func.count()).select_from(HouseholdPerson).where(HouseholdPerson.household_id == household.id)
    return HouseholdShown(
        household.id,
        household.version,
        household.kind,
        household.name,
        household.industry,
        household.address,
        household.note,
        mask(household.phone) if household.phone else "",
        role,
        _people(session, household.id, member_id, context),
        session.scalar(there) or 0,
        (spend or Money(0)) if context.may(Right.SEE_MONEY) else None,
        receipts,
    )


def _people(session: Session, household_id: int, member_id: int, context: Context) -> tuple[PersonAround, ...]:
    rows = session.execute(
        select(Member, HouseholdPerson.role, HouseholdPerson.note, MemberValue.last_day)
        .join(HouseholdPerson, HouseholdPerson.member_id == Member.id)
        .outerjoin(MemberValue, MemberValue.member_id == Member.id)
        .where(HouseholdPerson.household_id == household_id, Member.id != member_id, Member.state.not_in(_GONE))
        .order_by(HouseholdPerson.id)
        .limit(MOST_SHOWN)
    )
    return tuple(
        PersonAround(
            one.id, one.number, one.name, one.tier, role, note, last, birthdays.next_day(_born(one), context.today())
        )
        for one, role, note, last in rows
    )


def _relatives(session: Session, member_id: int, context: Context) -> tuple[RelativeShown, ...]:
    today = context.today()
    found = []
    for row in session.scalars(select(Relative).where(Relative.member_id == member_id).order_by(Relative.id)):
        born = _born(row)
        kept = birthdays.next_day(born, today)
        found.append(RelativeShown(row.id, row.name, row.role, born, kept, row.note, row.person_id))
    return tuple(sorted(found, key=lambda one: (one.next_birthday or _FAR, one.id)))


def _sharing(session: Session, member_id: int) -> Sequence[SharesPhone]:
    own = select(MemberPhone.digits).where(MemberPhone.member_id == member_id)
    rows = session.execute(
        select(Member.id, Member.number, Member.name, func.min(MemberPhone.digits).label("digits"))
        .join(MemberPhone, MemberPhone.member_id == Member.id)
        .where(MemberPhone.digits.in_(own), Member.id != member_id, Member.state.not_in(_GONE))
        .group_by(Member.id, Member.number, Member.name)
        .order_by(Member.id)
    )
    return [SharesPhone(row.id, row.number, row.name, mask(row.digits)) for row in rows]


def _born(row: Member | Relative) -> Birthday | None:
    return birthdays.birthday_of(row.birthday_calendar, row.birthday_year, row.birthday_month, row.birthday_day)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may be meant by what was typed."""

    member_id: int
    number: str
    name: str


def candidates(session: Session, text: str, context: Context) -> tuple[Candidate, ...]:
    """Give the members whom a phone, a member number, a card or a whole name means; at most fifty."""
    if not text.strip() or not sees_people(context):
        return ()
    keys = {key} if (key := member_key(session, text)) is not None else set()
    try:
        digits = normalise(text).digits
    except PhoneError:
        digits = ""
    if digits:
        of_phone = select(MemberPhone.member_id).where(MemberPhone.digits == digits).limit(MOST_SHOWN)
        keys |= set(session.scalars(of_phone))
    every_store = select(Store.id).scalar_subquery()
    of_name = select(Member.id).where(Member.store_id.in_(every_store), Member.name == clean_name(text))
    keys |= set(session.scalars(of_name.limit(MOST_SHOWN)))
    wanted = select(Member.id, Member.number, Member.name).where(Member.id.in_(keys), Member.state.not_in(_GONE))
    return tuple(Candidate(*one) for one in session.execute(wanted.order_by(Member.id).limit(MOST_SHOWN)))
