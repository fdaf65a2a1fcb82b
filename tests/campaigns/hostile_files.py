"""Big and broken import files, each read in a process of its own: refused or read, in 10 seconds and 150 MB more.

Broken ones are ordinary files with bytes changed at random, from a seed; they may not end the process.
"""

import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.builders.outside_files import DATA, HEADER_XML, package, sheet_part

ROOT: Final = Path(__file__).resolve().parents[2]
SECONDS: Final = 10.0
MEGABYTES: Final = 150
# A full sheet of the largest size that is taken is no hostile file: what an import may need counts for it.
FULL: Final = "two million texts"
MEGABYTES_FULL: Final = 300
BROKEN: Final = 20_000
BROKEN_SHORT: Final = 300
SHEET: Final = "xl/worksheets/sheet1.xml"
# Reads one file after the other; says after each what came of it, the seconds of the processor, and the peak of memory.
CHILD: Final = """
import datetime, json, sys, time
from itertools import islice
from pathlib import Path
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.guessing import guess_mapping
from crmdesk.exchange.members import check_members
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.troubles import FileRefusedError
import python_calamine, olefile
LINUX = Path("/proc/self/clear_refs").exists()  # elsewhere only time and survival are looked at
def peak():
    if not LINUX: return 0.0
    words = Path("/proc/self/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) / 1024
for line in sys.stdin:
    if LINUX: Path("/proc/self/clear_refs").write_text("5")
    before, began, rows = peak(), time.process_time(), 0
    try:
        table = open_table(Path(line.strip()))
        rows = sum(1 for _ in table.rows())
        seconds = time.process_time() - began
        mapping = guess_mapping(table, ImportKind.MEMBERS)
        for _ in islice(check_members(table, mapping, datetime.date(2026, 11, 21)), 1000): pass
        said = "read"
    except FileRefusedError as refused:
        said, seconds = refused.reason.value, time.process_time() - began
    print(json.dumps([said, rows, seconds, peak() - before]), flush=True)
"""


def _rows(count: int, columns: str, cell: str) -> Iterator[str]:
    for number in range(2, count + 2):
        yield f'<row r="{number}">{"".join(cell.format(letter=letter, number=number) for letter in columns)}</row>'


def _sheet(target: Path, count: int, columns: str, cell: str) -> None:
    """Write a workbook with very many rows, streamed."""
    head, tail = sheet_part("|").split("|")
    target.write_bytes(package())
    with zipfile.ZipFile(target) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != SHEET}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
        with new.open(SHEET, "w", force_zip64=True) as stream:
            stream.write((head + HEADER_XML).encode())
            for row in _rows(count, columns, cell):
                stream.write(row.encode())
            stream.write(tail.encode())


def _one_cell(target: Path, megabytes: int) -> None:
    text = "".join(random.Random(1).choices("abcdefghijklmnop", k=1_000_000))
    cell = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{text * megabytes}</t></is></c></row>'
    target.write_bytes(package(HEADER_XML + cell))


def _text(target: Path, row: str, count: int) -> None:
    with target.open("w", encoding="utf-8") as stream:
        stream.write("姓名,手机,备注\n")
        for number in range(count):
            stream.write(row.format(number=13_000_000_000 + number))


NUMBER: Final = '<c r="{letter}{number}"><v>13{number:09d}</v></c>'
BLANK: Final = '<c r="{letter}{number}" s="1"/>'
TEXT: Final = '<c r="{letter}{number}" t="inlineStr"><is><t>some words {number}</t></is></c>'
BIG: Final[dict[str, tuple[str, Callable[[Path], None]]]] = {
    "cell of 300 MB": ("xlsx", lambda path: _one_cell(path, 300)),
    "cell of 100 MB": ("xlsx", lambda path: _one_cell(path, 100)),
    "a million rows": ("xlsx", lambda path: _sheet(path, 1_000_000, "AB", NUMBER)),
    "a million wide rows": ("xlsx", lambda path: _sheet(path, 1_000_000, "ABCDEFGHIJ", NUMBER)),
    "a million blank rows": ("xlsx", lambda path: _sheet(path, 1_000_000, "ABC", BLANK)),
    FULL: ("xlsx", lambda path: _sheet(path, 199_000, "ABCDEFGHIJ", TEXT)),
    "a million lines": ("csv", lambda path: _text(path, "周敏,{number},x\n", 1_000_000)),
    "a line of 200 MB": ("csv", lambda path: _text(path, "x" * 1_000_000, 200)),
    "a quote over 200 MB": ("csv", lambda path: _text(path, '"' + "x\n" * 500_000, 200)),
}


def campaign(*, short: bool = False) -> list[str]:
    """Read every big file (small selection when short) and many broken ones; give what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        failures = [] if short else _big_files(Path(folder))
        return failures + _broken_files(Path(folder), BROKEN_SHORT if short else BROKEN)


def _big_files(folder: Path) -> list[str]:
    failures = []
    for title, (suffix, make) in BIG.items():
        path = folder / f"big.{suffix}"
        make(path)
        said, rows, seconds, memory = _read([path])[0]
        print(f"    {title}: {said}, {rows} rows, {seconds:.1f} s, +{memory:.0f} MB", flush=True)
        if seconds > SECONDS or memory > (MEGABYTES_FULL if title == FULL else MEGABYTES):
            failures.append(f"{title}: {said}, {seconds:.1f} s, +{memory:.0f} MB")
        path.unlink()
    return failures


def _broken_files(folder: Path, count: int) -> list[str]:
    chance = random.Random(2026)
    seeds = [
        (DATA / "members.xls").read_bytes(),
        (DATA / "password.xlsx").read_bytes(),
        package(),
        "姓名,手机,生日\n周敏,13800138000,1985-3-5\n".encode(),
        "姓名\t手机\n周敏\t1\n".encode("utf-16"),
    ]
    paths = []
    for number in range(count):
        path = folder / f"broken{number}.bin"
        path.write_bytes(_broken(chance, chance.choice(seeds)))
        paths.append(path)
    answers = _read(paths)
    failures = [f"file {len(answers)} of seed 2026 ended the process"] if len(answers) < count else []
    slow = [(at, answer) for at, answer in enumerate(answers) if answer[2] > SECONDS or answer[3] > MEGABYTES]
    return failures + [f"file {at} of seed 2026: {answer}" for at, answer in slow]


def _broken(chance: random.Random, content: bytes) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        at = chance.randrange(len(broken))
        kind = chance.random()
        if kind < 0.6:
            broken[at] = chance.randrange(256)
        elif kind < 0.7:
            del broken[max(at, 1) :]
        elif kind < 0.85:
            broken[at : at + chance.randrange(8)] = chance.randbytes(chance.randrange(8)) or b"x"
        else:
            broken[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
    return bytes(broken)


def _read(paths: list[Path]) -> list[tuple[str, int, float, float]]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="".join(f"{path}\n" for path in paths),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]
