"""``run`` (what happens without a command) and ``selftest``."""

import argparse
import json
import os
import sys

from crmdesk.cli.frame import Exit, Subparsers, command, complain


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
    return run_window(options.data, os.environ)


def selftest(options: argparse.Namespace) -> int:
    """Open a database, make papers, a sheet, a code and a window in a temporary folder; the answer is always JSON."""
    del options
    from crmdesk.bootstrap.selftest import selftest as try_everything

    report = try_everything()
    json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return Exit.OK if report["ok"] else Exit.FAILED
