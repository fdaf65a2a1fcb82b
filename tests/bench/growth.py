"""Whether the open program grows: a clerk's whole round at the real window, as often as in eight hours.

A round is a customer: found, taken in with a loaner, judged, quoted, repaired, told, handed over, one callback, a list
exported, the board and the figures looked at, the language switched, the screen locked and opened. Rounds follow each
other without pause for some minutes; what they add is counted up to the rounds of eight hours.
"""

import gc
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.row import BenchRow, Ctx, Timing, in_own_process

MEMBERS = 5_000
ROUNDS_IN_EIGHT_HOURS = 400  # one customer in 72 seconds
WARM_UP = 10
LOANERS = 500
SECONDS = 200
PIN = "2468"
MB = 1e6


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the row."""
    seconds = int(os.environ.get("CRMDESK_GROWTH_SECONDS", SECONDS))
    found = in_own_process("tests.bench.growth:worked", str(ctx.store().parent), seconds)
    value = found.value
    if value["trouble"]:
        raise RuntimeError(value["trouble"])
    if value["rounds"] < 3 * WARM_UP:
        raise RuntimeError(f"only {value['rounds']} rounds in {seconds} s: too few to say anything")
    whole, share = value["growth_mb"], ROUNDS_IN_EIGHT_HOURS / max(value["counted"], 1)
    added = ", ".join(f"{name} {count:+d}" for name, count in value["added"].items()) or "none"
    yield BenchRow(
        f"growth of the open program over {ROUNDS_IN_EIGHT_HOURS} rounds of a clerk",
        Timing(whole * share, whole * share),
        peak_mb=found.peak_mb,
        reach="≤ 50 MB over 8 h",
        note=(
            f"{value['rounds']} rounds done, {whole:.1f} MB more after the first {WARM_UP}; {value['widgets']:+d} "
            f"widgets, {value['objects']:+d} Qt objects; most added Python objects: {added}"
        ),
        unit="MB",
    )


def worked(folder: str, seconds: int) -> dict[str, Any]:
    """Let the clerk work at the real program; called in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crmdesk.db.data_dir import DataDir
    from tests.bench.store import store_path

    store = store_path(MEMBERS, folder=Path(folder))
    with tempfile.TemporaryDirectory(dir=folder) as name:
        data = DataDir(Path(name))
        shutil.copyfile(store, data.database)
        return _run(data, _prepare(data.database), seconds)


def _prepare(path: Path) -> list[int]:
    """Make the first person manager with a PIN, give her loaners, and tell whom she serves."""
    from sqlalchemy import select, update

    from crmdesk.core.roles import Role
    from crmdesk.db.engine import Database
    from crmdesk.migrations.schema import metadata
    from crmdesk.models.member import Member
    from crmdesk.models.staff import Staff
    from crmdesk.services.staff import ResetPin, reset_pin
    from tests.bench.bulk import insert_rows
    from tests.bench.search import bench_context
    from tests.bench.store_rows import FIRST_STAFF, FIRST_STORE

    database = Database.open(path)
    columns = ("id", "store_id", "code", "category", "size_class", "name", "value", "deposit")
    loaners = [
        (place + 1, FIRST_STORE, f"L{place:04d}", "suitcase", "small", "登机箱", 60000, 20000)
        for place in range(LOANERS)
    ]
    with database.transaction() as session:
        insert_rows(session.connection(), metadata().tables["loaner"], columns, loaners)
        session.execute(update(Staff).where(Staff.id == FIRST_STAFF).values(role=Role.MANAGER))
        reset_pin(session, ResetPin(FIRST_STAFF, PIN), bench_context(Role.OWNER))
        people = list(session.scalars(select(Member.id).order_by(Member.number).limit(1000)))
    database.dispose()
    return people


def _run(data: Any, people: list[int], seconds: int) -> dict[str, Any]:  # noqa: ANN401 - a folder of the program
    from PySide6.QtWidgets import QApplication

    from crmdesk.bootstrap.program import Program
    from crmdesk.core.clock import FixedClock
    from crmdesk.views.signin.signin_page import SignInPage
    from crmdesk.views.support.immortal import keep_singletons_alive
    from tests.bench import start
    from tests.bench.clerk import Clerk
    from tests.bench.search import bench_context
    from tests.bench.store_rows import FIRST_STAFF

    keep_singletons_alive()
    application = QApplication(["crmdesk"])
    application.setQuitOnLastWindowClosed(False)
    running = Program(application, data, data, clock=FixedClock(bench_context().now()))
    running.start()
    began = time.perf_counter()
    start._until(application, start._asks, began)
    page = next(one for one in application.allWidgets() if isinstance(one, SignInPage))
    page.signin_asked.emit(FIRST_STAFF, PIN)
    start._until(application, lambda: any(type(one).__name__ == "MainWindow" for one in start._tops()), began)
    start._pass(application, 1)
    watch = _Watch(seconds)
    clerk = Clerk(people, PIN, data.root, watch)
    clerk.start()
    application.exec()
    return {"trouble": clerk.trouble, **watch.found()}


class _Watch:
    """Looks at the process after each round, and says whether there is another one."""

    def __init__(self, seconds: int) -> None:
        self._until = time.perf_counter() + seconds
        self._sizes: list[float] = []
        self._first: _Census | None = None

    def __call__(self, done: int) -> bool:
        gc.collect()
        self._sizes.append(_resident())
        if done == WARM_UP:
            self._first = _Census()
        return time.perf_counter() < self._until and done < WARM_UP + ROUNDS_IN_EIGHT_HOURS

    def found(self) -> dict[str, Any]:
        """Give what was added between the end of the warm-up and now; medians, as single sizes jump."""
        last, first, sizes = _Census(), self._first or _Census(), self._sizes
        late = sizes[WARM_UP:]
        edge = max(min(10, len(late) // 4), 1)
        begin, end = (median(piece) if piece else 0.0 for piece in (late[:edge], late[-edge:]))
        return {
            "rounds": len(sizes),
            "counted": max(len(late) - edge, 1),
            "growth_mb": end - begin,
            "sizes": [round(one, 1) for one in sizes],
            "widgets": last.widgets - first.widgets,
            "objects": last.objects - first.objects,
            "added": dict((last.kinds - first.kinds).most_common(8)),
        }


class _Census:
    """How many things there are, by kind."""

    def __init__(self) -> None:
        from PySide6.QtCore import QObject
        from PySide6.QtWidgets import QApplication

        tops = QApplication.topLevelWidgets()
        self.widgets = len(QApplication.allWidgets())
        self.objects = sum(1 + len(one.findChildren(QObject)) for one in tops if one.parent() is None)
        self.kinds = Counter(type(one).__name__ for one in gc.get_objects())


def _resident() -> float:
    """Give the present resident size in megabytes; 0 where it cannot be known."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) * 1024 / MB
