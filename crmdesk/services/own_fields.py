"""The owner adds fields to the member's file, changes, orders and switches them off; what stands in them stays."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.member_words import FieldKind
from crmdesk.core.outcome import Outcome
from crmdesk.core.own_fields import (
    LONGEST_NAME,
    MOST_CHOICES,
    MOST_FIELDS,
    OwnFieldNameTakenError,
    TooManyOwnFieldsError,
)
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.own_field import OwnField
from crmdesk.services import audit

_CHANGED: Final = frozenset({Topic.SETTINGS, Topic.MEMBERS})


@dataclass(frozen=True, slots=True)
class AddOwnField:
    """A new field; ``choices`` for the kind of that name only."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    private: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class EditOwnField:
    """A field as it shall be; its kind stays, because of what stands in it."""

    field_id: int
    seen_version: int
    name: str
    choices: tuple[str, ...] = ()
    private: bool = False
    required: bool = False


def add_field(session: Session, request: AddOwnField, context: Context) -> Outcome[int]:
    """Add a field at the end; gives its key.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no name, one too long, or no choices.
        OwnFieldNameTakenError: there is one of this name.
        TooManyOwnFieldsError: there is no room for more.
    """
    context.require(Right.SETTINGS)
    there = _fields(session, context)
    if len(there) >= MOST_FIELDS:
        raise TooManyOwnFieldsError
    field = OwnField(
        store_id=context.store.id,
        name=_name(request.name, there),
        kind=request.kind,
        choices=_choices(request.kind, request.choices),
        private=request.private,
        required=request.required,
        ordinal=max((one.ordinal for one in there), default=-1) + 1,
    )
    session.add(field)
    session.flush()
    _record(session, context, "own_field.add", field)
    return Outcome(field.id, _CHANGED)


def edit_field(session: Session, request: EditOwnField, context: Context) -> Outcome[int]:
    """Change a field; a choice that is gone stays with the members who have it.

    Raises:
        NotAllowedError: the person does not change settings.
        NotFoundError: no such field.
        StaleError: somebody changed it since it was read.
        InvalidFieldError: no name, one too long, or no choices.
        OwnFieldNameTakenError: another field has this name.
    """
    context.require(Right.SETTINGS)
    field = _load(session, request.field_id, context)
    if field.version != request.seen_version:
        raise StaleError(EntityKind.STORE, field.id, request.seen_version, field.version)
    others = [one for one in _fields(session, context) if one.id != field.id]
    field.name = _name(request.name, others)
    field.choices = _choices(field.kind, request.choices)
    field.private, field.required = request.private, request.required
    session.flush()
    _record(session, context, "own_field.edit", field)
    return Outcome(field.id, _CHANGED)


def turn_field(session: Session, field_id: int, context: Context, *, active: bool) -> Outcome[int]:
    """Switch a field off, or on again; what stands in it stays.

    Raises:
        NotAllowedError: the person does not change settings.
        NotFoundError: no such field.
    """
    context.require(Right.SETTINGS)
    field = _load(session, field_id, context)
    field.active = active
    session.flush()
    _record(session, context, "own_field.on" if active else "own_field.off", field)
    return Outcome(field.id, _CHANGED)


def move_field(session: Session, field_id: int, context: Context, *, by: int) -> Outcome[int]:
    """Move a field up (−1) or down (1) in the form.

    Raises:
        NotAllowedError: the person does not change settings.
        NotFoundError: no such field.
    """
    context.require(Right.SETTINGS)
    moved = _load(session, field_id, context)
    order = _fields(session, context)
    place = order.index(moved)
    order.insert(max(0, min(place + by, len(order) - 1)), order.pop(place))
    for ordinal, field in enumerate(order):
        field.ordinal = ordinal
    session.flush()
    _record(session, context, "own_field.move", moved)
    return Outcome(field_id, _CHANGED)


def _fields(session: Session, context: Context) -> list[OwnField]:
    wanted = select(OwnField).where(OwnField.store_id == context.store.id)
    return list(session.scalars(wanted.order_by(OwnField.ordinal, OwnField.id)))


def _load(session: Session, field_id: int, context: Context) -> OwnField:
    field = session.get(OwnField, field_id)
    if field is None or field.store_id != context.store.id:
        raise NotFoundError(EntityKind.STORE, str(field_id))
    return field


def _name(typed: str, others: Iterable[OwnField]) -> str:
    name = clean_line(typed)
    if not name:
        raise InvalidFieldError("name", "empty")
    if len(name) > LONGEST_NAME:
        raise InvalidFieldError("name", "too_long", name)
    if name.casefold() in {one.name.casefold() for one in others}:
        raise OwnFieldNameTakenError(name)
    return name


def _choices(kind: FieldKind, typed: tuple[str, ...]) -> str:
    if kind is not FieldKind.CHOICE:
        return "[]"
    choices = [one for one in dict.fromkeys(clean_line(word) for word in typed) if one]
    if not choices:
        raise InvalidFieldError("choices", "empty")
    if len(choices) > MOST_CHOICES or any(len(one) > LONGEST_NAME for one in choices):
        raise InvalidFieldError("choices", "too_long", str(len(choices)))
    return json.dumps(choices, ensure_ascii=False)


def _record(session: Session, context: Context, act: str, field: OwnField) -> None:
    facts: audit.Detail = {"name": field.name, "kind": field.kind.value, "private": field.private}
    audit.record(session, context, act, (EntityKind.STORE, context.store.id), facts)
