"""The saves of a counter's day, each on disk when it returns: intake with a loaner, judgement, quote, and so on."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState, CallOutcome
from crmdesk.core.clock import SystemClock
from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ApprovalChannel, ItemCategory, Liability, Payer, Remedy, TicketKind
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.models.callback import Callback
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.services import callbacks, desk_intake, members, pickup, quotes, repair
from crmdesk.services.callbacks import LogCall
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.desk_intake import DeskIntake, LoanChoice
from crmdesk.services.judgement import Judge, judge
from crmdesk.services.members import EditMember, MemberFacts
from crmdesk.services.pickup import HandBack
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step
from tests.bench.bulk import insert_rows
from tests.bench.row import BenchRow, Ctx
from tests.bench.save_race import SAVES, Race, Write
from tests.bench.search import bench_context
from tests.bench.store import store_path
from tests.bench.store_rows import FIRST_STORE

MEMBERS = 50_000
_COST = Money(12_800)
_INTAKE = TakeIn(
    TicketKind.REPAIR,
    0,
    "机场托运后左前轮断裂，无法拖行。",
    "轮子断",
    item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20 寸", brand="Aurora", colour="银色"),
    faults=("luggage.wheel",),
    accessories=("密码锁", "防尘袋"),
    marks=(MarkFacts(0.2, 0.9, "luggage.wheel"), MarkFacts(0.8, 0.3)),
)


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give a row for each of the saves, in the order in which a day brings them."""
    metadata()
    store = store_path(min(MEMBERS, ctx.members))
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.db"
        shutil.copyfile(store, ready)
        people, loaners = _prepare(ready)
        race = Race(ready, replace(bench_context(Role.MANAGER), clock=SystemClock()))
        yield from _day(race, people, loaners)
        race.close()


def _prepare(path: Path) -> tuple[list[int], list[int]]:
    database = Database.open(path)
    with database.transaction() as session:
        keys = list(session.execute(select(Member.id)).scalars())
        people = random.Random(5).sample(keys, SAVES)
        columns = ("id", "store_id", "code", "category", "size_class", "name", "value", "deposit")
        codes = [
            (place + 1, FIRST_STORE, f"L{place:04d}", "suitcase", "small", "登机箱", 60000, 20000)
            for place in range(SAVES)
        ]
        insert_rows(session.connection(), metadata().tables["loaner"], columns, codes)
        loaners = list(session.execute(select(Loaner.id)).scalars())
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return people, loaners


def _day(race: Race, people: list[int], loaners: list[int]) -> Iterator[BenchRow]:
    due = race.context.today() + timedelta(days=10)
    lent = [_intake(member, LoanChoice(loaner, due)) for member, loaner in zip(people, loaners, strict=True)]
    yield race.run("repair taken in and a loaner lent", lent)
    race.run("repair taken in", map(_intake, people))
    with race.database.reading() as session:
        newest = session.scalars(select(Ticket.id).order_by(Ticket.id.desc()).limit(SAVES)).all()
    on = partial(_each, newest)
    yield race.run("judged", on(_judge))
    yield race.run("quoted", on(_quote))
    race.run("customer says no", on(_answer))
    race.run("ready to go back", on(_make_ready))
    yield race.run("handed back and closed", on(_hand_back))
    with race.database.reading() as session:
        calls = session.scalars(
            select(Callback.id).where(Callback.ticket_id.in_(newest), Callback.state == CallbackState.DUE)
        ).all()
    yield race.run("call logged", _each(calls, _log))
    yield race.run("member's file edited", _each(people, _edit))


def _each(keys: Sequence[int], save: Callable[[Session, Context, int], Outcome[Any]]) -> Iterator[Write]:
    for key in keys:
        yield lambda session, context, key=key: save(session, context, key)  # type: ignore[misc]


def _intake(member_id: int, loan: LoanChoice | None = None) -> Write:
    request = DeskIntake(replace(_INTAKE, member_id=member_id), loan=loan)
    return lambda session, context: desk_intake.save(session, request, context)


def _seen(session: Session, ticket_id: int) -> tuple[int, int]:
    return ticket_id, session.get_one(Ticket, ticket_id).version


def _judge(session: Session, context: Context, key: int) -> Outcome[Any]:
    shares = {Payer.CUSTOMER: _COST}
    found = Judge(*_seen(session, key), Liability.CUSTOMER_USE, Remedy.REPAIR_PAID, "轮轴断裂", shares=shares)
    return judge(session, found, context)


def _quote(session: Session, context: Context, key: int) -> Outcome[Any]:
    return quotes.quote(session, MakeQuote(*_seen(session, key), "换一对万向轮", _COST, _COST, days=7), context)


def _answer(session: Session, context: Context, key: int) -> Outcome[Any]:
    said = RecordAnswer(
        *_seen(session, key), agreed=False, channel=ApprovalChannel.PHONE, person="王女士", amount=_COST
    )
    return quotes.record_answer(session, said, context)


def _make_ready(session: Session, context: Context, key: int) -> Outcome[Any]:
    return repair.make_ready(session, Step(*_seen(session, key)), context, shelf="A3")


def _hand_back(session: Session, context: Context, key: int) -> Outcome[Any]:
    with_it = frozenset(one.id for one in session.get_one(Ticket, key).accessories)
    taken = HandBack(*_seen(session, key), "王女士", item_back=True, signed=True, accessories=with_it)
    return pickup.hand_back(session, taken, context)


def _log(session: Session, context: Context, key: int) -> Outcome[Any]:
    version = session.get_one(Callback, key).version
    return callbacks.log_call(session, LogCall(key, version, CallOutcome.SATISFIED, "很满意"), context)


def _edit(session: Session, context: Context, key: int) -> Outcome[Any]:
    member = session.get_one(Member, key)
    phones = tuple(normalise(phone.digits) for phone in member.phones)
    facts = MemberFacts(member.name, phones, notes="喜欢素色，周末有空", share_phones=True)
    return members.edit(session, EditMember(key, member.version, facts), context)
