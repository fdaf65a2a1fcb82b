"""Codes of shelves: one, or a run of them typed as ``A1-A12``."""

import re
from typing import Final

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.text_clean import clean_code

LONGEST: Final = 12
MOST_AT_ONCE: Final = 200
_RUN: Final = re.compile(r"([^\W\d_]{0,6})(\d{1,4})[-－–~～至]\1(\d{1,4})\Z")


def expand(text: str) -> tuple[str, ...]:
    """Give the codes that ``text`` means: ``B3`` is one, ``A1-A12`` or ``A01-A12`` is a run.

    Raises:
        InvalidFieldError: nothing, too long, a run backwards or of more than 200.
    """
    code = clean_code(text)
    if not code:
        raise InvalidFieldError("code", "empty")
    run = _RUN.match(code)
    if run is None:
        if len(code) > LONGEST:
            raise InvalidFieldError("code", "too_long", code)
        return (code,)
    letters, first, last = run.groups()
    if int(last) < int(first) or int(last) - int(first) >= MOST_AT_ONCE:
        raise InvalidFieldError("code", "not_a_run", code)
    wide = len(first) if first.startswith("0") else 1
    return tuple(f"{letters}{number:0{wide}d}" for number in range(int(first), int(last) + 1))
