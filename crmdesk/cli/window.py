"""``run`` (what happens without a command) and ``selftest``."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, command, complain
from crmdesk.core.clock import SystemClock

if TYPE_CHECKING:
    from crmdesk.bootstrap.sample import Sample

_SAMPLE_MEMBERS = 150
_SAMPLE_SEED = 1


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    command(subparsers, "run", "open the window (also without any command)", run)
    command(subparsers, "selftest", "try every part of the program and print what works", selftest)


def run(options: argparse.Namespace) -> int:
    """Open the window; with ``--selftest`` try everything instead."""
    if options.selftest:
        return selftest(options)
    try:
        from crmdesk.bootstrap.program import run_window
    except ImportError as error:
        complain(f"the window cannot be opened: {error}")
        return Exit.FAILED
    return run_window(options.data, os.environ, _sample())


def selftest(options: argparse.Namespace) -> int:
    """Open a database, make papers, a sheet, a code and a window in a temporary folder; the answer is always JSON."""
    del options
    from crmdesk.bootstrap.selftest import selftest as try_everything

    report = try_everything()
    json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return Exit.OK if report["ok"] else Exit.FAILED


def _sample() -> "Sample":
    from crmdesk.bootstrap.sample import Sample

    return Sample(_fill)


def _fill(folder: Path) -> str:
    """Make a store with a year of work in an empty folder; give the PIN of everybody in it."""
    from crmdesk.bootstrap.house import begin, enter
    from crmdesk.db.data_dir import DataDir
    from crmdesk.demo.shop import PIN
    from crmdesk.demo.year import build

    clock = SystemClock()
    house = begin(enter(DataDir(folder), clock), clock)
    try:
        if house.opened is not None:
            build(house.opened.database, clock.now(), _SAMPLE_MEMBERS, _SAMPLE_SEED)
            house.data.set_mark(clock.now())
    finally:
        house.close()
    return PIN
