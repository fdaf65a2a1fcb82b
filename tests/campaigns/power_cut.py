"""Simulated power cuts: at a random moment each sector written and not yet flushed is kept or lost by chance.

A small C library writes down what the program does to its files; the cuts are then made from these notes. What the
notes cannot show, such as a disk that lies about flushing, is not simulated.
"""

import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from crmdesk.core.trouble import StorageTroubleError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.health import Expected, diagnose
from crmdesk.db.raw import DRIVER_ERROR, Mode, raw_connection
from crmdesk.migrations import runner
from tests.builders.shop import OPENING, open_shop

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
SECTOR: Final = 512
CUTS: Final = 300
SHORT_CUTS: Final = 25
SAVES: Final = 120
HEADER: Final = struct.Struct("<cIQI")
ACKNOWLEDGED: Final = "acknowledged"


@dataclass(frozen=True, slots=True)
class Act:
    """One change of a file: W write, T cut to a length, S flushed, U removed."""

    operation: str
    name: str
    offset: int
    content: bytes


@dataclass
class Disk:
    """What is surely on the disk, and what is on its way."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    waiting: dict[str, list[Act]] = field(default_factory=dict)
    acknowledged: list[tuple[str, int]] = field(default_factory=list)

    def apply(self, act: Act) -> None:
        """Take the next act in."""
        if act.name == ACKNOWLEDGED:
            if act.operation == "W":
                kind, key = act.content.decode().split()
                self.acknowledged.append((kind, int(key)))
        elif act.operation == "S":
            content = self.sure.setdefault(act.name, bytearray())
            for one in self.waiting.pop(act.name, []):
                _change(content, one)
        elif act.operation == "U":
            self.sure.pop(act.name, None)
            self.waiting.pop(act.name, None)
        else:
            self.waiting.setdefault(act.name, []).append(act)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """Give the files as they are when the power comes back."""
        files = {name: bytearray(content) for name, content in self.sure.items()}
        for name, acts in self.waiting.items():
            content = files.setdefault(name, bytearray())
            for act in acts:
                for part in _sectors(act):
                    if chance.random() < 0.5:
                        _change(content, part)
        return {name: bytes(content) for name, content in files.items()}


def can_run() -> bool:
    """Tell whether notes can be taken on this computer."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def campaign(*, short: bool = False) -> list[str]:
    """Cut the power often; give what was lost or damaged, one line each."""
    if not can_run():
        print("power cuts: not run, they need Linux and a C compiler")
        return []
    cuts = SHORT_CUTS if short else CUTS
    failures = cut_often(cuts, "shipped", seed=3)
    weaker = cut_often(cuts, "NORMAL", seed=3)
    print(f"power cuts: {cuts}, {len(failures)} with a loss; {len(weaker)} with synchronous=NORMAL instead of FULL")
    if not weaker and not short:
        failures.append("the campaign does not notice what synchronous=NORMAL loses")
    return failures


def cut_often(cuts: int, synchronous: str, seed: int) -> list[str]:
    """Take notes of one run, cut it at random moments; give one line for each cut that lost something."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = DataDir(folder / "data")
        data.prepare()
        open_shop(data.root).close()
        before = {data.database.name: bytearray(data.database.read_bytes())}
        acts = list(_notes(folder, data, synchronous))
        chance = random.Random(seed)
        moments = sorted(chance.randrange(len(acts)) for _ in range(cuts))
        disk, done, failures = Disk(before), 0, []
        for number, moment in enumerate(moments):
            for act in acts[done:moment]:
                disk.apply(act)
            done = moment
            lost = _look(folder / f"cut{number}", disk.cut(chance), disk.acknowledged)
            failures += [f"cut {number} after {moment} of {len(acts)} acts: {lost}"] if lost else []
        return failures


def _notes(folder: Path, data: DataDir, synchronous: str) -> Iterator[Act]:
    library, log = folder / "notes.so", folder / "notes"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "power_cut.c", "-ldl"], check=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": str(library),
        "CUT_LOG": str(log),
        "CUT_FOLDER": f"{data.root.resolve()}/",
    }
    command = [sys.executable, str(HERE / "power_cut_worker.py"), str(data.root), str(SAVES), synchronous]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    content = memoryview(log.read_bytes())
    place = 0
    while place < len(content):
        operation, name_length, offset, length = HEADER.unpack_from(content, place)
        place += HEADER.size
        name = bytes(content[place : place + name_length]).decode()
        place += name_length
        yield Act(operation.decode(), name, offset, bytes(content[place : place + length]))
        place += length


def _sectors(act: Act) -> Iterator[Act]:
    if act.operation != "W":
        yield act
        return
    start = 0
    while start < len(act.content):
        size = SECTOR - (act.offset + start) % SECTOR
        yield Act("W", act.name, act.offset + start, act.content[start : start + size])
        start += size


def _change(content: bytearray, act: Act) -> None:
    if act.operation == "T":
        content[act.offset :] = bytes(max(0, act.offset - len(content)))
        return
    if len(content) < act.offset:
        content.extend(bytes(act.offset - len(content)))
    content[act.offset : act.offset + len(act.content)] = act.content


def _look(place: Path, files: dict[str, bytes], acknowledged: list[tuple[str, int]]) -> str:
    data = DataDir(place)
    data.prepare()
    data.set_mark(OPENING)
    for name, content in files.items():
        if not name.endswith("-shm"):  # made anew from the log
            (place / name).write_bytes(content)
    try:
        diagnose(data, Expected(None, runner.known_revisions(), runner.head()))
        with raw_connection(data.database, None, Mode.WRITE) as connection:
            there = {
                kind: {row[0] for row in connection.execute(f"SELECT id FROM {kind}").fetchall()}  # noqa: S608
                for kind in ("member", "ticket")
            }
    except (StorageTroubleError, DRIVER_ERROR) as trouble:
        return f"{type(trouble).__name__} {trouble}"
    finally:
        shutil.rmtree(place, ignore_errors=True)
    lost = sum(key not in there[kind] for kind, key in acknowledged)
    return f"{lost} of {len(acknowledged)} acknowledged saves lost" if lost else ""


if __name__ == "__main__":
    sys.exit(1 if campaign(short="--short" in sys.argv) else 0)
