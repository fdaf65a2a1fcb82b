"""A few dozen members with something of everything, and what a condition says of each, worked out without SQL."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass, Channel, ConsentPurpose
from crmdesk.core.member_words import FieldKind, LifeCycle
from crmdesk.core.members import (
    BirthdayCalendar,
    CardTier,
    Gender,
    LedgerKind,
    LedgerReason,
    PhoneState,
    TouchpointState,
)
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.models.calendar import lunar_of, next_solar_day
from crmdesk.models.callback import Consent
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.models.member import Member, MemberPhone, MemberTag, MemberValue, Touchpoint
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import MemberScore
from tests.builders.shop import STORE_ID, Shop, staff_id

TODAY = date(2026, 11, 21)
WORDS = ("教师", "doctor", "Doc%tor", "a_b", "")
FIELD_WORDS, FIELD_NUMBER, FIELD_DAY = 31, 32, 33
WAYS = (Channel.WECHAT, Channel.SMS)


@dataclass
class Somebody:
    """What is known of one member, plainly."""

    id: int
    name: str
    occupation: str
    gender: Gender | None
    tier: CardTier
    care_class: CareClass
    joined_on: date
    do_not_contact: bool
    birthday: Birthday | None
    guide: int | None
    last_contact: datetime | None
    tags: set[str] = field(default_factory=set)
    phone: bool = False
    channels: set[Channel] = field(default_factory=set)
    consents: dict[ConsentPurpose, bool] = field(default_factory=dict)
    bought: list[tuple[date, int]] = field(default_factory=list)  # day, fen
    points: int | None = None
    expires: date | None = None
    score: int | None = None
    cycle: LifeCycle | None = None
    own: dict[int, Any] = field(default_factory=dict)


def fill(shop: Shop, seed: int, count: int = 40) -> list[Somebody]:
    """Put random members into the store and give what is known of them."""
    chance = random.Random(seed)
    people = [_somebody(chance, 1000 + number) for number in range(count)]
    with shop.database.transaction() as session:
        for key, kind in ((FIELD_WORDS, FieldKind.TEXT), (FIELD_NUMBER, FieldKind.NUMBER), (FIELD_DAY, FieldKind.DATE)):
            session.add(OwnField(id=key, store_id=STORE_ID, name=f"f{key}", kind=kind))
        session.flush()
        for one in people:
            session.add(_member(one))
        session.flush()
        for one in people:
            session.add_all(_rows(one))
    return people


def _somebody(chance: random.Random, key: int) -> Somebody:
    def maybe(value: Any) -> Any:  # noqa: ANN401 - or nothing
        return value if chance.random() < 0.7 else None

    ago = chance.randrange
    one = Somebody(
        key,
        chance.choice(["周建国", "Anna", "欧阳锦程", "𠮷田", "100%"]),
        chance.choice(WORDS),
        maybe(chance.choice(list(Gender))),
        chance.choice(list(CardTier)),
        chance.choice(list(CareClass)),
        TODAY - timedelta(days=ago(60)),
        chance.random() < 0.3,
        maybe(_birthday(chance)),
        maybe(staff_id(Role.GUIDE)),
        maybe(datetime.fromisoformat("2026-11-21T15:30:00+00:00") - timedelta(hours=ago(400))),
    )
    one.tags = set(chance.sample(["vip", "老客户", "a%"], ago(3)))
    one.phone = chance.random() < 0.6
    one.channels = set(chance.sample([Channel.WECHAT, Channel.SMS], ago(3)))
    one.consents = {purpose: chance.random() < 0.5 for purpose in chance.sample(list(ConsentPurpose), ago(4))}
    one.bought = [(TODAY - timedelta(days=ago(50)), ago(-500, 9_000)) for _ in range(ago(4))]
    one.points, one.expires = (maybe(ago(300)), maybe(TODAY + timedelta(days=ago(30))))
    one.score = maybe(1 + ago(5))
    one.cycle = chance.choice(list(LifeCycle)[1:]) if one.score else None
    one.own = {
        FIELD_WORDS: maybe(chance.choice(WORDS[:-1])),
        FIELD_NUMBER: maybe(ago(10) * 10_000),
        FIELD_DAY: maybe(TODAY - timedelta(days=ago(30))),
    }
    return one


def _birthday(chance: random.Random) -> Birthday:
    calendar = chance.choice(list(BirthdayCalendar))
    year = chance.choice([None, 1960, 1990, 2000, 2006, 2016])
    return Birthday(calendar, year, chance.choice([1, 2, 10, 11, 12]), chance.randrange(1, 29))


def _member(one: Somebody) -> Member:
    born = one.birthday
    return Member(
        id=one.id,
        store_id=STORE_ID,
        number=f"M{one.id}",
        name=one.name,
        occupation=one.occupation,
        gender=one.gender,
        tier=one.tier,
        care_class=one.care_class,
        joined_on=one.joined_on,
        do_not_contact=one.do_not_contact,
        guide_id=one.guide,
        last_contact_at=one.last_contact,
        birthday_calendar=born.calendar if born else None,
        birthday_year=born.year if born else None,
        birthday_month=born.month if born else None,
        birthday_day=born.day if born else None,
    )


def _rows(one: Somebody) -> list[object]:
    made: list[object] = [MemberTag(store_id=STORE_ID, member_id=one.id, tag=tag) for tag in one.tags]
    hers = {"store_id": STORE_ID, "member_id": one.id}
    state = PhoneState.ACTIVE if one.phone else PhoneState.INVALID
    made.append(MemberPhone(**hers, digits=f"138{one.id:08d}", tail="0000", state=state))
    states = {True: TouchpointState.ACTIVE, False: TouchpointState.BLOCKED}
    made += [
        Touchpoint(**hers, channel=way, state=states[way in one.channels]) for way in (Channel.WECHAT, Channel.SMS)
    ]
    at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    for place, (purpose, given) in enumerate(one.consents.items()):
        said = {**hers, "purpose": purpose, "at": at, "staff_id": 201}
        made.append(Consent(id=one.id * 100 + place * 2, given=not given, **said))
        made.append(Consent(id=one.id * 100 + place * 2 + 1, given=given, **said))
    made += _bought(one, hers)
    if one.points is not None:
        entry = {**hers, "kind": LedgerKind.POINTS, "amount": one.points}
        made.append(LedgerEntry(**entry, reason=LedgerReason.OPENING, at=at, staff_id=201))
        made.append(LedgerBalance(**entry, next_expiry=one.expires))
    if one.score is not None:
        same = dict.fromkeys(("recency", "frequency", "monetary"), one.score)
        made.append(MemberScore(**hers, **same, cycle=one.cycle))
    return made + _own(one, hers)


def _bought(one: Somebody, hers: dict[str, Any]) -> list[object]:
    if not one.bought:
        return []
    made: list[object] = [
        Purchase(**hers, number=f"P{one.id}-{place}", day=day, pieces=1, net=Money(fen))
        for place, (day, fen) in enumerate(one.bought)
    ]
    days = [day for day, _fen in one.bought]
    net = Money(sum(fen for _day, fen in one.bought))
    figures = {"purchases": len(days), "pieces": len(days), "days": len(set(days)), "net": net}
    return [*made, MemberValue(**hers, **figures, first_day=min(days), last_day=max(days))]


def _own(one: Somebody, hers: dict[str, Any]) -> list[object]:
    made: list[object] = []
    for key, value in one.own.items():
        if value is not None:
            more = {FIELD_NUMBER: {"number": value}, FIELD_DAY: {"day": value}}.get(key, {})
            made.append(OwnValue(**hers, field_id=key, words=str(value), **more))
    return made


# -- what a condition says, without SQL ---------------------------------------------------------------


def meets(one: Somebody, part: Condition | Group) -> bool:
    """Tell whether a member meets a condition or group."""
    if isinstance(part, Group):
        answers = [meets(one, inner) for inner in part.parts]
        found = (any(answers) if part.any_of else all(answers)) if answers else True
        return found is not part.negated
    return _compare(_value(one, part), part)


def _value(one: Somebody, asked: Condition) -> Any:  # noqa: ANN401 - a set of values, or one
    about = asked.about
    days = [day for day, _fen in one.bought]
    since = TODAY - timedelta(days=(asked.days or 1) - 1)
    net_in = [fen for day, fen in one.bought if day >= since]
    return {
        About.NAME: one.name,
        About.OCCUPATION: one.occupation,
        About.GENDER: one.gender,
        About.TIER: one.tier,
        About.CARE_CLASS: one.care_class,
        About.JOINED: one.joined_on,
        About.DO_NOT_CONTACT: one.do_not_contact,
        About.GUIDE: str(one.guide) if one.guide else None,
        About.TAG: one.tags,
        About.HAS_PHONE: one.phone,
        About.TOUCHPOINT: one.channels,
        About.CONSENT: {purpose for purpose, given in one.consents.items() if given},
        About.LAST_PURCHASE: max(days, default=None),
        About.FIRST_PURCHASE: min(days, default=None),
        About.PURCHASES: len(days),
        About.NET: sum(fen for _day, fen in one.bought),
        About.PURCHASES_IN: len(net_in),
        About.NET_IN: sum(net_in),
        About.POINTS: one.points or 0,
        About.POINTS_EXPIRE: one.expires if one.points is not None else None,
        About.RECENCY: one.score,
        About.LIFE_CYCLE: one.cycle or LifeCycle.NO_PURCHASE,
        About.LAST_CONTACT: (one.last_contact + timedelta(hours=8)).date() if one.last_contact else None,
        About.AGE: _age(one.birthday),
        About.BIRTHDAY: next_solar_day(one.birthday, TODAY) if one.birthday else None,
        About.BIRTHDAY_MONTH: str(one.birthday.month) if one.birthday else None,
        About.OWN: one.own.get(asked.own or 0),
    }[about]


def _age(born: Birthday | None) -> int | None:
    if born is None or born.year is None:
        return None
    lunar = lunar_of(TODAY)
    solar = born.calendar is BirthdayCalendar.SOLAR
    year, month, day = (TODAY.year, TODAY.month, TODAY.day) if solar else (lunar.year, lunar.month, lunar.day)
    return year - born.year - ((month, day) < (born.month, born.day))


def _compare(value: Any, asked: Condition) -> bool:  # noqa: ANN401, C901, PLR0911 - every comparison once
    how, given = asked.how, asked.values
    several = value if isinstance(value, set) else {value} - {None}
    if how in {Is.ONE_OF, Is.NOT_ONE_OF}:
        return bool(several & set(given)) is (how is Is.ONE_OF)
    if how in {Is.YES, Is.NO}:
        return bool(value) is (how is Is.YES)
    if how in {Is.EMPTY, Is.FILLED}:
        return bool(several - {""}) is (how is Is.FILLED)
    if how is Is.CONTAINS:
        return any(str(given[0]).lower() in one.lower() for one in several)
    if how is Is.STARTS:
        return any(one.lower().startswith(str(given[0]).lower()) for one in several)
    if how is Is.NOT_LAST_DAYS:
        return value is None or value < TODAY - timedelta(days=int(given[0]) - 1)
    if value is None:
        return False
    if how is Is.LAST_DAYS:
        return bool(TODAY - timedelta(days=int(given[0]) - 1) <= value <= TODAY)
    if how is Is.NEXT_DAYS:
        return bool(TODAY <= value <= TODAY + timedelta(days=int(given[0]) - 1))
    edges = [date.fromisoformat(one) if isinstance(one, str) else one for one in given]
    if how is Is.BETWEEN:
        return bool(edges[0] <= value <= edges[1])
    if how in {Is.SINCE, Is.AT_LEAST}:
        return bool(value >= edges[0])
    return bool(value < edges[0]) if how is Is.BEFORE else bool(value <= edges[0])
