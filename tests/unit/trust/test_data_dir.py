"""Where the data lies, who holds it, and the settings of this computer."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crmdesk.core import settings_desk, settings_service
from crmdesk.core.clock import FixedClock
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.trouble import LockedByAnotherError
from crmdesk.db.data_dir import VARIABLE, DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.files import UNFINISHED, write_json, write_whole
from crmdesk.db.instance import InstanceLock, holder_of, socket_name

CLOCK = FixedClock(datetime(2026, 11, 21, 6, 0, tzinfo=UTC))
HOLD = """
import sys
from pathlib import Path
from crmdesk.core.clock import SystemClock
from crmdesk.db.data_dir import DataDir
from crmdesk.db.instance import InstanceLock
lock = InstanceLock.take(DataDir(Path(sys.argv[1])), SystemClock())
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    place = DataDir(tmp_path / "data")
    place.prepare()
    return place


def test_the_argument_wins_over_the_variable_and_the_default(tmp_path: Path) -> None:
    there = {VARIABLE: str(tmp_path / "variable")}
    assert DataDir.locate(tmp_path / "asked", there).root == tmp_path / "asked"
    assert DataDir.locate(None, there).root == tmp_path / "variable"
    assert DataDir.locate(None, {}).root.name == "crmdesk"


def test_naming_the_folder_makes_nothing(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    assert not data.marked()
    assert not data.root.exists()
    data.prepare()
    assert all(folder.is_dir() for folder in data.folders())


def test_the_mark_says_that_a_store_is_here(data: DataDir) -> None:
    assert not data.marked()
    data.set_mark(CLOCK.now(), encrypted=True)
    assert data.marked()
    assert data.is_marked_encrypted()


def test_a_backup_is_a_mark_too(data: DataDir) -> None:
    (data.backups / "20261121T060000Z-hourly.db").touch()
    assert data.marked()


def test_second_taker_is_told_who_holds_it(data: DataDir) -> None:
    lock = InstanceLock.take(data, CLOCK)
    with pytest.raises(LockedByAnotherError) as caught:
        InstanceLock.take(data, CLOCK)
    assert caught.value.pid == lock.holder.pid
    assert caught.value.since == CLOCK.now()
    holder = holder_of(data)
    assert holder is not None
    assert holder.socket == socket_name(data)
    lock.release()
    lock.release()
    InstanceLock.take(data, CLOCK).release()


def test_the_lock_of_a_killed_program_is_free(data: DataDir) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockedByAnotherError) as caught:
            InstanceLock.take(data, CLOCK)
        assert caught.value.pid == other.pid
        other.kill()
    InstanceLock.take(data, CLOCK).release()


def test_an_unreadable_note_still_refuses(data: DataDir) -> None:
    lock = InstanceLock.take(data, CLOCK)
    data.holder.write_text("{", encoding="utf-8")
    with pytest.raises(LockedByAnotherError) as caught:
        InstanceLock.take(data, CLOCK)
    assert caught.value.pid == 0
    lock.release()


def test_two_spellings_of_a_folder_have_one_socket(data: DataDir, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(data.root)
    assert socket_name(DataDir(tmp_path / "link")) == socket_name(data)
    assert socket_name(DataDir(tmp_path / "other")) != socket_name(data)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    write_json(path, {"language": "en"})

    def fail(_file: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(path, fail)
    assert json.loads(path.read_text(encoding="utf-8")) == {"language": "en"}
    assert not list(tmp_path.glob(f"*{UNFINISHED}"))


def test_desk_settings_are_kept(data: DataDir) -> None:
    desk = DeskFile(data.desk_file)
    assert desk.get(settings_desk.LANGUAGE) == "zh_CN"
    desk.put(settings_desk.LANGUAGE, "en")
    desk.put(settings_desk.PRINTERS, {"card": "Zebra"})
    again = DeskFile(data.desk_file)
    assert again.get(settings_desk.LANGUAGE) == "en"
    assert again.get(settings_desk.PRINTERS) == {"card": "Zebra"}


def test_a_store_setting_does_not_belong_into_the_desk_file(data: DataDir) -> None:
    with pytest.raises(SettingRefusedError):
        DeskFile(data.desk_file).put(settings_service.LOANER_LIMIT_DAYS, 6)
    assert not data.desk_file.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"language": "klingon"}'])
def test_a_broken_desk_file_gives_the_defaults(data: DataDir, content: bytes) -> None:
    data.desk_file.write_bytes(content)
    desk = DeskFile(data.desk_file)
    assert desk.get(settings_desk.LANGUAGE) == "zh_CN"
    desk.put(settings_desk.LANGUAGE, "en")
    assert DeskFile(data.desk_file).get(settings_desk.LANGUAGE) == "en"
