"""The store's own fields, and what stands in them for a member."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import FieldKind
from crmdesk.models.own_field import OwnField, OwnValue


@dataclass(frozen=True, slots=True)
class OwnFieldRow:
    """One field of the store; ``used`` is how many members have something in it, None where nobody asked."""

    id: int
    version: int
    name: str
    kind: FieldKind
    choices: tuple[str, ...]
    private: bool
    required: bool
    active: bool
    used: int | None = None


@dataclass(frozen=True, slots=True)
class OwnShown:
    """What stands in a field for a member; ``words`` of a picture is the name of its file."""

    field_id: int
    name: str
    kind: FieldKind
    words: str


def own_fields(session: Session, context: Context, *, private: bool | None = None) -> tuple[OwnFieldRow, ...]:
    """Give the fields that the store's form shows, in their order; only private ones or only open ones if asked."""
    wanted = select(OwnField).where(OwnField.store_id == context.store.id, OwnField.active.is_(True))
    if private is not None:
        wanted = wanted.where(OwnField.private.is_(private))
    return tuple(_row(field) for field in session.scalars(wanted.order_by(OwnField.ordinal, OwnField.id)))


def all_fields(session: Session, context: Context) -> tuple[OwnFieldRow, ...]:
    """Give all fields of the store with how often each is used, those switched off too."""
    counted = select(OwnValue.field_id, func.count()).group_by(OwnValue.field_id)
    used: dict[int, int] = {row[0]: row[1] for row in session.execute(counted)}
    wanted = select(OwnField).where(OwnField.store_id == context.store.id).order_by(OwnField.ordinal, OwnField.id)
    return tuple(_row(field, used.get(field.id, 0)) for field in session.scalars(wanted))


def own_values(session: Session, member_id: int, *, private: bool) -> tuple[OwnShown, ...]:
    """Give what stands in a member's open or private fields; fields that are switched off are left out."""
    wanted = (
        select(OwnField.id, OwnField.name, OwnField.kind, OwnValue.words)
        .join(OwnField, OwnField.id == OwnValue.field_id)
        .where(OwnValue.member_id == member_id, OwnField.active.is_(True), OwnField.private.is_(private))
        .order_by(OwnField.ordinal, OwnField.id)
    )
    return tuple(OwnShown(*row) for row in session.execute(wanted))


def choices_of(field: OwnField) -> tuple[str, ...]:
    """Give the words that a field of choices offers."""
    try:
        found = json.loads(field.choices or "[]")
    except ValueError:
        return ()
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _row(field: OwnField, used: int | None = None) -> OwnFieldRow:
    return OwnFieldRow(
        field.id,
        field.version,
        field.name,
        field.kind,
        choices_of(field),
        field.private,
        field.required,
        field.active,
        used,
    )
