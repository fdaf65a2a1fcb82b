"""The command line: finds the command, runs it, and turns failures into one line and a number."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Final

from crmdesk.bootstrap.place import data_of
from crmdesk.cli.frame import Exit, add_common, complain
from crmdesk.core.errors import CrmdeskError, EnvironmentTroubleError, RefusedError
from crmdesk.core.i18n import set_language
from crmdesk.core.settings_desk import LANGUAGE
from crmdesk.db.desk_file import DeskFile

# Modules of crmdesk.cli, each with add(subparsers); heavy imports belong into what their commands run.
GROUPS: Final = ("window", "storage", "data", "ask", "figures", "export", "demo")


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; without a command open the window.

    Returns:
        An ``Exit``.
    """
    _plain_streams()
    try:
        options = parser(GROUPS[:1] if _opens_window(arguments) else GROUPS).parse_args(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Exit.USAGE
    try:
        return int(options.run(options))
    except (CrmdeskError, OSError) as error:
        complain(_sentence(error, options))
        return Exit.FAILED
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def parser(names: Sequence[str] = GROUPS) -> argparse.ArgumentParser:
    """Build the parser with the commands of some groups; the first group is what runs without a command."""
    made = argparse.ArgumentParser(
        prog="crmdesk", description="The back office of a store. Without a command: the window."
    )
    add_common(made)
    made.add_argument("--selftest", action="store_true", help="try every part of the program and print what works")
    subparsers = made.add_subparsers(title="commands", metavar="COMMAND")
    groups = [importlib.import_module(f"crmdesk.cli.{name}") for name in names]
    for group in groups:
        group.add(subparsers)
    made.set_defaults(run=groups[0].run)
    return made


def _opens_window(arguments: Sequence[str]) -> bool:
    """Tell whether no command is named: the window opens sooner without the commands' modules."""
    known = argparse.ArgumentParser(add_help=False)
    add_common(known)
    known.add_argument("--selftest", action="store_true")
    return not known.parse_known_args(arguments)[1]


def speak(options: argparse.Namespace) -> None:
    """Use the language of this computer's settings for sentences; English where its catalogue is missing."""
    desk = data_of(options.data, os.environ).desk_file
    try:
        set_language(DeskFile(desk).get(LANGUAGE) if desk.is_file() else "en")
    except OSError:
        set_language("en")


def _sentence(error: Exception, options: argparse.Namespace) -> str:
    if not isinstance(error, (RefusedError, EnvironmentTroubleError, OSError)):
        return str(error)
    try:
        speak(options)
        from crmdesk.views.support.errors import explain

        sentence = explain(error)
    except ImportError:  # a server without Qt's libraries can still run commands
        sentence = None
    return str(error) if sentence is None else f"{sentence.line()} {sentence.safe}"


def _plain_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
