"""Segments as they are kept: strict JSON, so that a broken or newer one is said and never half understood."""

import json
from typing import Any, Final

from crmdesk.core.segments import (
    EVERYBODY,
    MOST_CONDITIONS,
    About,
    Condition,
    Group,
    Is,
    SegmentError,
    SegmentTrouble,
    Shape,
    count_of,
)

FORMAT: Final = 1
_DEEPEST: Final = 3
_LONGEST: Final = 100_000


def to_json(group: Group) -> str:
    """Give the text that `from_json` reads."""
    return json.dumps({"format": FORMAT, **_group(group)}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Group:
    """Read a kept segment.

    Raises:
        SegmentError: it is broken, too large, or was made by a newer program.
    """
    if not text.strip():
        return EVERYBODY
    try:
        read = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise SegmentError(SegmentTrouble.NOT_READ)
    if read.get("format") != FORMAT:
        raise SegmentError(SegmentTrouble.NEWER, str(read.get("format"))[:20])
    group = _read_group(read, 0)
    if count_of(group) > MOST_CONDITIONS:
        raise SegmentError(SegmentTrouble.TOO_MANY, str(count_of(group)))
    return group


def _group(group: Group) -> dict[str, Any]:
    parts = [_group(part) if isinstance(part, Group) else _condition(part) for part in group.parts]
    return {"any" if group.any_of else "all": parts} | ({"not": True} if group.negated else {})


def _condition(one: Condition) -> dict[str, Any]:
    said: dict[str, Any] = {"about": one.about.value, "is": one.how.value}
    more = {"values": list(one.values), "own": one.own, "shape": one.shape, "days": one.days}
    return said | {name: value for name, value in more.items() if value}


def _read_group(read: dict[str, Any], depth: int) -> Group:
    any_of = "any" in read
    parts = read.get("any" if any_of else "all")
    if not isinstance(parts, list) or depth > _DEEPEST or len(parts) > MOST_CONDITIONS:
        raise SegmentError(SegmentTrouble.NOT_READ)
    return Group(tuple(_read_part(part, depth) for part in parts), any_of, read.get("not") is True)


def _read_part(read: object, depth: int) -> Condition | Group:
    if not isinstance(read, dict):
        raise SegmentError(SegmentTrouble.NOT_READ)
    if "about" not in read:
        return _read_group(read, depth + 1)
    values = read.get("values", [])
    if not isinstance(values, list) or not all(isinstance(value, str | int) for value in values):
        raise SegmentError(SegmentTrouble.VALUE)
    shape = read.get("shape")
    return Condition(
        _word(About, read["about"]),
        _word(Is, read.get("is")),
        tuple(values),
        _number(read.get("own")),
        None if shape is None else _word(Shape, shape),
        _number(read.get("days")),
    )


def _word(kind: type[Any], word: object) -> Any:  # noqa: ANN401 - a member of the enum that was asked for
    try:
        return kind(word)
    except ValueError:
        raise SegmentError(SegmentTrouble.FIELD, str(word)[:40]) from None


def _number(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise SegmentError(SegmentTrouble.VALUE, str(value)[:40])
