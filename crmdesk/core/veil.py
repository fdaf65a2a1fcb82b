"""Phone numbers that somebody wrote into a note: masked for who may not see the person's own (domain rule 6)."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from crmdesk.core.phone import mask

T = TypeVar("T")
# A mobile or a number with its area code, however its digits are grouped; never a part of a longer number or code.
_BETWEEN: Final = r"[ \-\u2009\u00a0\u3000]?"
_NUMBER: Final = re.compile(
    rf"(?<![0-9A-Za-z\-])(?:\+?86{_BETWEEN})?"
    rf"(?P<digits>1[3-9][0-9](?:{_BETWEEN}[0-9]{{4}}){{2}}|0[0-9]{{2,3}}{_BETWEEN}[0-9]{{3,4}}{_BETWEEN}[0-9]{{4}})"
    r"(?![0-9A-Za-z])"
)


def mask_within(text: str) -> str:
    """Give a text whose phone numbers are masked: 也可以打 139****8888."""
    return _NUMBER.sub(lambda found: mask(re.sub(r"[^0-9]", "", found["digits"])), text)


def veiled(thing: T) -> T:
    """Give the same rows with the phone numbers in their texts masked; other values stay as they are."""
    if isinstance(thing, str):
        return cast("T", mask_within(thing)) if type(thing) is str else thing  # words of an enum stay
    if isinstance(thing, tuple) and type(thing) is tuple:
        return cast("T", tuple(veiled(one) for one in thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        changed: dict[str, Any] = {}
        for one in fields(thing):
            now = getattr(thing, one.name)
            then = veiled(now)
            if then != now:
                changed[one.name] = then
        return cast("T", replace(thing, **changed)) if changed else thing
    return thing
