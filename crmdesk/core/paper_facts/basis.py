"""What stands on a paper, in one short word: the same facts printed again are the same paper."""

import hashlib
from dataclasses import fields, replace
from typing import Any, TypeVar

T = TypeVar("T")


def basis_of(facts: object, *how: str) -> str:
    """Give a hash of ``facts`` and of ``how`` they are set (language, size), without who prints them when."""
    shown = tuple((one.name, repr(getattr(facts, one.name))) for one in _fields(facts) if one.name != "printed")
    return hashlib.sha256(repr((type(facts).__name__, shown, how)).encode()).hexdigest()


def with_reprint(facts: T, reprint: int) -> T:
    """Give ``facts`` marked as the how-many-th reprint, where the paper says so at all and less is not said already."""
    printed = getattr(facts, "printed", None)
    if printed is None or printed.reprint >= reprint:
        return facts
    changed: Any = facts
    marked: T = replace(changed, printed=replace(printed, reprint=reprint))
    return marked


def _fields(facts: Any) -> Any:  # noqa: ANN401 - any dataclass
    return fields(facts)
