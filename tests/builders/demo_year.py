"""The demonstration store after its two years, small, made once a session and only read."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.roles import RIGHTS, Role
from crmdesk.db.engine import Database
from crmdesk.demo.year import build
from crmdesk.migrations import runner
from tests.builders.shop import OPENING

MEMBERS, SEED = 40, 11


@cache
def demo_file() -> Path:
    """Give the store's file: as it is at nine in the morning of 21 November 2026."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "demo.db"
    database = Database.open(path)
    runner.upgrade(database)
    build(database, OPENING, MEMBERS, SEED)
    database.dispose()
    return path


def demo_context(role: Role = Role.OWNER) -> Context:
    """Give the surroundings of somebody who only looks."""
    return Context(FixedClock(OPENING), Actor(1, "何老板", role, RIGHTS[role]), StoreRef(1, "01", "文三路店"))
