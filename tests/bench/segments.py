"""Segments over the bench store: counted while one types, and the first page of the list that follows."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from functools import partial

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.roles import RIGHTS, Role
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.db.engine import Database
from crmdesk.db.session import Session
from crmdesk.migrations.schema import metadata
from crmdesk.queries import member_rows, segments
from crmdesk.queries.member_rows import MemberFilter
from tests.bench.row import BenchRow, Ctx, once, timing
from tests.bench.store_rows import FIRST_STAFF, FIRST_STORE, LAST_DAY

ROUNDS = 5
PAGE = 200
LEVEL = Condition(About.TIER, Is.ONE_OF, ("gold", "diamond"))
SILENT = Condition(About.LAST_PURCHASE, Is.NOT_LAST_DAYS, (180,))
ASKED: dict[str, Group] = {
    "level": Group((LEVEL,)),
    "level, silent half a year": Group((LEVEL, SILENT)),
    "bought for ¥5,000 in a year": Group((Condition(About.NET_IN, Is.AT_LEAST, (500_000,), days=365),)),
    "not (level or an open order)": Group((LEVEL, Condition(About.OPEN_TICKET, Is.YES)), any_of=True, negated=True),
}


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give count and first page for each kind of segment."""
    metadata()
    database = Database.open(ctx.store(), None)
    context = _context()
    with database.reading() as session:
        for name, group in ASKED.items():
            yield _row(session, f"segment, counted: {name}", partial(segments.count, session, group, context))
            first = partial(member_rows.first, session, MemberFilter(wanted=group), context, None, PAGE)
            yield _row(session, f"segment, first page: {name}", first)
    database.dispose()


def _row(session: Session, work: str, ask: Callable[[], object]) -> BenchRow:
    once(ask)  # what SQLite reads from the disk for the first time
    found = ask()
    note = f"{found:,} members" if isinstance(found, int) else ""
    session.expire_all()
    return BenchRow(work, timing([once(ask) for _round in range(ROUNDS)]), note=note)


def _context() -> Context:
    clock = FixedClock(datetime.combine(LAST_DAY, time(4), UTC))
    actor = Actor(FIRST_STAFF, "bench", Role.MANAGER, RIGHTS[Role.MANAGER])
    return Context(clock, actor, StoreRef(FIRST_STORE, "01", "bench", "Asia/Shanghai"), "bench", "zh_CN")
