"""The demonstration store itself: opened, staffed, with loaners on the shelf, and a clock that can be moved."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Context, StoreRef
from crmdesk.core.i18n import current_language
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Role
from crmdesk.db.engine import Database
from crmdesk.demo.words import LOANERS
from crmdesk.queries.staff import people_to_sign_in
from crmdesk.services import loaners, shelves, signin, staff
from crmdesk.services.loaners import LoanerFacts
from crmdesk.services.shelves import ShelfFacts
from crmdesk.services.signin import BeginStore, SignedIn, SignIn, nobody
from crmdesk.services.staff import AddStaff, StaffFacts
from crmdesk.services.unit import perform

P = ParamSpec("P")
T = TypeVar("T")

PIN = "1357"
COUNTER = "前台"
OWNER = "何老板"
PEOPLE = (("周敏", Role.MANAGER), ("陈可", Role.CLERK), ("林婉", Role.GUIDE), ("吴晓", Role.GUIDE))
# Where goods lie: code, what the clerks call it, how many things have room on each.
SHELVES = (("A1-A9", "箱包架", 6), ("B1-B9", "衣物杆", 12), ("C1-C9", "鞋柜", 8))
_WRITES_TOGETHER = 400


@dataclass
class DemoShop:
    """A store under construction.

    ``run`` carries a service out as the program does, but a few hundred writes share one transaction: a year in
    seconds. Nothing else uses the database meanwhile.
    """

    database: Database
    clock: FixedClock
    rng: Random
    store: StoreRef
    people: dict[str, Context] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)
    _session: Session | None = None
    _writes: int = 0

    @property
    def session(self) -> Session:
        """The session of the writes that are not committed yet; queries ask it too."""
        if self._session is None:
            self._session = self._open.enter_context(self.database.transaction())
        return self._session

    def run(self, service: Callable[Concatenate[Session, P], Outcome[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out ``service(session, request, context)`` and give its value."""
        outcome = service(self.session, *args, **kwargs)
        self._writes += 1
        if self._writes % _WRITES_TOGETHER == 0:
            self.commit()
        return outcome.value

    def commit(self) -> None:
        """Put everything on the disk."""
        self._session = None
        self._open.close()

    @property
    def manager(self) -> Context:
        """The manager at work."""
        return self.people["周敏"]

    @property
    def clerk(self) -> Context:
        """The clerk at work."""
        return self.people["陈可"]

    def guide(self) -> Context:
        """One of the guides."""
        return self.people[self.rng.choice(("林婉", "吴晓"))]


def begin(database: Database, opening: datetime, seed: int) -> DemoShop:
    """Open the store at ``opening`` (aware) with people and loaners; ``database`` is migrated and empty."""
    clock = FixedClock(opening.astimezone(UTC))
    language = current_language()
    request = BeginStore("01", "文三路店", OWNER, PIN, address="杭州市文三路 99 号", phone="0571-88886666")
    first = perform(
        database,
        nobody(clock, StoreRef(0, "", ""), language=language),
        lambda session, context: signin.begin_store(session, request, context),
    ).value
    shop = DemoShop(database, clock, Random(seed), first.store)  # noqa: S311 - believable, not secret
    shop.people[OWNER] = Context(clock, first.actor, first.store, COUNTER, language)
    for name, role in PEOPLE:
        shop.run(staff.add_staff, AddStaff(StaffFacts(name, role), PIN), shop.people[OWNER])
    _sit_down(shop, language)
    for codes, name, room in SHELVES:
        shop.run(shelves.add, ShelfFacts(codes, name, room), shop.manager)
    _buy_loaners(shop)
    return shop


def _sit_down(shop: DemoShop, language: str) -> None:
    nobody_yet = nobody(shop.clock, shop.store, COUNTER, language)
    for row in people_to_sign_in(shop.session, shop.store.id):
        entered = shop.run(signin.sign_in, SignIn(row.id, PIN), nobody_yet)
        if isinstance(entered, SignedIn):
            shop.people[row.name] = Context(shop.clock, entered.actor, shop.store, COUNTER, language)


def _buy_loaners(shop: DemoShop) -> None:
    for shelf, (code, name, category, size_class, yuan) in enumerate(LOANERS, start=1):
        facts = LoanerFacts(
            code,
            name,
            category,
            Money.yuan(yuan),
            size_class,
            looks=shop.rng.randint(7, 10),
            shelf=f"B{shelf}",
            cleaned_on=shop.manager.today(),
        )
        shop.run(loaners.register, facts, shop.manager)
