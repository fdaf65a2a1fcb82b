"""An import is in wholly or not at all: stopped, killed, on a full disk, with a broken file."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from crmdesk.core.progress import WorkCancelledError
from crmdesk.core.roles import Role
from crmdesk.core.trouble import DiskFullError
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.services.imports import BATCH, import_members
from crmdesk.services.imports_file import open_mapped
from crmdesk.services.imports_undo import undo_import
from crmdesk.views.support.errors import explain
from tests.builders.begun import begun_store
from tests.builders.lists import members_file, take_members, whole_store
from tests.builders.shop import Shop

ROOT = Path(__file__).resolve().parents[3]
ROWS = 4 * BATCH


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
        if self.cancelled:
            raise WorkCancelledError


def many(folder: Path, count: int = ROWS) -> Path:
    return members_file(folder, "姓名,手机,积分", *(f"客{place},138{place:08d},5" for place in range(count)))


def test_stopped_half_way(shop: Shop, tmp_path: Path) -> None:
    request = open_mapped(many(tmp_path), ImportKind.MEMBERS, None)
    before = whole_store(shop)
    stop = StopAfter(2 * BATCH)
    with pytest.raises(WorkCancelledError), shop.database.transaction() as session:
        import_members(session, request, shop.context(Role.MANAGER), stop)
    assert stop.told == [(BATCH, ROWS), (2 * BATCH, ROWS)]
    assert whole_store(shop) == before
    report = take_members(shop, many(tmp_path))
    with pytest.raises(WorkCancelledError), shop.database.transaction() as session:
        undo_import(session, report.run_id, shop.context(Role.MANAGER), StopAfter(BATCH))
    assert len(whole_store(shop)["member"]) == ROWS


def test_a_full_disk_says_so_and_leaves_nothing(shop: Shop, tmp_path: Path) -> None:
    before = whole_store(shop)

    def little_room(connection: object, _record: object, _proxy: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + 60}")
        cursor.close()

    event.listen(shop.database.engine, "checkout", little_room)
    with pytest.raises(DiskFullError) as caught:
        take_members(shop, many(tmp_path))
    event.remove(shop.database.engine, "checkout", little_room)
    assert explain(caught.value) is not None
    shop.database.dispose()
    assert whole_store(shop) == before


def test_a_file_that_breaks_off_brings_nothing(shop: Shop, tmp_path: Path) -> None:
    path = members_file(tmp_path, "姓名,手机", *(f"客{place},138{place:08d}" for place in range(ROWS)))
    path.write_bytes(path.read_bytes() + b'"never closed\r\n' + b"\xff\xff")
    before = whole_store(shop)
    with pytest.raises(FileRefusedError):
        take_members(shop, path)
    assert whole_store(shop) == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills like this here")
def test_killed_in_the_middle(tmp_path: Path) -> None:
    data = begun_store(tmp_path / "data")
    path = many(tmp_path, 8 * BATCH)
    command = [sys.executable, "-m", "crmdesk", "import", "members", str(path), "--data", str(data.root), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    journal = data.database.with_name(data.database.name + "-wal")
    _wait_for_growth(journal, running, 1_000_000)
    running.kill()
    out, _ = running.communicate()
    found = json.loads(subprocess.check_output([*command[:3], "find", "客7", *command[6:]], cwd=ROOT, env=environment))
    runs = json.loads(
        subprocess.check_output([*command[:3], "import", "list", *command[6:]], cwd=ROOT, env=environment)
    )
    assert out == b"", "it was killed before it said that it was done"
    assert (found, runs) == ([], [])
    checked = subprocess.run(
        [*command[:3], "check", *command[6:]], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def _wait_for_growth(path: Path, running: "subprocess.Popen[bytes]", size: int) -> None:
    deadline = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < deadline:
        if path.exists() and path.stat().st_size > size:
            return
        time.sleep(0.005)
    raise AssertionError
