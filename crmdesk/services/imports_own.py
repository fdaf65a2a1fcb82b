"""Columns of a list that belong to no field of the program: they go to own fields of the store, made where missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.i18n import gettext
from crmdesk.core.member_words import FieldKind
from crmdesk.core.own_fields import LONGEST_NAME, taken_words
from crmdesk.core.text_clean import clean_line
from crmdesk.models.own_field import OwnField, OwnValue


class _Field(NamedTuple):
    id: int
    kind: FieldKind


class ImportedOwn:
    """The own fields of the stores whose members a list brings, by name."""

    def __init__(self, session: Session) -> None:
        """Begin with none known; each store is read when its first row comes."""
        self._session = session
        self._known: dict[int, dict[str, _Field]] = {}

    def rows(self, member_id: int, store_id: int, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        """Give the rows of a member's values; without their keys."""
        made = []
        for name, text in fields.items():
            field = self._field(store_id, name)
            value = taken_words(field.kind, text)
            if value is not None:
                made.append(_values(member_id, store_id, field.id, (value.words, value.number, value.day)))
        return made

    def _field(self, store_id: int, name: str) -> _Field:
        of_store = self._of_store(store_id)
        wanted = own_name(name)
        found = of_store.get(wanted)
        if found is not None and found.kind is FieldKind.PICTURE:
            # A list brings words, and words are no picture.
            wanted = gettext("{name} (words)").format(name=wanted[: LONGEST_NAME - 20])
            found = of_store.get(wanted)
        if found is None:
            found = of_store[wanted] = self._make(store_id, wanted, len(of_store))
        return found

    def _of_store(self, store_id: int) -> dict[str, _Field]:
        if store_id not in self._known:
            columns = (OwnField.name, OwnField.id, OwnField.kind)
            rows = self._session.execute(select(*columns).where(OwnField.store_id == store_id))
            self._known[store_id] = {name: _Field(key, kind) for name, key, kind in rows}
        return self._known[store_id]

    def _make(self, store_id: int, name: str, ordinal: int) -> _Field:
        field = OwnField(store_id=store_id, name=name, kind=FieldKind.TEXT, ordinal=ordinal)
        self._session.add(field)
        self._session.flush()
        return _Field(field.id, field.kind)


def own_name(name: str) -> str:
    """Give the name of an own field for the heading of a column."""
    return clean_line(name)[:LONGEST_NAME] or gettext("Unnamed")


def names_on_file(session: Session, keys: Sequence[int]) -> dict[int, set[str]]:
    """Give the names of the own fields in which something stands, by member."""
    found: dict[int, set[str]] = {}
    wanted = (
        select(OwnValue.member_id, OwnField.name)
        .join(OwnField, OwnField.id == OwnValue.field_id)
        .where(OwnValue.member_id.in_(keys))
    )
    for member_id, name in session.execute(wanted) if keys else ():
        found.setdefault(member_id, set()).add(name)
    return found


def take_back(session: Session, member_id: int, field_ids: Iterable[int]) -> None:
    """Take back what an import wrote into own fields of a member."""
    of_import = (OwnValue.member_id == member_id, OwnValue.field_id.in_(list(field_ids)))
    session.execute(delete(OwnValue).where(*of_import), execution_options={"synchronize_session": False})


def _values(member_id: int, store_id: int, field_id: int, value: tuple[str, int | None, date | None]) -> dict[str, Any]:
    words, number, day = value
    return {
        "store_id": store_id,
        "member_id": member_id,
        "field_id": field_id,
        "words": words,
        "number": number,
        "day": day,
    }
