"""Which column of a file goes where; made by guessing, changed by a person, kept as JSON."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from crmdesk.core.errors import RefusedError
from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.fields import BALANCES, FIELDS, KEYS, Field, ImportKind, MemberField, PurchaseField
from crmdesk.exchange.table import Table

# Several columns may hold phones or birthdays (solar and lunar); anything else has one column.
REPEATABLE: Final = frozenset[Field]({MemberField.PHONE, MemberField.BIRTHDAY, MemberField.TAGS, MemberField.NOTE})
_NEEDED: Final[dict[ImportKind, tuple[frozenset[Field], ...]]] = {
    ImportKind.MEMBERS: (frozenset({MemberField.NAME, MemberField.PHONE}),),
    ImportKind.PURCHASES: (
        frozenset({PurchaseField.DATE}),
        frozenset({PurchaseField.AMOUNT, PurchaseField.UNIT_PRICE}),
    ),
    ImportKind.BALANCES: (frozenset(KEYS), frozenset(BALANCES)),
    ImportKind.CARDS: (frozenset({MemberField.CARD}),),
    ImportKind.TAGS: (frozenset(KEYS), frozenset({MemberField.TAGS})),
}


class Why(StrEnum):
    """What a guess rests on."""

    HEADER = "header"
    DATA = "data"
    CHOSEN = "chosen"
    NOTHING = "nothing"


class MappingTrouble(StrEnum):
    """What is wrong with a mapping file."""

    NOT_JSON = "not_json"
    WRONG_KIND = "wrong_kind"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_COLUMN = "unknown_column"
    FIELD_TWICE = "field_twice"


class MappingError(RefusedError):
    """A mapping that does not fit the program or the file."""

    def __init__(self, reason: MappingTrouble, detail: str = "") -> None:
        """Keep the reason and the word that does not fit."""
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the file.

    Attributes:
        index: its place in every row, from 0.
        letters: what Excel shows above it.
        header: its header, empty when it has none.
        field: where it goes; None when it is kept as a custom field or left out.
        custom: the name of the custom field it is kept in; empty when it is left out.
        confidence: 0 to 1, how sure the guess is.
        why: what it rests on.
    """

    index: int
    letters: str
    header: str
    field: Field | None
    custom: str = ""
    confidence: float = 0.0
    why: Why = Why.NOTHING


@dataclass(frozen=True, slots=True)
class Mapping:
    """All columns of one file, in their order."""

    kind: ImportKind
    columns: tuple[MappedColumn, ...]

    def columns_of(self, field: Field) -> tuple[MappedColumn, ...]:
        """Return the columns that go to a field."""
        return tuple(column for column in self.columns if column.field == field)

    def unrecognised(self) -> tuple[MappedColumn, ...]:
        """Return the columns with a header that go to no field (kept as custom fields or left out)."""
        return tuple(column for column in self.columns if column.field is None and column.header)

    def missing(self) -> tuple[frozenset[Field], ...]:
        """Return the sets of fields of which at least one is needed and none is there."""
        there = {column.field for column in self.columns}
        return tuple(needed for needed in _NEEDED[self.kind] if not needed & there)

    def with_field(self, index: int, field: Field | None, custom: str = "") -> "Mapping":
        """Return a mapping in which a person has chosen where one column goes.

        A field that only one column may have is taken away from the column that had it.
        """
        columns = []
        for column in self.columns:
            if column.index == index:
                chosen = replace(column, field=field, custom=custom if field is None else "")
                columns.append(replace(chosen, confidence=1.0, why=Why.CHOSEN))
            elif field is not None and column.field == field and field not in REPEATABLE:
                columns.append(replace(column, field=None, custom=column.header, confidence=0.0, why=Why.NOTHING))
            else:
                columns.append(column)
        return replace(self, columns=tuple(columns))

    def to_json(self) -> str:
        """Return the mapping as text for `--mapping`; headers find the columns again in any order."""
        columns = [
            {"column": column.letters, "header": column.header}
            | ({"field": column.field.value} if column.field else {})
            | ({"custom": column.custom} if column.custom else {})
            for column in self.columns
        ]
        return json.dumps({"kind": self.kind.value, "columns": columns}, ensure_ascii=False, indent=1)


def mapping_from_json(text: str, table: Table, kind: ImportKind) -> Mapping:
    """Return the mapping that a file describes, fitted to a table.

    Two forms: what `Mapping.to_json` writes, and the short one `{"姓名": "name", "手机": "phone", "B": "card"}`. A
    column is found by its header, then by its letters. Columns that are not mentioned are left out.

    Raises:
        MappingError: not JSON, for the other kind of list, a field or column that does not exist, a field twice.
    """
    columns = [_empty(table, index) for index in range(len(table.headers))]
    for wanted, field, custom in _entries(text, kind):
        at = _find(table, wanted)
        columns[at] = replace(columns[at], field=field, custom=custom, confidence=1.0, why=Why.CHOSEN)
    _refuse_twice(columns)
    return Mapping(kind, tuple(columns))


def _empty(table: Table, index: int) -> MappedColumn:
    return MappedColumn(index, table.letters(index), table.headers[index], None)


def _entries(text: str, kind: ImportKind) -> Iterable[tuple[list[str], Field | None, str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise MappingError(MappingTrouble.NOT_JSON) from None
    if not isinstance(content, dict):
        raise MappingError(MappingTrouble.NOT_JSON)
    if not isinstance(content.get("columns"), list):
        return [([str(name)], _field(value, kind), "") for name, value in content.items() if name != "kind" and value]
    if content.get("kind", kind.value) != kind.value:
        raise MappingError(MappingTrouble.WRONG_KIND, str(content["kind"]))
    return [_entry(entry, kind) for entry in content["columns"]]


def _entry(entry: object, kind: ImportKind) -> tuple[list[str], Field | None, str]:
    if not isinstance(entry, dict):
        raise MappingError(MappingTrouble.NOT_JSON)
    names = [str(entry[key]) for key in ("header", "column") if entry.get(key)]
    field = _field(entry["field"], kind) if entry.get("field") else None
    return names, field, str(entry.get("custom") or "")


def _field(value: object, kind: ImportKind) -> Field:
    for field in FIELDS[kind]:
        if field.value == value:
            return field
    raise MappingError(MappingTrouble.UNKNOWN_FIELD, str(value)[:80])


def _find(table: Table, names: list[str]) -> int:
    for name in names:
        for index, header in enumerate(table.headers):
            if header and clean_line(header) == clean_line(name):
                return index
    for name in names:
        for index in range(len(table.headers)):
            if table.letters(index) == name.upper():
                return index
    raise MappingError(MappingTrouble.UNKNOWN_COLUMN, " / ".join(names)[:80])


def _refuse_twice(columns: list[MappedColumn]) -> None:
    seen: set[Field] = set()
    for column in columns:
        if column.field in seen and column.field not in REPEATABLE:
            raise MappingError(MappingTrouble.FIELD_TWICE, column.field.value)
        if column.field:
            seen.add(column.field)
