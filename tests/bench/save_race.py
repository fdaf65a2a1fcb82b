"""The same saves twice, in turn: by the services on one file, by the bare driver with the same rows on its copy."""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.db.engine import PRAGMAS, Database
from crmdesk.services.unit import perform
from tests.bench.row import BenchRow, once, timing

SAVES = 120
WARM = 20
REACH = "≤ 10 ms, ≤ 5 × raw"
Write = Callable[[Session, Context], Outcome[Any]]


@dataclass
class _Statements:
    """What one save sent to the driver: text, values, and whether the values are of several rows."""

    writes: list[tuple[str, Any, bool]] = field(default_factory=list)
    reads: int = 0

    def note(self, _c: object, _cursor: object, text: str, values: Any, _x: object, many: bool) -> None:  # noqa: ANN401, FBT001 - what the event hands over
        """Keep one statement."""
        if text.startswith(("INSERT", "UPDATE", "DELETE")):
            self.writes.append((text, values, many and isinstance(values[0], tuple)))
        elif not text.startswith("BEGIN"):
            self.reads += 1


class Race:
    """Two copies of one store; every save is done on both, so that both go through the same noise of the machine."""

    def __init__(self, ready: Path, context: Context) -> None:
        """Make the second copy and open both, with the same PRAGMAs."""
        bare = ready.with_name("bare.db")
        shutil.copyfile(ready, bare)
        self.database, self.context = Database.open(ready), context
        self._driver = sqlcipher.connect(str(bare), isolation_level=None, cached_statements=256)
        for pragma in PRAGMAS:
            self._driver.execute(pragma)

    def run(self, work: str, writes: Iterable[Write]) -> BenchRow:
        """Do the saves on both copies; the first few do not count."""
        ours, raw, sent, busy = [], [], [], []
        for write in writes:
            statements = _Statements()
            event.listen(self.database.engine, "before_cursor_execute", statements.note)
            started = time.thread_time()
            ours.append(once(lambda: perform(self.database, self.context, write)))  # noqa: B023 - called at once
            busy.append((time.thread_time() - started) * 1000)
            event.remove(self.database.engine, "before_cursor_execute", statements.note)
            raw.append(once(lambda: self._repeat(statements)))  # noqa: B023 - called at once
            sent.append(statements)
        last = sent[-1]
        rows = sum(len(values) if many else 1 for _, values, many in last.writes)
        return BenchRow(
            f"save: {work}",
            timing(ours[WARM:]),
            {"bare driver, same rows, same sync": timing(raw[WARM:]).median},
            reach=REACH,
            note=f"{rows} rows by {len(last.writes)} statements; {last.reads} reads are ours alone; processor "
            f"{median(busy[WARM:]):.1f} ms; quickest {min(ours[WARM:]):.1f} to {min(raw[WARM:]):.1f} ms",
        )

    def _repeat(self, statements: _Statements) -> None:
        self._driver.execute("BEGIN IMMEDIATE")
        for text, values, many in statements.writes:
            (self._driver.executemany if many else self._driver.execute)(text, values)
        self._driver.execute("COMMIT")

    def close(self) -> None:
        """Close both copies."""
        self.database.dispose()
        self._driver.close()
