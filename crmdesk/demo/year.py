"""One year of the demonstration store, ending on the morning of the day that is shown."""

from datetime import UTC, datetime, timedelta

from crmdesk.core.care import CallOutcome
from crmdesk.core.clock import start_of_day
from crmdesk.core.members import CardTier, Gender
from crmdesk.db.engine import Database
from crmdesk.demo.cases import Cases
from crmdesk.demo.people import Bought, People, Person
from crmdesk.demo.repairs import Repairs
from crmdesk.demo.shop import DemoShop, begin
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.words import OTHER_NOTES, SATISFIED_NOTES
from crmdesk.queries.callback_rows import due_keys
from crmdesk.services import callbacks
from crmdesk.services.callbacks import LogCall

DAYS = 365
_HOUR = 9
_CALLS_A_DAY = 15
_BUSY_FORTNIGHT = 16
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
_REPAIR_SHARE, _COMPLAINT_SHARE, _RETURN_SHARE = 0.18, 0.035, 0.04
_OUTCOMES = (CallOutcome.SATISFIED,) * 5 + (
    CallOutcome.NEUTRAL,
    CallOutcome.NO_ANSWER,
    CallOutcome.NO_ANSWER,
    CallOutcome.BUSY,
)


class Year:
    """Puts a year's visits down, lets them happen, and stops in the middle of the last morning."""

    def __init__(self, shop: DemoShop, end: datetime) -> None:
        """Take a store that has just begun."""
        self.shop = shop
        self.timetable = Timetable(shop.clock, end, shop.store.zone)
        self.people = People(shop)
        self.repairs = Repairs(shop, self.timetable)
        self.cases = Cases(shop, self.timetable)
        self.cast: dict[str, Person] = {}
        self._sold: list[Bought] = []
        self._end = end

    def run(self, members: int) -> None:
        """Live through the year with about so many members."""
        for index in range(members):
            self._expect(index, members)
        for name, phone, tier, gender in CAST:
            self._expect_cast(name, phone, tier, gender)
        for day in range(3, DAYS + 1):
            self.timetable.at(self.shop.clock.now() + timedelta(days=day, hours=7), self._calls)
        for _ in range(_BUSY_FORTNIGHT):
            self.timetable.at(self._end - timedelta(days=self.shop.rng.uniform(0.3, 14)), self._bring_any)
        self.timetable.run()
        self.shop.commit()

    def _expect(self, index: int, members: int) -> None:
        rng = self.shop.rng
        # Half the files are there when the year begins, the other half come through the year.
        joined = 1.0 if index < members // 2 else rng.uniform(1, DAYS - 2)
        self.timetable.later(joined + rng.random() / 3, lambda: self._visit_for_a_year(self.people.join(), joined))

    def _expect_cast(self, name: str, phone: str, tier: CardTier, gender: Gender) -> None:
        def join() -> None:
            self.cast[name] = self.people.join(name, phone, tier, gender)
            self._visit_for_a_year(self.cast[name], 2.0)

        self.timetable.later(2.0, join)

    def _visit_for_a_year(self, person: Person, joined: float) -> None:
        rng = self.shop.rng
        visits = 1 + int(rng.expovariate(1 / {CardTier.DIAMOND: 7, CardTier.GOLD: 5}.get(person.tier, 1.6)))
        for _ in range(min(visits, 14)):
            self.timetable.later(rng.uniform(0, DAYS - joined), lambda: self._visit(person))

    def _visit(self, person: Person) -> None:
        bought = self.people.buy(person)
        self._sold.append(bought)
        dice = self.shop.rng.random()
        if dice < _REPAIR_SHARE:
            self.timetable.later(self.shop.rng.uniform(5, 60), lambda: self._bring(bought))
        elif dice < _REPAIR_SHARE + _COMPLAINT_SHARE:
            self.timetable.later(self.shop.rng.uniform(1, 15), lambda: self._complain(bought))
        elif dice < _REPAIR_SHARE + _COMPLAINT_SHARE + _RETURN_SHARE:
            self.timetable.later(self.shop.rng.uniform(1, 6), lambda: self._give_back(bought))

    def _bring(self, bought: Bought) -> None:
        self.repairs.follow(self.repairs.take_in(bought))

    def _bring_any(self) -> None:
        """Let one of the last buyers come with a repair, so that the desk is busy on the day that is shown."""
        self._bring(self.shop.rng.choice(self._sold[-80:]))

    def _complain(self, bought: Bought) -> None:
        self.cases.follow_complaint(self.cases.complain(bought))

    def _give_back(self, bought: Bought) -> None:
        self.cases.follow_return(self.cases.give_back(bought))

    def _calls(self) -> None:
        """Let a guide make most of the day's calls; the last days are left for whoever tries the program."""
        shop = self.shop
        if self._end - shop.clock.now() < timedelta(days=1):
            return
        guide = shop.rng.choice((shop.clerk, shop.guide(), shop.manager))
        for callback_id, version in due_keys(shop.session, guide)[:_CALLS_A_DAY]:
            outcome = shop.rng.choice(_OUTCOMES)
            notes = SATISFIED_NOTES if outcome is CallOutcome.SATISFIED else OTHER_NOTES
            shop.run(callbacks.log_call, LogCall(callback_id, version, outcome, shop.rng.choice(notes)), guide)


def build(database: Database, today: datetime, members: int, seed: int) -> Year:
    """Make the store in ``database`` (migrated, empty) and live through a year, up to nine on ``today``'s morning."""
    morning = start_of_day(today.date(), "Asia/Shanghai") + timedelta(hours=_HOUR)
    shop = begin(database, morning, seed)
    year = Year(shop, morning.astimezone(UTC))
    year.run(members)
    return year
