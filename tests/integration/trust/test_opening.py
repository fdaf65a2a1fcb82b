"""Each trouble with the data folder has its own name, and none ends in a new empty database."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from crmdesk.core import trouble
from crmdesk.db import health
from crmdesk.db.backup import BackupPlan, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.health import Diagnosis, Expected, StoreState, check_is_due, check_structure, diagnose, note_checked
from crmdesk.db.raw import Mode, raw_connection
from crmdesk.migrations import runner
from tests.builders.harm import content_digests, cut, flip, swap, zero
from tests.builders.shop import OPENING, Shop

KNOWN: Final = [script.revision for script in runner.scripts().walk_revisions()]
EXPECTED: Final = Expected(None, KNOWN, runner.head())
AS_NOBODY: Final = """
import os, sys
from pathlib import Path
from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.health import Expected, diagnose
import crmdesk.db.raw, platformdirs
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    print(diagnose(DataDir(Path(sys.argv[1])), Expected()).state)
except EnvironmentTroubleError as error:
    print(type(error).__name__)
"""

HOLD_LOCK: Final = """
import sys
from pathlib import Path
from crmdesk.db.raw import Mode, raw_connection
with raw_connection(Path(sys.argv[1]), None, Mode.WRITE) as connection:
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.read()
"""


def refusal(data: DataDir, expected: Expected = EXPECTED) -> type[BaseException]:
    before = sorted(path.name for path in data.root.iterdir()) if data.root.is_dir() else None
    with pytest.raises(trouble.StorageTroubleError) as caught:
        diagnose(data, expected)
    if before is not None:
        after = {path.name for path in data.root.iterdir()} - {"crmdesk.db-wal", "crmdesk.db-shm"}
        assert after <= {*before, "backups", "photos", "papers", "logs", "drafts"}, "nothing new was made"
    return caught.type


def seen_by_nobody(data: DataDir) -> str:
    """Diagnose in a process without the rights of root, for whom nothing is read-only."""
    found = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(data.root)], capture_output=True, text=True, check=True, timeout=60
    )
    return found.stdout.strip()


@pytest.fixture
def closed(shop: Shop, data: DataDir) -> DataDir:
    shop.close()
    return data


@pytest.fixture
def public(closed: DataDir) -> DataDir:
    """Give the store in a folder that others may enter and write."""
    for folder in (closed.root, *closed.root.parents):
        if folder.stat().st_uid == os.getuid() and len(folder.parts) > 2:
            folder.chmod(folder.stat().st_mode | 0o711)
    for path in (closed.root, *closed.root.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return closed


def test_a_good_store_is_ready(closed: DataDir) -> None:
    assert diagnose(closed, EXPECTED) == Diagnosis(StoreState.READY, runner.head())


def test_an_older_store_wants_an_upgrade(closed: DataDir) -> None:
    assert diagnose(closed, Expected(None, [*KNOWN, "9999"], "9999")).state is StoreState.OLDER


def test_a_store_that_was_not_closed_is_ready_and_said(shop: Shop, data: DataDir) -> None:
    left = DataDir(data.root / "as if killed")
    left.prepare()
    for name in ("crmdesk.db", "crmdesk.db-wal"):
        shutil.copyfile(data.root / name, left.root / name)
    diagnosis = diagnose(left, EXPECTED)
    assert (diagnosis.state, diagnosis.unclean) == (StoreState.READY, True)
    assert content_digests(left.database) == content_digests(data.database)
    shop.close()


def test_an_empty_place_is_fresh_and_stays_empty(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "new")
    assert diagnose(data, EXPECTED).state is StoreState.FRESH
    assert not data.database.exists()


def test_a_lost_database_is_not_replaced(closed: DataDir) -> None:
    closed.database.unlink()
    assert refusal(closed) is trouble.StoreFileMissingError
    closed.database.touch()
    assert refusal(closed) is trouble.StoreFileMissingError
    closed.database.unlink()
    closed.mark.unlink()
    assert diagnose(closed, EXPECTED).state is StoreState.FRESH, "without mark and backup nobody knows better"


def test_a_lost_database_and_mark_are_remembered_by_a_backup(shop: Shop, data: DataDir) -> None:
    make_backup(BackupPlan(data), BackupReason.MANUAL, shop.clock)
    shop.close()
    data.database.unlink()
    data.mark.unlink()
    assert refusal(data) is trouble.StoreFileMissingError


def test_a_missing_drive_or_folder_above(tmp_path: Path) -> None:
    assert refusal(DataDir(tmp_path / "stick" / "store")) is trouble.FolderMissingError
    (tmp_path / "file").touch()
    assert refusal(DataDir(tmp_path / "file")) is trouble.FolderMissingError


def test_a_network_folder(closed: DataDir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "is_remote", lambda _folder: True)
    assert refusal(closed) is trouble.NetworkFolderError


def test_a_full_disk(closed: DataDir, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", no_room)
    monkeypatch.setattr(health, "free_bytes", lambda _folder: 0)
    assert refusal(closed) is trouble.DiskFullError


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_a_read_only_folder(public: DataDir) -> None:
    assert seen_by_nobody(public) == "ready"
    public.root.chmod(0o555)
    assert seen_by_nobody(public) == "FolderReadOnlyError"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_a_read_only_file(public: DataDir) -> None:
    public.database.chmod(0o444)
    assert seen_by_nobody(public) == "StoreFileReadOnlyError"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_a_file_of_somebody_else(public: DataDir) -> None:
    public.database.chmod(0o600)
    os.chown(public.database, 0, 0)
    assert seen_by_nobody(public) == "StoreFileUnreadableError"


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04" + b"a workbook " * 900, b"%PDF-1.7\n" * 1000, bytes(8192)])
def test_something_else_under_the_name(closed: DataDir, content: bytes) -> None:
    closed.database.write_bytes(content)
    assert refusal(closed) is trouble.NotAStoreFileError


def test_the_database_of_another_program(closed: DataDir) -> None:
    closed.database.unlink()
    with raw_connection(closed.database, None, Mode.CREATE) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    assert refusal(closed) is trouble.NotAStoreFileError


def encrypt(data: DataDir, key: str) -> None:
    safe = data.root / "safe.db"
    with raw_connection(data.database, None, Mode.WRITE) as plain:
        plain.execute(f"ATTACH '{safe}' AS safe KEY '{key}'")
        plain.execute("SELECT sqlcipher_export('safe')")
    safe.replace(data.database)


def test_keys(closed: DataDir) -> None:
    assert refusal(closed, Expected("a key", KNOWN)) is trouble.NotEncryptedError
    encrypt(closed, "open sesame")
    assert refusal(closed) is trouble.KeyNeededError
    assert refusal(closed, Expected("wrong", KNOWN)) is trouble.WrongKeyError
    assert diagnose(closed, Expected("open sesame", KNOWN)).state is StoreState.READY


def test_a_newer_schema(closed: DataDir) -> None:
    with raw_connection(closed.database, None, Mode.WRITE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(trouble.NewerSchemaError) as caught:
        diagnose(closed, EXPECTED)
    assert caught.value.revision == "9999"


def test_another_program_holds_the_file(closed: DataDir) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(closed.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert refusal(closed) is trouble.LockedByAnotherError
        other.kill()


@pytest.mark.parametrize("size", [50, 4096, 40_960])
def test_a_file_cut_off(closed: DataDir, size: int) -> None:
    cut(closed.database, size)
    with pytest.raises(trouble.TruncatedFileError) as caught:
        diagnose(closed, EXPECTED)
    assert caught.value.found_bytes == size
    assert caught.value.expected_bytes > size


def test_damage_inside_is_found_by_the_check(closed: DataDir) -> None:
    pages = closed.database.stat().st_size // 4096
    good = closed.database.read_bytes()
    found = 0
    for page in range(1, pages, max(1, pages // 12)):
        zero(closed.database, page * 4096, 4096)
        try:
            diagnose(closed, EXPECTED)
        except trouble.DamagedFileError as error:
            found += bool(error.findings)
        closed.database.write_bytes(good)
    assert found >= 11, "a page may be free"


def test_bit_flips_in_the_structure_and_swapped_pages(closed: DataDir) -> None:
    good = closed.database.read_bytes()
    flip(closed.database, 8 * 4096, 8)
    assert refusal(closed) is trouble.DamagedFileError
    with pytest.raises(trouble.DamagedFileError):
        check_structure(closed.database, None)
    closed.database.write_bytes(good)
    swap(closed.database, 5, 9)
    assert refusal(closed) is trouble.DamagedFileError


def test_the_check_is_due_daily_and_after_an_unclean_end(shop: Shop, data: DataDir) -> None:
    assert check_is_due(data, OPENING)
    note_checked(data, OPENING)
    assert check_is_due(data, OPENING), "the log is not empty: still open"
    shop.close()
    assert not check_is_due(data, OPENING + timedelta(hours=23))
    assert check_is_due(data, OPENING + timedelta(hours=25))
    assert check_is_due(data, OPENING - timedelta(hours=1)), "a clock that went back proves nothing"


def test_opening_after_the_diagnosis_finds_everything(shop: Shop, data: DataDir) -> None:
    shop.close()
    diagnose(data, EXPECTED)
    database = Database.open(data.database)
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM member").scalar_one() == 20
    database.dispose()
