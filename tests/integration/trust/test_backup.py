"""A backup counts only when it is whole; pruning and hourly rules; files that belong to it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from crmdesk.core.progress import NoProgress, WorkCancelledError
from crmdesk.core.trouble import (
    BackupFailedError,
    BackupRefusedError,
    DamagedFileError,
    DiskFullError,
    StoreFileMissingError,
)
from crmdesk.db import backup as backup_module
from crmdesk.db import files as files_module
from crmdesk.db.backup import BackupPlan, adopt, backup_if_changed, clear_old, has_changed, make_backup, verify_backup
from crmdesk.db.backup_shelf import BackupReason, list_backups, newest_verified
from crmdesk.db.contents import contents_of
from crmdesk.db.data_dir import DataDir
from crmdesk.db.raw import Mode, raw_connection
from tests.builders.harm import content_digests, cut, flip, zero
from tests.builders.shop import Shop
from tests.builders.work import grow

BACKUP_FOREVER = """
import sys
from pathlib import Path
from crmdesk.core.clock import SystemClock
from crmdesk.db.backup import BackupPlan, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.db.data_dir import DataDir
print("ready", flush=True)
while True:
    make_backup(BackupPlan(DataDir(Path(sys.argv[1]))), BackupReason.HOURLY, SystemClock())
"""


class Watcher(NoProgress):
    """Keeps the steps; at the fifth, somebody else writes."""

    def __init__(self, at_fifth: Callable[[], object] = lambda: None, *, cancelled: bool = False) -> None:
        self.steps: list[int] = []
        self.cancelled = cancelled
        self._at_fifth = at_fifth

    @override
    def report(self, done: int, total: int, text: str = "") -> None:
        self.steps.append(done)
        if len(self.steps) == 5:
            worker = threading.Thread(target=self._at_fifth)
            worker.start()
            worker.join()

    @override
    def check(self) -> None:
        if self.cancelled:
            raise WorkCancelledError


def test_a_backup_equals_the_store_and_counts(shop: Shop, plan: BackupPlan) -> None:
    backup = make_backup(plan, BackupReason.MANUAL, shop.clock)
    assert [one.path for one in list_backups(plan.target)] == [backup.path]
    assert newest_verified(plan.target) == backup
    assert backup.reason == "manual"
    assert backup.path.name.startswith("20261121T020000")
    assert content_digests(backup.path, mode=Mode.FROZEN) == content_digests(plan.data.database)
    assert verify_backup(backup).rows["member"] == 20
    assert {path.name for path in plan.target.iterdir()} == {backup.manifest.name, backup.path.name}


def test_people_go_on_working_while_it_is_made(shop: Shop, plan: BackupPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_module, "_PAGES_PER_STEP", 1)
    watcher = Watcher(at_fifth=lambda: grow(shop, 3))
    backup = make_backup(plan, BackupReason.HOURLY, shop.clock, watcher)
    assert watcher.steps == sorted(watcher.steps), "the copy never began again"
    assert backup.contents is not None
    assert backup.contents.rows["member"] == 20
    with raw_connection(plan.data.database, None, Mode.READ) as connection:
        assert contents_of(connection).rows["member"] == 23


def test_an_encrypted_store_gives_an_encrypted_backup(data: DataDir, shop: Shop) -> None:
    secret = DataDir(data.root / "secret")
    secret.prepare()
    with raw_connection(data.database, None, Mode.WRITE) as plain:
        plain.execute(f"ATTACH '{secret.database}' AS safe KEY 'open sesame'")
        plain.execute("SELECT sqlcipher_export('safe')")
    plan = BackupPlan(secret, key="open sesame")
    backup = make_backup(plan, BackupReason.MANUAL, shop.clock)
    assert verify_backup(backup, "open sesame").rows["member"] == 20
    assert not backup.path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(BackupRefusedError):
        verify_backup(backup, "wrong")


def test_nothing_changed_nothing_made(shop: Shop, plan: BackupPlan) -> None:
    assert backup_if_changed(plan, BackupReason.HOURLY, shop.clock) is not None
    assert not has_changed(plan, shop.clock)
    assert backup_if_changed(plan, BackupReason.HOURLY, shop.clock) is None
    grow(shop, 1)
    shop.clock.advance(timedelta(hours=1))
    assert backup_if_changed(plan, BackupReason.HOURLY, shop.clock) is not None
    assert len(list_backups(plan.target)) == 2


def test_a_write_without_audit_is_caught_within_a_day(shop: Shop, plan: BackupPlan) -> None:
    make_backup(plan, BackupReason.HOURLY, shop.clock)
    with shop.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE store SET address = 'moved'")
    shop.clock.advance(timedelta(hours=1))
    assert not has_changed(plan, shop.clock)
    shop.clock.advance(timedelta(hours=20))
    written = shop.clock.now().timestamp()
    os.utime(plan.data.database, (written, written))
    assert has_changed(plan, shop.clock)


def test_two_backups_at_one_moment_are_two(shop: Shop, plan: BackupPlan) -> None:
    one = make_backup(plan, BackupReason.MANUAL, shop.clock)
    other = make_backup(plan, BackupReason.MANUAL, shop.clock)
    assert one.path != other.path
    assert len(list_backups(plan.target)) == 2


def test_old_ones_go_by_the_rule(shop: Shop, plan: BackupPlan) -> None:
    first = make_backup(plan, BackupReason.HOURLY, shop.clock)
    shop.clock.advance(timedelta(hours=1))
    later = make_backup(plan, BackupReason.HOURLY, shop.clock)
    shop.clock.advance(timedelta(days=30))
    newest = make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert [one.path for one in clear_old(plan, shop.clock)] == [first.path]
    assert [one.path for one in list_backups(plan.target)] == [newest.path, later.path]
    assert not first.manifest.exists()


def test_one_without_manifest_never_counts_and_is_cleared(shop: Shop, plan: BackupPlan) -> None:
    backup = make_backup(plan, BackupReason.HOURLY, shop.clock)
    backup.manifest.unlink()
    (plan.target / "20261121T010000000000Z-hourly.db.part").touch()
    [listed] = list_backups(plan.target)
    assert not listed.verified
    assert newest_verified(plan.target) is None
    with pytest.raises(BackupRefusedError) as caught:
        verify_backup(listed)
    assert caught.value.reason == "unverified"
    clear_old(plan, shop.clock)
    assert list(plan.target.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"contents": 3}', '{"contents": {"rows": {}, "audit_heads": 1}}'])
def test_a_broken_manifest_is_no_manifest(shop: Shop, plan: BackupPlan, content: str) -> None:
    backup = make_backup(plan, BackupReason.HOURLY, shop.clock)
    backup.manifest.write_text(content, encoding="utf-8")
    assert not list_backups(plan.target)[0].verified


def test_a_changed_backup_is_refused(shop: Shop, plan: BackupPlan) -> None:
    backup = make_backup(plan, BackupReason.HOURLY, shop.clock)
    flip(backup.path, backup.size // 2)
    with pytest.raises(BackupRefusedError) as caught:
        verify_backup(backup)
    assert caught.value.reason == "changed"
    cut(backup.path, backup.size - 4096)
    assert not list_backups(plan.target)[0].verified


def test_a_copy_that_lost_rows_fails_its_check(shop: Shop, plan: BackupPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = files_module.flush_file

    def lose_rows(path: Path) -> None:
        with raw_connection(path, None, Mode.WRITE) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("DELETE FROM member_phone")
            connection.execute("DELETE FROM counter")
        flush(path)

    monkeypatch.setattr(backup_module, "flush_file", lose_rows)
    with pytest.raises(BackupFailedError):
        make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert list_backups(plan.target) == []


def test_an_empty_copy_passes_quick_check_and_still_fails(
    shop: Shop, plan: BackupPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "flush_file", lambda path: cut(path, 0))
    with pytest.raises(BackupFailedError):
        make_backup(plan, BackupReason.HOURLY, shop.clock)


def test_an_aborted_backup_leaves_nothing(shop: Shop, plan: BackupPlan) -> None:
    with pytest.raises(WorkCancelledError):
        make_backup(plan, BackupReason.HOURLY, shop.clock, Watcher(cancelled=True))
    assert list(plan.target.iterdir()) == []


def test_a_damaged_store_makes_no_backup_and_costs_none(shop: Shop, plan: BackupPlan) -> None:
    good = make_backup(plan, BackupReason.HOURLY, shop.clock)
    shop.close()
    size = plan.data.database.stat().st_size
    zero(plan.data.database, size // 2 // 4096 * 4096, 4096 * 8)
    shop.clock.advance(timedelta(days=100))
    with pytest.raises(DamagedFileError) as caught:
        make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert caught.value.path == str(plan.data.database)
    assert newest_verified(plan.target) == good


def test_without_room_nothing_is_begun(shop: Shop, plan: BackupPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_module, "free_bytes", lambda _folder: 5_000)
    with pytest.raises(DiskFullError) as caught:
        make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert caught.value.free == 5_000
    assert caught.value.needed > 5_000
    assert list(plan.target.iterdir()) == []


def test_without_a_database_there_is_nothing_to_back_up(data: DataDir, shop: Shop) -> None:
    with pytest.raises(StoreFileMissingError):
        make_backup(BackupPlan(DataDir(data.root / "elsewhere")), BackupReason.MANUAL, shop.clock)


def test_a_folder_that_is_a_file_is_said(shop: Shop, data: DataDir) -> None:
    (data.root / "usb").write_text("not a folder", encoding="utf-8")
    with pytest.raises(BackupFailedError):
        make_backup(BackupPlan(data, folder=data.root / "usb"), BackupReason.MANUAL, shop.clock)


def test_photos_and_papers_belong_to_it_and_are_copied_once(shop: Shop, plan: BackupPlan) -> None:
    photo = plan.data.photos / "ab" / "abcd.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"photo")
    (plan.data.papers / "letter.pdf").write_bytes(b"%PDF")
    one = make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert one.files == {"photos/ab/abcd.jpg", "papers/letter.pdf"}
    pooled = plan.target / "files" / "photos" / "ab" / "abcd.jpg"
    before = pooled.stat().st_mtime_ns
    two = make_backup(plan, BackupReason.HOURLY, shop.clock)
    assert two.files == one.files
    assert pooled.stat().st_mtime_ns == before
    assert json.loads(two.manifest.read_text(encoding="utf-8"))["files"] == sorted(two.files)


def test_an_erased_photo_leaves_with_the_last_backup_that_names_it(shop: Shop, plan: BackupPlan) -> None:
    photo = plan.data.photos / "face.jpg"
    photo.write_bytes(b"photo")
    make_backup(plan, BackupReason.HOURLY, shop.clock)
    photo.unlink()
    shop.clock.advance(timedelta(hours=1))
    make_backup(plan, BackupReason.HOURLY, shop.clock)
    clear_old(plan, shop.clock)
    assert (plan.target / "files" / "photos" / "face.jpg").exists()
    for _ in range(30):
        shop.clock.advance(timedelta(days=30))
        make_backup(plan, BackupReason.HOURLY, shop.clock)
        clear_old(plan, shop.clock)
    assert not (plan.target / "files" / "photos" / "face.jpg").exists()


def test_a_file_of_unknown_origin_can_be_adopted(shop: Shop, plan: BackupPlan, tmp_path: Path) -> None:
    backup = make_backup(plan, BackupReason.MANUAL, shop.clock)
    loose = tmp_path / "from the stick.db"
    loose.write_bytes(backup.path.read_bytes())
    adopted = adopt(loose, None, shop.clock)
    assert adopted.contents == backup.contents
    assert list(tmp_path.glob("from the stick*")) == [loose], "nothing is written beside it"


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "missing"), (b"", "damaged"), (b"PK\x03\x04 a workbook", "damaged")]
)
def test_what_is_no_store_cannot_be_adopted(shop: Shop, tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "something.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BackupRefusedError) as caught:
        adopt(path, None, shop.clock)
    assert caught.value.reason == reason


def test_a_killed_backup_never_counts(shop: Shop, plan: BackupPlan) -> None:
    for pause in (0.01, 0.03, 0.06, 0.1):
        with subprocess.Popen(
            [sys.executable, "-c", BACKUP_FOREVER, str(plan.data.root)], stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            try:
                other.wait(pause)
            except subprocess.TimeoutExpired:
                other.kill()
    backups = list_backups(plan.target)
    for backup in backups:
        if backup.verified:
            verify_backup(backup)
    make_backup(plan, BackupReason.MANUAL, shop.clock)
    clear_old(plan, shop.clock)
    assert all(one.verified for one in list_backups(plan.target))
    assert not list(plan.target.glob("*.part*"))
