"""Carrying out a command line in this process."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from crmdesk.cli.main import main
from crmdesk.core.i18n import set_language


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str


def tell(*arguments: str) -> Told:
    """Carry out a command; its language is English."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    set_language("en")
    return Told(code, out.getvalue(), err.getvalue())
