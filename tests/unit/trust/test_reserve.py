"""The reserve makes the next save on a full disk work."""

import errno
from pathlib import Path

import pytest

from crmdesk.db.reserve import Reserve, is_disk_full


def full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def reserve(tmp_path: Path) -> Reserve:
    return Reserve(tmp_path / "reserve.bin", size=3_000_000)


def test_filling_takes_real_space_once(reserve: Reserve, tmp_path: Path) -> None:
    assert not reserve.is_whole()
    assert reserve.fill()
    status = (tmp_path / "reserve.bin").stat()
    assert status.st_size == 3_000_000
    assert status.st_blocks * 512 >= 3_000_000, "not a file with holes"
    assert reserve.fill()
    assert (tmp_path / "reserve.bin").stat().st_mtime_ns == status.st_mtime_ns


def test_no_room_for_the_reserve_is_no_failure(tmp_path: Path) -> None:
    assert not Reserve(tmp_path / "missing" / "reserve.bin").fill()


def test_a_save_on_a_full_disk_is_run_again_with_the_space(reserve: Reserve) -> None:
    reserve.fill()
    runs = []

    def save() -> str:
        runs.append(reserve.is_whole())
        if reserve.is_whole():
            raise full()
        return "saved"

    assert reserve.used_when_full(save) == "saved"
    assert runs == [True, False]


def test_without_a_reserve_the_trouble_comes_out(reserve: Reserve) -> None:
    with pytest.raises(OSError, match="No space"):
        reserve.used_when_full(lambda: (_ for _ in ()).throw(full()))


def test_other_troubles_leave_the_reserve_alone(reserve: Reserve) -> None:
    reserve.fill()

    def broken() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        reserve.used_when_full(broken)
    assert reserve.is_whole()


def test_a_full_disk_is_known_by_its_cause() -> None:
    wrapped = RuntimeError("saving failed")
    wrapped.__cause__ = full()
    assert is_disk_full(wrapped)
    assert not is_disk_full(RuntimeError("disk is full"))
