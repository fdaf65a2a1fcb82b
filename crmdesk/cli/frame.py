"""What all commands share: their options, how they answer, how they end."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from crmdesk.bootstrap.place import data_of
from crmdesk.db.data_dir import DataDir

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Exit(IntEnum):
    """How a command ended; schedulers look at this number."""

    OK = 0
    FAILED = 1  # refused, or trouble with the computer; one line on stderr says what
    USAGE = 2  # the command line was wrong
    FOUND = 3  # done, and something was found: damage by check, rejected rows by import
    DEFECT = 70
    INTERRUPTED = 130


Run = Callable[[argparse.Namespace], int]
# Anything that JSON can say; wider than what settings hold, which know no fractions.
Value: TypeAlias = "str | int | float | Sequence[Value] | Mapping[str, Value] | None"
# The type has no public name.
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def command(subparsers: Subparsers, name: str, summary: str, run: Run) -> argparse.ArgumentParser:
    """Add a command that also takes ``--data`` and ``--json`` behind its name.

    Args:
        subparsers: what a group's ``add`` was given.
        name: the command.
        summary: one English line for ``--help``.
        run: gets the options and gives an ``Exit``.

    Returns:
        Its parser, for further arguments.
    """
    parser = subparsers.add_parser(name, help=summary, description=summary)
    add_common(parser, default=argparse.SUPPRESS)
    parser.set_defaults(run=run)
    return parser


def add_common(parser: argparse.ArgumentParser, default: object = None) -> None:
    """Let a parser take the options of every command."""
    parser.add_argument("--data", metavar="DIR", default=default, help="folder of the store's data (or CRMDESK_DATA)")
    flag = argparse.SUPPRESS if default is argparse.SUPPRESS else False
    parser.add_argument("--json", action="store_true", default=flag, help="answer with one JSON value and nothing else")


def data_folder(options: argparse.Namespace) -> DataDir:
    """Give the data folder that the options name, or the usual one."""
    return data_of(options.data, os.environ)


def answer(options: argparse.Namespace, value: Value, lines: Iterable[str]) -> None:
    """Write the answer to stdout: `value` (of what JSON knows) with ``--json``, otherwise the lines for people."""
    if options.json:
        print(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            print(line)


def complain(line: str) -> None:
    """Write one line to stderr."""
    print("crmdesk: " + " ".join(line.split()), file=sys.stderr)
