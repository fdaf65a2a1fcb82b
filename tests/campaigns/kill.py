"""Kill -9 at random moments of saving and backing up: what was acknowledged is there, nothing is half there."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.core.settings_service import LOANER_LIMIT_DAYS
from crmdesk.db.backup import verify_backup
from crmdesk.db.backup_shelf import list_backups
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.health import Expected, diagnose
from crmdesk.migrations import runner
from crmdesk.queries.settings import store_settings
from crmdesk.services.maintenance import check_store
from tests.builders.shop import OPENING, STORE_ID, open_shop

ROUNDS: Final = 1_000
SHORT_ROUNDS: Final = 20
LONGEST_LIFE: Final = 0.25  # seconds from the birth of the worker to its end
LONGEST_OPENING: Final = 2.0
MOST_SAVES: Final = 4
WORKER: Final = Path(__file__).with_name("kill_worker.py")
ROOT: Final = WORKER.parents[2]


@dataclass
class Tally:
    """What the campaign has seen; ``failures`` must stay empty."""

    rounds: int = 0
    acknowledged: int = 0
    backups: int = 0
    slowest_opening: float = 0.0
    failures: list[str] = field(default_factory=list)


def campaign(*, short: bool = False) -> list[str]:
    """Kill many times; give what was lost, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_often(Path(folder), SHORT_ROUNDS if short else ROUNDS, seed=1)
    print(
        f"kill -9: {tally.rounds} times, {tally.acknowledged} acknowledged saves, {tally.backups} backups that count, "
        f"slowest opening {tally.slowest_opening:.2f} s, {len(tally.failures)} failures"
    )
    if tally.slowest_opening > LONGEST_OPENING:
        tally.failures.append(f"slowest opening took {tally.slowest_opening:.1f} s")
    return tally.failures


def kill_often(folder: Path, rounds: int, seed: int) -> Tally:
    """Let a worker save in ``folder`` and kill it, ``rounds`` times; look at everything after each."""
    data = DataDir(folder / "data")
    data.prepare()
    open_shop(data.root).close()
    data.set_mark(OPENING)
    chance = random.Random(seed)
    tally, seen = Tally(), set[str]()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(WORKER), str(data.root), str(folder / "scratch")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as nursery:
        told, orders = nursery.stdout, nursery.stdin
        if told is None or orders is None:
            raise RuntimeError(command)
        for _ in range(rounds):
            acknowledged = _one_life(told, orders, chance)
            tally.rounds += 1
            tally.acknowledged += len(acknowledged)
            _look(data, acknowledged, tally, seen)
        orders.close()
    return tally


def _one_life(told: IO[str], orders: IO[str], chance: random.Random) -> list[tuple[str, int]]:
    orders.write(f"{chance.randrange(1 << 30)}\n")
    orders.flush()
    acknowledged, process = [], 0
    while not process:
        kind, number = told.readline().split()
        if kind == "worker":
            process = int(number)
        else:
            acknowledged.append((kind, int(number)))
    # Half of the lives end at a moment counted in saves: on a busy machine a short life alone may save nothing.
    for _ in range(chance.choice((0, chance.randint(1, MOST_SAVES)))):
        kind, number = told.readline().split()
        acknowledged.append((kind, int(number)))
    time.sleep(chance.uniform(0, LONGEST_LIFE))
    os.kill(process, signal.SIGKILL)
    for line in told:
        kind, number = line.split()
        if kind == "gone":
            if number != "0":
                raise RuntimeError("the worker failed before it was killed")
            break
        acknowledged.append((kind, int(number)))
    return acknowledged


def _look(data: DataDir, acknowledged: list[tuple[str, int]], tally: Tally, seen: set[str]) -> None:
    started = time.monotonic()
    diagnose(data, Expected(None, runner.known_revisions(), runner.head()), thorough=False)
    database = Database.open(data.database)
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1 FROM member LIMIT 1"))
            tally.slowest_opening = max(tally.slowest_opening, time.monotonic() - started)
            tally.failures += [f"round {tally.rounds}: {one}" for one in _missing(session, acknowledged)]
            tally.failures += [f"round {tally.rounds}: {one}" for one in _half_done(session)]
    finally:
        database.dispose()
    for backup in list_backups(data.backups):
        if backup.verified and backup.path.name not in seen:
            seen.add(backup.path.name)
            tally.backups += 1
            verify_backup(backup)


def _missing(session: Session, acknowledged: list[tuple[str, int]]) -> list[str]:
    lost = [
        f"{kind} {key} was acknowledged and is gone"
        for kind, key in acknowledged
        if kind in {"member", "ticket"}
        and session.execute(text(f"SELECT 1 FROM {kind} WHERE id = :key"), {"key": key}).first() is None  # noqa: S608
    ]
    settings = [value for kind, value in acknowledged if kind == "setting"]
    # The last one, unless a later one was on the disk and not yet acknowledged.
    if settings and store_settings(session, STORE_ID).get(LOANER_LIMIT_DAYS) != settings[-1]:
        newest = session.execute(
            text("SELECT detail FROM audit_entry WHERE act = 'settings.change' ORDER BY ordinal DESC LIMIT 1")
        ).scalar_one()
        if f'"before":"{settings[-1]}"' not in newest:
            lost.append(f"setting {settings[-1]} was acknowledged and is gone")
    return lost


def _half_done(session: Session) -> list[str]:
    report = check_store(session)
    found = list(report.structure) + [f"{one.table} {one.row_id} has no {one.parent}" for one in report.orphans]
    found += [f"audit {one.reason} at {one.ordinal}" for one in report.audit.breaks]
    halves = {
        "tickets without history": "SELECT count(*) FROM ticket WHERE id NOT IN (SELECT ticket_id FROM ticket_event)",
        "tickets without item": "SELECT count(*) FROM ticket WHERE item_id IS NULL",
        "tickets without accessories": "SELECT count(*) FROM ticket WHERE id NOT IN "
        "(SELECT ticket_id FROM ticket_accessory)",
        "tickets without audit": "SELECT count(*) FROM ticket WHERE id NOT IN "
        "(SELECT entity_id FROM audit_entry WHERE entity_kind = 'ticket')",
        "members without audit": "SELECT count(*) FROM member WHERE id NOT IN "
        "(SELECT entity_id FROM audit_entry WHERE entity_kind = 'member')",
    }
    counts = {name: session.execute(text(statement)).scalar_one() for name, statement in halves.items()}
    return found + [f"{count} {name}" for name, count in counts.items() if count]


if __name__ == "__main__":
    sys.exit(1 if campaign(short="--short" in sys.argv) else 0)
