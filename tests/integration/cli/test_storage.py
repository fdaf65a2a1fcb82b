"""backup, restore, check: exit codes, JSON, one line of complaint."""

import json
from pathlib import Path

import pytest

from crmdesk.bootstrap.place import data_of, remember
from crmdesk.core.clock import SystemClock
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.instance import InstanceLock
from crmdesk.queries.audit import verify_audit
from tests.builders.begun import begun_store
from tests.integration.cli.telling import Told, tell


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return begun_store(tmp_path / "data")


def complaint(told: Told) -> str:
    assert told.code == 1
    assert told.out == ""
    lines = told.err.splitlines()
    assert len(lines) == 1
    return lines[0]


def acts(data: DataDir) -> list[str]:
    database = Database.open(data.database)
    try:
        with database.reading() as session:
            assert verify_audit(session).whole
            return list(session.connection().exec_driver_sql("SELECT act FROM audit_entry ORDER BY ordinal").scalars())
    finally:
        database.dispose()


def test_backup_check_restore(data: DataDir) -> None:
    made = tell("backup", "--data", str(data.root), "--json")
    assert made.code == 0, made.err
    backup = json.loads(made.out)
    assert backup["verified"]
    assert Path(backup["file"]).parent == data.backups
    assert backup["rows"]["store"] == 1
    data.database.write_bytes(b"not a database at all")
    assert "restore" in complaint(tell("check", "--data", str(data.root)))
    restored = tell("restore", "--data", str(data.root), "--json")
    assert restored.code == 0, restored.err
    assert json.loads(restored.out)["restored"] == backup["file"]
    checked = tell("check", "--data", str(data.root), "--json", "--thorough")
    assert checked.code == 0, checked.err
    report = json.loads(checked.out)
    assert report["whole"]
    assert report["audit"]["rows"] == 2
    assert acts(data) == ["store.begin", "store.restore"], "the backup holds the state before it was written down"


def test_backup_is_written_down_and_listed(data: DataDir, tmp_path: Path) -> None:
    tell("backup", "--data", str(data.root))
    tell("--data", str(data.root), "backup", "--to", str(tmp_path / "usb"))
    assert acts(data) == ["store.begin", "store.backup", "store.backup"]
    listed = tell("backup", "--list", "--data", str(data.root), "--json")
    assert [one["reason"] for one in json.loads(listed.out)] == ["manual"]
    assert len(list((tmp_path / "usb").glob("*.db"))) == 1


def test_backup_beside_a_running_window(data: DataDir) -> None:
    lock = InstanceLock.take(data, SystemClock())
    try:
        assert tell("backup", "--data", str(data.root)).code == 0
        assert "Another program" in complaint(tell("restore", "--data", str(data.root)))
    finally:
        lock.release()


def test_a_copy_made_by_hand_can_be_restored(data: DataDir, tmp_path: Path) -> None:
    made = json.loads(tell("backup", "--data", str(data.root), "--json").out)
    copy = tmp_path / "stick.db"
    copy.write_bytes(Path(made["file"]).read_bytes())
    assert tell("restore", str(copy), "--data", str(data.root)).code == 0


def test_a_file_that_is_no_backup_is_refused(data: DataDir, tmp_path: Path) -> None:
    before = data.database.read_bytes()
    letter = tmp_path / "letter.db"
    letter.write_text("Dear customer", encoding="utf-8")
    assert "cannot be restored" in complaint(tell("restore", str(letter), "--data", str(data.root)))
    assert "cannot be restored" in complaint(tell("restore", str(tmp_path / "none.db"), "--data", str(data.root)))
    assert data.database.read_bytes() == before


def test_no_store_makes_no_store(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for command in ("backup", "check"):
        assert "No store was begun" in complaint(tell(command, "--data", str(nowhere)))
    assert not nowhere.exists()


def test_a_lost_file_is_never_replaced_by_an_empty_one(data: DataDir) -> None:
    data.database.unlink()
    assert "missing" in complaint(tell("check", "--data", str(data.root)))
    assert not data.database.exists()


def test_damage_is_found(data: DataDir) -> None:
    database = Database.open(data.database)
    with database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE audit_entry SET detail = '{}'")
    database.dispose()
    checked = tell("check", "--data", str(data.root), "--json")
    assert checked.code == 3
    assert json.loads(checked.out)["audit"]["breaks"]


def test_a_wrong_command_line_is_usage() -> None:
    assert tell("backup", "--nonsense").code == 2
    assert tell("dance").code == 2
    assert tell("--help").code == 0


def test_the_folder_that_was_chosen_is_found_again(tmp_path: Path) -> None:
    usual, chosen = DataDir(tmp_path / "usual"), DataDir(tmp_path / "other disk")
    assert data_of(str(usual.root), {}).root == usual.root
    remember(usual, chosen)
    assert data_of(str(usual.root), {}).root == chosen.root
    assert data_of(None, {"CRMDESK_DATA": str(usual.root)}).root == chosen.root
    remember(usual, usual)
    assert data_of(str(usual.root), {}).root == usual.root
