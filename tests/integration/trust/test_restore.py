"""A restore gives back everything, or touches nothing; interrupted anywhere, there is always one whole database."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.trouble import BackupRefusedError, DiskFullError, LockedByAnotherError
from crmdesk.db import restore as restore_module
from crmdesk.db.backup import BackupPlan, adopt, make_backup
from crmdesk.db.backup_shelf import Backup, BackupReason
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.raw import Mode
from crmdesk.db.restore import finish_restore, replaced_databases, restore
from crmdesk.migrations import runner
from crmdesk.queries import paper_register as register_rows
from crmdesk.services import paper_register
from crmdesk.services.paper_register import RegisterPaper
from tests.builders.harm import content_digests, cut, flip
from tests.builders.shop import Shop
from tests.builders.work import grow


class PowerCutError(Exception):
    """Stands for the end of the program at this step."""


@pytest.fixture
def backup(shop: Shop, plan: BackupPlan) -> Backup:
    """Give a backup, after which the store has gone on working."""
    (plan.data.photos / "case.jpg").write_bytes(b"photo")
    backup = make_backup(plan, BackupReason.MANUAL, shop.clock)
    shop.clock.advance(timedelta(hours=1))
    grow(shop, 5)
    return backup


def test_drill_every_table_comes_back_by_content(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    later = content_digests(data.database)
    restored = restore(data, backup, shop.clock, known_revisions={runner.head()})
    assert content_digests(data.database) == content_digests(backup.path, mode=Mode.FROZEN)
    assert content_digests(data.database) != later
    assert restored.aside is not None
    assert replaced_databases(data) == [restored.aside / "crmdesk.db"]
    assert content_digests(replaced_databases(data)[0]) == later
    assert not data.restore_plan.exists()


def test_after_it_the_store_works_on(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    restore(data, backup, shop.clock)
    again = Shop(Database.open(data.database), shop.clock)
    grow(again, 1)
    with again.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM member").scalar_one() == 21
    again.close()


def test_lost_photos_come_back_and_later_ones_stay(shop: Shop, data: DataDir, backup: Backup) -> None:
    (data.photos / "case.jpg").unlink()
    (data.photos / "later.jpg").write_bytes(b"later")
    shop.close()
    assert restore(data, backup, shop.clock).files_lost == ()
    assert (data.photos / "case.jpg").read_bytes() == b"photo"
    assert (data.photos / "later.jpg").exists()


def test_kept_papers_come_back_byte_for_byte(shop: Shop, data: DataDir, plan: BackupPlan) -> None:
    content = b"%PDF as it left the printer"
    paper = RegisterPaper(PaperKind.SERVICE_SLIP, "R-01-261121-0001", "zh_CN")
    kept = shop.do(paper_register.give_out, paper, GivenOut(content, printer="EPSON LQ-630K"), shop.context())
    saved = make_backup(plan, BackupReason.MANUAL, shop.clock)
    shop.close()
    shutil.rmtree(data.papers)
    assert restore(data, saved, shop.clock).files_lost == ()
    again = Shop(Database.open(data.database), shop.clock)
    with again.reading() as session:
        assert register_rows.content(session, kept.id) == content
    again.close()


def test_a_photo_damaged_in_the_backup_is_named(shop: Shop, data: DataDir, backup: Backup) -> None:
    (data.photos / "case.jpg").unlink()
    flip(data.backups / "files" / "photos" / "case.jpg", 0)
    shop.close()
    assert restore(data, backup, shop.clock).files_lost == ("photos/case.jpg",)
    assert not (data.photos / "case.jpg").exists()


def test_a_wrecked_or_missing_database_is_no_obstacle(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    data.database.write_bytes(b"\x00" * 50_000)
    restore(data, backup, shop.clock)
    good = content_digests(data.database)
    data.database.unlink()
    shop.clock.advance(timedelta(seconds=1))
    assert restore(data, backup, shop.clock).aside is None
    assert content_digests(data.database) == good


def test_a_fresh_computer_can_start_from_a_backup(shop: Shop, backup: Backup, tmp_path: Path) -> None:
    loose = tmp_path / "stick" / "old.db"
    loose.parent.mkdir()
    shutil.copyfile(backup.path, loose)
    new = DataDir(tmp_path / "new computer")
    restore(new, adopt(loose, None, shop.clock), shop.clock)
    assert new.marked()
    assert content_digests(new.database) == content_digests(backup.path, mode=Mode.FROZEN)


def test_a_bad_backup_touches_nothing(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    before = data.database.read_bytes()
    flip(backup.path, backup.size // 3)
    with pytest.raises(BackupRefusedError) as caught:
        restore(data, backup, shop.clock)
    assert caught.value.reason == "changed"
    cut(backup.path, 0)
    with pytest.raises(BackupRefusedError):
        restore(data, backup, shop.clock)
    backup.path.unlink()
    with pytest.raises(BackupRefusedError):
        restore(data, backup, shop.clock)
    assert data.database.read_bytes() == before
    assert not data.replaced.exists()


def test_a_backup_of_a_newer_program_is_refused(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    with pytest.raises(BackupRefusedError) as caught:
        restore(data, backup, shop.clock, known_revisions={"0001"})
    assert caught.value.reason == "newer"


def test_without_room_nothing_is_touched(
    shop: Shop, data: DataDir, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.close()
    before = data.database.read_bytes()
    monkeypatch.setattr(restore_module, "free_bytes", lambda _folder: backup.size - 1)
    with pytest.raises(DiskFullError) as caught:
        restore(data, backup, shop.clock)
    assert caught.value.needed > caught.value.free
    assert data.database.read_bytes() == before
    assert not list(data.root.glob("*.incoming*"))


def test_a_store_in_use_is_not_replaced(shop: Shop, data: DataDir, backup: Backup) -> None:
    with shop.database.transaction(), pytest.raises(LockedByAnotherError):
        restore(data, backup, shop.clock)
    with shop.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM member").scalar_one() == 25


@pytest.mark.parametrize("step", ["_put_aside", "_link_or_copy", "flush_folder", "_forget_old"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_cut_at_any_step_the_next_start_finishes(
    shop: Shop, data: DataDir, backup: Backup, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    shop.close()
    real = getattr(restore_module, step)
    calls = 0

    def cut_off(*args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise PowerCutError
        return real(*args)

    monkeypatch.setattr(restore_module, step, cut_off)
    try:
        restore(data, backup, shop.clock)
    except PowerCutError:
        assert data.database.is_file(), "never without a database"
    monkeypatch.setattr(restore_module, step, real)
    finish_restore(data)
    assert content_digests(data.database) == content_digests(backup.path, mode=Mode.FROZEN)
    assert not list(data.root.glob("*.incoming*"))
    assert not data.restore_plan.exists()


def test_the_old_log_is_never_played_into_the_new_file(shop: Shop, data: DataDir, backup: Backup) -> None:
    log = data.database.with_name("crmdesk.db-wal")
    kept = log.read_bytes()
    assert kept, "the store is open, its log is not empty"
    shop.close()
    log.write_bytes(kept)
    restore(data, backup, shop.clock)
    assert not log.exists() or log.stat().st_size == 0
    assert content_digests(data.database) == content_digests(backup.path, mode=Mode.FROZEN)


def test_an_interrupted_copy_is_swept_away(shop: Shop, data: DataDir) -> None:
    shop.close()
    before = content_digests(data.database)
    data.database.with_name("crmdesk.db.incoming").write_bytes(b"half")
    assert not finish_restore(data)
    assert not data.database.with_name("crmdesk.db.incoming").exists()
    assert content_digests(data.database) == before


def test_only_the_newest_replaced_databases_are_kept(shop: Shop, data: DataDir, backup: Backup) -> None:
    shop.close()
    for _ in range(8):
        shop.clock.advance(timedelta(minutes=1))
        restore(data, backup, shop.clock)
    assert len(replaced_databases(data)) == 5
    assert len(list(data.replaced.iterdir())) == 5
