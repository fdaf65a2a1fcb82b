"""The made-up store for looking around: in a folder of its own, made when it is first asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmdesk.core.clock import SystemClock
from crmdesk.db.data_dir import DataDir
from crmdesk.db.files import read_json_object, write_json

_FOLDER: Final = "sample"
_UNDER_WAY: Final = "sample-unfinished"
_NOTE: Final = "sample.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """How it is made: ``fill`` makes a whole store in an empty folder and gives the PIN of everybody in it."""

    fill: Callable[[Path], str]


def sample_folder(first: DataDir) -> DataDir:
    """Give where the made-up store beside the one in ``first`` lies."""
    return DataDir(first.root / _FOLDER)


def sample_pin(data: DataDir) -> str:
    """Give the PIN of the people in a made-up store; empty for a real one."""
    return str((read_json_object(data.root / _NOTE) or {}).get("pin", ""))


def name_pin(data: DataDir, pin: str) -> None:
    """Note that the store in ``data`` is made up, and everybody's PIN in it.

    Raises:
        OSError: the folder cannot be written.
    """
    write_json(data.root / _NOTE, {"pin": pin})


def make_sample(sample: Sample, first: DataDir) -> None:
    """Make the store unless it is there; one whose making was interrupted is made anew.

    Raises:
        StorageTroubleError: it cannot be made there.
    """
    from crmdesk.db.health import check_folder

    target = sample_folder(first)
    if sample_pin(target):
        return
    work = DataDir(first.root / f"{_UNDER_WAY}-{SystemClock().now():%Y%m%d%H%M%S}")
    check_folder(first)
    pin = sample.fill(work.root)
    name_pin(work, pin)
    work.root.rename(target.root)
