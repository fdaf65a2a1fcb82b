"""An import in parts: stopped, killed, gone on with, taken back; never half a row, never twice the same."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from crmdesk.core.pace import FIRST
from crmdesk.core.roles import Role
from crmdesk.core.trouble import DiskFullError
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.models.import_run import ImportRun, ImportState
from crmdesk.queries.imports import half_done
from crmdesk.services.imports_errors import FileChangedError, ImportElsewhereError, NothingToGoOnError
from crmdesk.services.imports_file import ImportFile, open_mapped
from crmdesk.services.imports_parts import ImportParts, take_in
from crmdesk.services.imports_runs import SILENT, leave
from crmdesk.services.imports_undo import UndoParts, undo_import
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.unit import perform
from crmdesk.views.support.errors import explain
from tests.builders.begun import begun_store
from tests.builders.lists import counted, members_file, whole_store
from tests.builders.shop import Shop

ROOT = Path(__file__).resolve().parents[3]
ROWS = 4 * FIRST


class StopAfter:
    """Progress that is stopped after some rows."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self.told: list[tuple[int, int]] = []

    @property
    def cancelled(self) -> bool:
        return bool(self.told) and self.told[-1][0] >= self._rows

    def report(self, done: int, total: int, text: str = "") -> None:
        self.told.append((done, total))
        assert not text

    def check(self) -> None:
        raise AssertionError


def many(folder: Path, count: int = ROWS) -> Path:
    lines = (f"客{place},138{place % (count - 5):08d},5,V{place}" for place in range(count))
    return members_file(folder, "姓名,手机,积分,卡号", *lines, "坏行,1.38E+10,,", "客1,13800000001,,")


def opened(path: Path) -> ImportFile:
    return open_mapped(path, ImportKind.MEMBERS, None)


def state(shop: Shop, run_id: int) -> tuple[ImportState, int, int]:
    with shop.reading() as session:
        run = session.get_one(ImportRun, run_id)
        return run.state, run.done_rows, run.created


def stopped(shop: Shop, path: Path, rows: int = FIRST) -> int:
    report = take_in(shop.database, shop.context(Role.MANAGER), opened(path), StopAfter(rows))
    assert report.stopped
    return report.run_id


def killed(shop: Shop, path: Path, steps: int, desk: str = "desk-1") -> int:
    """Carry out the first transactions of an import, as if the program was killed then."""
    parts = ImportParts(opened(path), shop.context(Role.MANAGER, desk), StopAfter(ROWS * 9))
    for _count, step in zip(range(steps), parts.steps(), strict=False):
        perform(shop.database, shop.context(Role.MANAGER, desk), step)
    return parts.run_id


def content(shop: Shop) -> list[tuple[object, ...]]:
    with shop.reading() as session:
        words = (
            "SELECT m.name, p.digits, c.number, b.amount FROM member m LEFT JOIN member_phone p ON p.member_id = m.id "
        )
        words += (
            "LEFT JOIN card c ON c.member_id = m.id LEFT JOIN ledger_balance b ON b.member_id = m.id ORDER BY 1, 2, 3"
        )
        return [tuple(row) for row in session.connection().exec_driver_sql(words)]


def test_stopped_goes_on_and_is_as_if_nothing_had_been(shop: Shop, tmp_path: Path) -> None:
    path = many(tmp_path)
    run_id = stopped(shop, path)
    where, done, created = state(shop, run_id)
    assert (where, 0 < done < ROWS, created) == (ImportState.STOPPED, True, done)
    with shop.reading() as session:
        assert [run.open for run in half_done(session, shop.context(Role.MANAGER))] == [True]
    report = take_in(shop.database, shop.context(Role.MANAGER), opened(path), run_id=run_id)
    assert report.run_id == run_id
    assert counted(report) == (ROWS, 0, 0, 2), "rows of both sittings are in the report"
    assert [row.number for row in report.refused] == [ROWS + 2, ROWS + 3]
    assert state(shop, run_id) == (ImportState.DONE, ROWS + 2, ROWS)
    with shop.reading() as session:
        assert half_done(session, shop.context(Role.MANAGER)) == []


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_killed_at_any_transaction_goes_on(shop: Shop, tmp_path: Path, steps: int) -> None:
    path = many(tmp_path)
    run_id = killed(shop, path, steps)
    assert state(shop, run_id)[0] is ImportState.RUNNING
    report = take_in(shop.database, shop.context(Role.MANAGER), opened(path), run_id=run_id)
    assert counted(report) == (ROWS, 0, 0, 2)
    found = content(shop)
    undo_import(shop.database, shop.context(Role.MANAGER), run_id)
    assert content(shop) == []
    take_in(shop.database, shop.context(Role.MANAGER), opened(path))
    assert content(shop) == found, "as if it had come in at once"


def test_killed_and_taken_back(shop: Shop, tmp_path: Path) -> None:
    before = whole_store(shop)
    run_id = killed(shop, many(tmp_path), 3)
    done = undo_import(shop.database, shop.context(Role.MANAGER), run_id)
    assert (done.removed > 0, done.kept) == (True, ())
    assert whole_store(shop) == before


def test_taking_back_is_stopped_and_goes_on(shop: Shop, tmp_path: Path) -> None:
    before = whole_store(shop)
    report = take_in(shop.database, shop.context(Role.MANAGER), opened(many(tmp_path)))
    half = undo_import(shop.database, shop.context(Role.MANAGER), report.run_id, StopAfter(1))
    assert half.stopped
    assert state(shop, report.run_id)[0] is ImportState.UNDOING
    with pytest.raises(NothingToGoOnError):
        take_in(shop.database, shop.context(Role.MANAGER), opened(many(tmp_path)), run_id=report.run_id)
    rest = undo_import(shop.database, shop.context(Role.MANAGER), report.run_id)
    assert half.removed + rest.removed == ROWS
    assert whole_store(shop) == before


def test_a_file_that_changed_meanwhile_is_told(shop: Shop, tmp_path: Path) -> None:
    path = many(tmp_path)
    run_id = stopped(shop, path)
    path.write_bytes(path.read_bytes() + "又一位,13900001111,,\r\n".encode())
    with pytest.raises(FileChangedError) as caught:
        take_in(shop.database, shop.context(Role.MANAGER), opened(path), run_id=run_id)
    assert explain(caught.value) is not None


def test_a_desk_at_work_is_left_alone_until_it_is_silent(shop: Shop, tmp_path: Path) -> None:
    path = many(tmp_path)
    run_id = killed(shop, path, 2, desk="till")
    manager = shop.context(Role.MANAGER)
    for act in (
        lambda: take_in(shop.database, manager, opened(path), run_id=run_id),
        lambda: undo_import(shop.database, manager, run_id),
        lambda: shop.do(leave, run_id, manager),
    ):
        with pytest.raises(ImportElsewhereError):
            act()
    shop.clock.moment += SILENT + timedelta(seconds=1)
    assert take_in(shop.database, manager, opened(path), run_id=run_id).created == ROWS


def test_two_that_go_on_at_once_do_not_write_twice(shop: Shop, tmp_path: Path) -> None:
    path = many(tmp_path)
    run_id = stopped(shop, path)
    one, other = (ImportParts(opened(path), shop.context(Role.MANAGER), StopAfter(ROWS * 9), run_id) for _ in "12")
    slow = other.steps()
    perform(shop.database, shop.context(Role.MANAGER), next(slow))
    for step in one.steps():
        perform(shop.database, shop.context(Role.MANAGER), step)

    def all_of_it() -> None:
        for step in slow:
            perform(shop.database, shop.context(Role.MANAGER), step)

    with pytest.raises((ImportElsewhereError, NothingToGoOnError)):
        all_of_it()
    assert len(content(shop)) == ROWS


def test_a_clerk_saves_between_the_parts(shop: Shop, tmp_path: Path) -> None:
    parts = ImportParts(opened(many(tmp_path)), shop.context(Role.MANAGER), StopAfter(ROWS * 9))
    numbers = []
    for step in parts.steps():
        perform(shop.database, shop.context(Role.MANAGER), step)
        numbers.append(shop.do(register, MemberFacts("店里新客"), shop.context()).number)
    with shop.reading() as session:
        all_numbers = [row[0] for row in session.connection().exec_driver_sql("SELECT number FROM member")]
    assert len(set(all_numbers)) == len(all_numbers) == ROWS + len(numbers)


def test_left_as_far_as_it_came(shop: Shop, tmp_path: Path) -> None:
    run_id = stopped(shop, many(tmp_path))
    shop.do(leave, run_id, shop.context(Role.MANAGER))
    assert state(shop, run_id)[0] is ImportState.DONE
    with pytest.raises(NothingToGoOnError):
        shop.do(leave, run_id, shop.context(Role.MANAGER))


def test_purchases_go_on_by_whole_receipts(shop: Shop, tmp_path: Path) -> None:
    lines = [f"S{place // 3},2026-11-{place % 20 // 10 + 1:02d},外套,100" for place in range(3 * FIRST)]
    path = members_file(tmp_path, "小票号,日期,品名,金额", *lines, ",2099-01-01,,1")
    file = open_mapped(path, ImportKind.PURCHASES, None)
    manager = shop.context(Role.MANAGER)
    report = take_in(shop.database, manager, file, StopAfter(1))
    assert report.stopped
    again = take_in(shop.database, manager, open_mapped(path, ImportKind.PURCHASES, None), run_id=report.run_id)
    assert (again.created, len(again.refused), again.skipped) == (3 * FIRST, 1, 0)
    with shop.reading() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM purchase_line").scalar_one()
    assert count == 3 * FIRST
    undone = undo_import(shop.database, manager, report.run_id)
    assert undone.kept == ()


def test_a_full_disk_says_so_and_goes_on_when_there_is_room(shop: Shop, tmp_path: Path) -> None:
    def little_room(connection: object, _record: object, _proxy: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + (0 if pages > 450 else 200)}")
        cursor.close()

    path = many(tmp_path)
    event.listen(shop.database.engine, "checkout", little_room)
    with pytest.raises(DiskFullError) as caught:
        take_in(shop.database, shop.context(Role.MANAGER), opened(path))
    event.remove(shop.database.engine, "checkout", little_room)
    assert explain(caught.value) is not None
    shop.database.dispose()
    with shop.reading() as session:
        run = session.scalars(select(ImportRun)).one_or_none()
        run_id = run.id if run is not None else 0
    report = take_in(shop.database, shop.context(Role.MANAGER), opened(path), run_id=run_id)
    assert counted(report) == (ROWS, 0, 0, 2)


def test_a_file_that_breaks_off_leaves_whole_rows(shop: Shop, tmp_path: Path) -> None:
    path = many(tmp_path)
    path.write_bytes(path.read_bytes() + b'"never closed\r\n' + b"\xff\xff")
    before = whole_store(shop)
    with pytest.raises(FileRefusedError):
        take_in(shop.database, shop.context(Role.MANAGER), opened(path))
    with shop.reading() as session:
        runs = half_done(session, shop.context(Role.MANAGER))
    for run in runs:
        undo_import(shop.database, shop.context(Role.MANAGER), run.id)
    assert whole_store(shop) == before


def test_undo_of_a_stopped_desk_needs_no_waiting(shop: Shop, tmp_path: Path) -> None:
    run_id = stopped(shop, many(tmp_path))
    parts = UndoParts(run_id, shop.context(Role.MANAGER, "other"), StopAfter(ROWS * 9))
    other = replace(shop.context(Role.MANAGER), desk="other")
    for step in parts.steps():
        perform(shop.database, other, step)
    assert content(shop) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills like this here")
def test_killed_for_good_and_started_again(tmp_path: Path) -> None:
    data = begun_store(tmp_path / "data")
    rows = 12 * FIRST
    path = many(tmp_path, rows)
    command = [sys.executable, "-m", "crmdesk", "import", "members", str(path), "--data", str(data.root), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    dice = random.Random(11)
    for _round in range(2):
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        _wait_for_growth(data.database.with_name(data.database.name + "-wal"), running, dice.randrange(900_000))
        running.kill()
        running.communicate()
    told = json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).stdout)
    assert (told["created"], len(told["rejected"])) == (rows, 2)
    listed = subprocess.check_output([*command[:3], "import", "list", *command[6:]], cwd=ROOT, env=environment)
    assert [(run["state"], run["created"]) for run in json.loads(listed)] == [("done", rows)]
    checked = subprocess.run(
        [*command[:3], "check", *command[6:]], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def _wait_for_growth(path: Path, running: "subprocess.Popen[bytes]", size: int) -> None:
    deadline = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < deadline:
        if path.exists() and path.stat().st_size > size:
            return
        time.sleep(0.002)
