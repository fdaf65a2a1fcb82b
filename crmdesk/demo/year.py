"""Two years of the demonstration store: one with sales only, one with everything, up to a morning."""

from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, text

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallOutcome
from crmdesk.core.clock import local_time, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender
from crmdesk.db.engine import Database
from crmdesk.db.types import UtcDateTime
from crmdesk.demo import weeks_away, weeks_cases, weeks_people
from crmdesk.demo.cases import Cases
from crmdesk.demo.people import Bought, People, Person
from crmdesk.demo.repairs import Repairs
from crmdesk.demo.shop import DemoShop, begin
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.weeks import Weeks
from crmdesk.demo.words import CALL_NOTES
from crmdesk.queries.callback_rows import due_keys
from crmdesk.services import callbacks, day_begin
from crmdesk.services.callbacks import LogCall

DAYS = 365
YEAR_BEFORE = 371
ZONE = "Asia/Shanghai"
_HOUR = 9
_CALLS_A_DAY = 12
_BUSY_FORTNIGHT = 16
_OLD_SHARE = 0.7
_BORN_TODAY_EACH = 80
# Who comes to the counter on the day brings nothing in the weeks before it, so that no loan is out.
_OF_THE_DAY = frozenset({"周建国", "林婉清", "曾小贤"})
_UNDISTURBED = timedelta(days=60)
# Asked before the list itself, which costs more: on most days of a small store nobody is to be called.
_ANY_DUE = text(
    "SELECT EXISTS (SELECT 1 FROM callback WHERE state = 'due' AND due_from <= :now AND owner_id IS :staff)"
).bindparams(bindparam("now", type_=UtcDateTime()))
# The people of the day that is shown; rare characters and readings are on purpose.
CAST = (
    ("周建国", "13805715678", CardTier.GOLD, Gender.MALE),
    ("林婉清", "13905712201", CardTier.SILVER, Gender.FEMALE),
    ("单雪芹", "13605713302", CardTier.ORDINARY, Gender.FEMALE),
    ("欧阳晓明", "15805714403", CardTier.SILVER, Gender.MALE),
    ("何雨桐", "18605715504", CardTier.ORDINARY, Gender.FEMALE),
    ("曾小贤", "17705716605", CardTier.ORDINARY, Gender.MALE),
    ("查理·买买提", "13305717706", CardTier.DIAMOND, Gender.MALE),
    ("𠮷田美嘉", "18905718807", CardTier.GOLD, Gender.FEMALE),
    ("解缙", "13705719908", CardTier.ORDINARY, Gender.MALE),
    ("仇英", "15105711009", CardTier.SILVER, Gender.FEMALE),
    ("尉迟敏", "13505712110", CardTier.DIAMOND, Gender.FEMALE),
    ("周静", "13805712345", CardTier.GOLD, Gender.FEMALE),
)
_REPAIR_SHARE, _COMPLAINT_SHARE, _RETURN_SHARE, _TILL_SHARE = 0.18, 0.035, 0.03, 0.025
_OUTCOMES = (CallOutcome.SATISFIED,) * 5 + (
    CallOutcome.NEUTRAL,
    CallOutcome.NO_ANSWER,
    CallOutcome.NO_ANSWER,
    CallOutcome.BUSY,
)


class Year:
    """Puts two years' visits down, lets them happen, and stops on the last morning."""

    def __init__(self, shop: DemoShop, end: datetime) -> None:
        """Take a store that has just begun."""
        self.shop = shop
        self.timetable = Timetable(shop.clock, end, shop.store.zone)
        self.people = People(shop)
        self.repairs = Repairs(shop, self.timetable)
        self.cases = Cases(shop, self.timetable)
        self.weeks = Weeks(shop, self.timetable, end, self.repairs, self.people, self.cases)
        self.cast: dict[str, Person] = {}
        self._sold: list[Bought] = []
        self._end = end

    def run(self, members: int) -> None:
        """Live through both years with about so many members."""
        begun = self.shop.clock.now()
        for index in range(members):
            self._expect(index, members)
        for name, phone, tier, gender in CAST:
            self._expect_cast(name, phone, tier, gender)
        for day in range(YEAR_BEFORE + 3, YEAR_BEFORE + DAYS + 1):
            self.timetable.at(begun + timedelta(days=day, minutes=30), self._begin_day)
            self.timetable.at(begun + timedelta(days=day, hours=7), self._calls)
        for _ in range(max(_BUSY_FORTNIGHT * members // 260, 6)):
            self.timetable.at(self._end - timedelta(days=self.shop.rng.uniform(0.3, 14)), self._bring_any)
        self.weeks.plan((*weeks_away.STORIES, *weeks_cases.STORIES, *weeks_people.STORIES))
        self.timetable.run()
        self.shop.commit()

    def _expect(self, index: int, members: int) -> None:
        rng = self.shop.rng
        old = index < members * _OLD_SHARE
        joins = rng.uniform(1, YEAR_BEFORE * 0.6) if old else rng.uniform(YEAR_BEFORE, YEAR_BEFORE + DAYS - 2)
        born = self._born_today() if index % _BORN_TODAY_EACH == 0 else None
        self.timetable.later(joins, lambda: self._expect_visits(self.people.join(birthday=born), joins))

    def _expect_cast(self, name: str, phone: str, tier: CardTier, gender: Gender) -> None:
        def join() -> None:
            self.cast[name] = self.people.join(name, phone, tier, gender)
            self._expect_visits(self.cast[name], 2.0)

        self.timetable.later(2.0, join)

    def _born_today(self) -> Birthday:
        last = local_time(self._end, self.shop.store.zone)
        day = min(last.day, 28) if last.month == 2 else last.day  # noqa: PLR2004 - February
        return Birthday(BirthdayCalendar.SOLAR, None, last.month, day)

    def _expect_visits(self, person: Person, joined: float) -> None:
        """Put her visits down: one when she joins, others as often as her level buys."""
        rng = self.shop.rng
        a_year = {CardTier.DIAMOND: 6.0, CardTier.GOLD: 3.6, CardTier.SILVER: 2.0}.get(person.tier, 1.1)
        left = YEAR_BEFORE + DAYS - joined
        visits = min(int(rng.expovariate(365 / (a_year * left))), 24)
        self._visit(person)
        for _ in range(visits):
            self.timetable.later(rng.uniform(1, left), lambda: self._visit(person))

    def _visit(self, person: Person) -> None:
        rng = self.shop.rng
        if self._end - self.shop.clock.now() > timedelta(days=DAYS):
            self.people.buy(person, entered_later=True)
            return
        bought = self.people.buy(person)
        self._sold.append(bought)
        follows = (
            (_REPAIR_SHARE, 5, 60, self._bring),
            (_COMPLAINT_SHARE, 1, 15, self._complain),
            (_RETURN_SHARE, 1, 6, self._give_back),
            (_TILL_SHARE, 1, 7, self.people.bring_back),
        )
        dice = rng.random()
        for share, soonest, latest, act in follows:
            if dice < share:
                self.timetable.later(rng.uniform(soonest, latest), partial(act, bought))
                return
            dice -= share

    def _bring(self, bought: Bought) -> None:
        last = self._end - self.shop.clock.now() < _UNDISTURBED
        if last and bought.person.name in _OF_THE_DAY:
            return
        self.repairs.follow(self.repairs.take_in(bought))

    def _bring_any(self) -> None:
        """Let one of the last buyers come with a repair, so that the desk is busy on the day that is shown."""
        self._bring(self.shop.rng.choice(self._sold[-80:]))

    def _complain(self, bought: Bought) -> None:
        self.cases.follow_complaint(self.cases.complain(bought))

    def _give_back(self, bought: Bought) -> None:
        self.cases.follow_return(self.cases.give_back(bought))

    def _begin_day(self) -> None:
        """Let the program put the day's calls on the list, as it does when it is started."""
        self.shop.run(day_begin.begin_day, self.shop.manager)

    def _calls(self) -> None:
        """Let everybody make most of the day's calls; the last day's are left for whoever tries the program."""
        shop = self.shop
        if self._end - shop.clock.now() < timedelta(days=1):
            return
        for name in ("林婉", "吴晓", "陈可", "周敏"):
            who = shop.people[name]
            if shop.session.scalar(_ANY_DUE, {"now": shop.clock.now(), "staff": who.actor.staff_id}):
                self._call(who)
        if shop.session.scalar(_ANY_DUE, {"now": shop.clock.now(), "staff": None}):
            self._call(shop.manager)

    def _call(self, who: Context) -> None:
        shop = self.shop
        for callback_id, version in due_keys(shop.session, who)[:_CALLS_A_DAY]:
            outcome = shop.rng.choice(_OUTCOMES)
            note = shop.rng.choice(CALL_NOTES.get(outcome, ("",)))
            shop.run(callbacks.log_call, LogCall(callback_id, version, outcome, note), who)


def build(database: Database, now: datetime, members: int, seed: int) -> Year:
    """Make the store in ``database`` (migrated, empty) and live up to the last nine in the morning before ``now``."""
    morning = last_morning(now)
    shop = begin(database, morning - timedelta(days=YEAR_BEFORE + DAYS), seed)
    year = Year(shop, morning)
    year.run(members)
    return year


def last_morning(now: datetime) -> datetime:
    """Give the last moment, not after ``now`` (aware), at which the store opened for preparing: nine o'clock."""
    local = local_time(now, ZONE)
    day = local.date() if local.hour >= _HOUR else local.date() - timedelta(days=1)
    return (start_of_day(day, ZONE) + timedelta(hours=_HOUR)).astimezone(UTC)
