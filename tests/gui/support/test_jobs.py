"""Jobs: answers on the GUI thread, cancelling, owners that go away, failures, shutdown."""

import threading
import time
from functools import partial

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress
from crmdesk.core.topics import Topic
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.long_write import LongWrite
from tests.builders.shop import Shop
from tests.gui.support.conftest import Failures

SLOW = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n"
)


def staff_count(session: Session, _context: Context) -> int:
    return int(session.execute(text("SELECT count(*) FROM staff")).scalar_one())


def rename(session: Session, _context: Context) -> Outcome[str]:
    session.execute(text("UPDATE store SET name = '新店'"))
    return Outcome("done", frozenset({Topic.SETTINGS}))


def fail(_session: Session, _context: Context) -> Outcome[str]:
    raise NotAllowedError("settings", "clerk")


def store_name(shop: Shop) -> str:
    with shop.reading() as session:
        return str(session.execute(text("SELECT name FROM store")).scalar_one())


def test_read_answers_on_the_gui_thread(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[tuple[int, bool]] = []
    work_threads: list[threading.Thread] = []

    def work(session: Session, context: Context) -> int:
        work_threads.append(threading.current_thread())
        return staff_count(session, context)

    jobs.read(owner, work, lambda count: seen.append((count, threading.current_thread() is threading.main_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(6, True)]
    assert work_threads[0] is not threading.main_thread()


def test_newer_read_of_the_same_key_interrupts_the_older(jobs: JobRunner, qtbot: QtBot, failures: Failures) -> None:
    owner = QObject()
    seen: list[object] = []
    started = threading.Event()

    def slow(session: Session, _context: Context) -> object:
        started.set()
        return session.execute(SLOW).scalar_one()

    jobs.read(owner, slow, seen.append, key="search")
    assert started.wait(5)
    before = time.monotonic()
    jobs.read(owner, staff_count, seen.append, key="search")
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert time.monotonic() - before < 2
    assert seen == [6]
    qtbot.waitUntil(jobs.is_idle)
    assert not failures.seen


def test_other_owners_and_keys_are_left_alone(jobs: JobRunner, qtbot: QtBot) -> None:
    one, two = QObject(), QObject()
    seen: list[str] = []
    jobs.read(one, lambda _s, _c: "one", seen.append, key="k")
    jobs.read(two, lambda _s, _c: "two", seen.append, key="k")
    jobs.read(one, lambda _s, _c: "other", seen.append, key="j")
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["one", "two", "other"]


def test_background_reads_do_not_hold_up_the_person(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[object] = []
    job = jobs.read(owner, lambda session, _c: session.execute(SLOW).scalar_one(), seen.append, background=True)
    jobs.read(owner, staff_count, seen.append)
    qtbot.waitUntil(lambda: seen == [6], timeout=3000)
    job.cancel()
    qtbot.waitUntil(jobs.is_idle, timeout=3000)


def test_nothing_is_called_once_the_owner_is_gone(jobs: JobRunner, qtbot: QtBot, failures: Failures) -> None:
    owner = QObject()
    seen: list[object] = []
    started = threading.Event()

    def slow(session: Session, _context: Context) -> object:
        started.set()
        return session.execute(SLOW).scalar_one()

    jobs.read(owner, slow, seen.append)
    assert started.wait(5)
    shiboken6.delete(owner)
    qtbot.waitUntil(jobs.is_idle, timeout=5000)
    assert not seen
    assert not failures.seen


def test_write_commits_then_tells_the_bus_then_calls_done(jobs: JobRunner, bus: Bus, shop: Shop, qtbot: QtBot) -> None:
    owner = QObject()
    order: list[str] = []
    bus.changed.connect(lambda topics: order.append(f"bus {sorted(topics)} {store_name(shop)}"))
    jobs.write(owner, rename, lambda value: order.append(f"done {value}"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [f"bus {[Topic.SETTINGS]} 新店", "done done"]
    with shop.reading() as session:
        assert session.execute(text("SELECT topic FROM change")).scalars().all() == ["settings"]


def test_failed_write_changes_nothing_and_goes_to_its_handler(
    jobs: JobRunner, bus: Bus, shop: Shop, qtbot: QtBot, failures: Failures
) -> None:
    owner = QObject()
    caught: list[Exception] = []
    told: list[object] = []
    bus.changed.connect(told.append)

    def half(session: Session, context: Context) -> Outcome[str]:
        rename(session, context)
        return fail(session, context)

    jobs.write(owner, half, told.append, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], NotAllowedError)
    assert not told
    assert not failures.seen
    assert store_name(shop) == "文三路店"


def test_unhandled_failure_is_shown_and_can_be_tried_again(jobs: JobRunner, qtbot: QtBot, failures: Failures) -> None:
    owner = QObject()
    tries: list[int] = []
    seen: list[str] = []

    def once_broken(_session: Session, _context: Context) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError(28, "No space left on device")
        return "well"

    jobs.read(owner, once_broken, seen.append)
    qtbot.waitUntil(lambda: bool(failures.seen))
    assert failures.owners == [owner]
    retry = failures.retries[0]
    assert retry is not None
    retry()
    qtbot.waitUntil(lambda: seen == ["well"])


def test_failed_write_is_told_even_when_its_screen_is_gone(jobs: JobRunner, qtbot: QtBot, failures: Failures) -> None:
    owner = QObject()
    go_on = threading.Event()

    def late(session: Session, context: Context) -> Outcome[str]:
        go_on.wait(5)
        return fail(session, context)

    jobs.write(owner, late, lambda _value: None)
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: bool(failures.seen))
    assert failures.owners == [None]


def test_long_write_lets_others_in_between_and_publishes_once(jobs: JobRunner, bus: Bus, qtbot: QtBot) -> None:
    owner = QObject()
    told: list[object] = []
    results: list[LongWrite] = []
    progress: list[tuple[int, int]] = []
    others: list[int] = []
    bus.changed.connect(told.append)
    jobs.progressed.connect(lambda _owner, done, total, _text: progress.append((done, total)))

    def step(number: int, _session: Session, _context: Context) -> Outcome[int]:
        time.sleep(0.02)
        return Outcome(number, frozenset({Topic.IMPORTS}))

    jobs.write_long(owner, [partial(step, number) for number in range(5)], results.append, total=5)
    jobs.read(owner, staff_count, lambda count: others.append(len(results) or count))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [LongWrite((0, 1, 2, 3, 4), complete=True)]
    assert others == [6]  # answered before the long write ended
    assert told == [frozenset({Topic.IMPORTS})]
    assert progress[-1] == (5, 5)


def test_long_write_stops_between_steps(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()
    results: list[LongWrite] = []
    begun = threading.Event()

    def step(_session: Session, _context: Context) -> Outcome[int]:
        begun.set()
        time.sleep(0.01)
        return Outcome(1)

    job = jobs.write_long(owner, (step for _ in range(1000)), results.append)
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(results))
    assert not results[0].complete
    assert 1 <= len(results[0].values) < 1000


def test_compute_reports_and_can_be_cancelled(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[str] = []
    reports: list[tuple[int, int, str]] = []
    jobs.progressed.connect(lambda _owner, done, total, text: reports.append((done, total, text)))

    def work(progress: Progress) -> str:
        progress.report(3, 3, "pages")
        return "ok"

    def endless(progress: Progress) -> str:
        while True:
            progress.check()
            time.sleep(0.005)

    jobs.compute(owner, work, seen.append)
    job = jobs.compute(owner, endless, seen.append)
    qtbot.waitUntil(lambda: seen == ["ok"])
    job.cancel()
    qtbot.waitUntil(jobs.is_idle)
    assert seen == ["ok"]
    assert reports == [(3, 3, "pages")]


def test_busy_is_told_once_per_stretch(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()
    told: list[bool] = []
    jobs.busy_changed.connect(lambda _owner, busy: told.append(busy))
    jobs.read(owner, staff_count, lambda _count: None)
    jobs.read(owner, staff_count, lambda _count: None)
    qtbot.waitUntil(jobs.is_idle)
    assert told == [True, False]


def test_close_finishes_writes_and_drops_reads(shop: Shop, bus: Bus, failures: Failures, qtbot: QtBot) -> None:
    from tests.gui.support.conftest import SignedIn

    runner = JobRunner(shop.database, SignedIn(shop), bus, failures)
    owner = QObject()
    seen: list[object] = []
    runner.read(owner, lambda session, _c: session.execute(SLOW).scalar_one(), seen.append)
    runner.write(owner, rename, seen.append)
    before = time.monotonic()
    runner.close()
    assert time.monotonic() - before < 3
    assert seen == ["done"]
    assert store_name(shop) == "新店"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("database", "papers"))]
    runner.read(owner, staff_count, seen.append)
    qtbot.wait(20)
    assert seen == ["done"]


def test_error_in_a_callback_reaches_the_crash_report(jobs: JobRunner, qtbot: QtBot) -> None:
    owner = QObject()

    def broken(_count: int) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        jobs.read(owner, staff_count, broken)
        qtbot.waitUntil(jobs.is_idle)
    assert caught[0][0] is ZeroDivisionError


def test_work_gets_the_context_of_the_moment_it_was_asked(jobs: JobRunner, shop: Shop, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[Context] = []
    jobs.read(owner, lambda _session, context: context, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].actor == shop.context().actor
