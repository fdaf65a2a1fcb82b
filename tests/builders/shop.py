"""A small real store for tests: migrated database, a clock that stands still, one person of every role."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import APPROVE_UP_TO, RIGHTS, Role
from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.migrations.schema import metadata
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.services.search_index import mark_whole
from crmdesk.services.unit import perform

T = TypeVar("T")
P = ParamSpec("P")

# Saturday 21 November 2026, ten in the morning in Hangzhou.
OPENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
STORE_ID = 101
NAMES = {
    Role.CLERK: "陈可",
    Role.GUIDE: "林婉",
    Role.MANAGER: "周敏",
    Role.HEAD_OFFICE: "总部·吴工",
    Role.OWNER: "何老板",
    Role.ADMINISTRATOR: "管理员",
}


def staff_id(role: Role) -> int:
    """Give the key of the person who has ``role`` in the test store."""
    return 201 + list(Role).index(role)


@dataclass
class Shop:
    """One store, open for tests."""

    database: Database
    clock: FixedClock = field(default_factory=lambda: FixedClock(OPENING))

    def context(self, role: Role = Role.CLERK, desk: str = "desk-1") -> Context:
        """Give the surroundings of a person with ``role``."""
        actor = Actor(staff_id(role), NAMES[role], role, RIGHTS[role], APPROVE_UP_TO[role])
        return Context(self.clock, actor, StoreRef(STORE_ID, "01", "文三路店"), desk)

    def do(
        self,
        service: Callable[Concatenate[Session, P], Outcome[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry out ``service(session, *args)`` the way the program does and give its value.

        The last positional argument must be the Context.
        """
        context = args[-1]
        if not isinstance(context, Context):
            raise TypeError(context)
        return perform(self.database, context, lambda session, _context: service(session, *args, **kwargs)).value

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session to ask queries with."""
        with self.database.reading() as session:
            yield session

    def close(self) -> None:
        """Close the file."""
        self.database.dispose()


def open_shop(folder: Path) -> Shop:
    """Open a fresh store in ``folder``; the schema is migrated once a session and copied."""
    metadata()  # a row may point to a table whose class nobody has imported yet
    path = folder / "crmdesk.db"
    shutil.copyfile(_template(), path)
    return Shop(Database.open(path))


@cache
def _template() -> Path:
    path = Path(mkdtemp()) / "template.db"
    database = Database.open(path)
    runner.upgrade(database)
    with database.transaction() as session:
        session.add(Store(id=STORE_ID, code="01", name="文三路店", address="杭州市文三路 99 号", phone="0571-88886666"))
        session.flush()
        session.add_all(
            Staff(id=staff_id(role), store_id=STORE_ID, name=NAMES[role], role=role, failed_tries=0) for role in Role
        )
        mark_whole(session)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path
