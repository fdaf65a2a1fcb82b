"""Guesses the mapping of a file by its headers and by the look of its data."""

from typing import Final

from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.column_look import Look, look_of
from crmdesk.exchange.fields import BALANCES, KEYS, OF_KNOWN, Field, ImportKind, MemberField, PurchaseField
from crmdesk.exchange.header_words import field_of_header
from crmdesk.exchange.mapping import REPEATABLE, MappedColumn, Mapping, Why
from crmdesk.exchange.table import Cell, Table

_SAMPLE: Final = 200
_SURE: Final = 1.0
_HEADER_ONLY: Final = 0.9
_CONTRADICTED: Final = 0.4
_DATA_ONLY: Final = 0.7
_OF_PEOPLE: Final[dict[Look, Field]] = {Look.PHONE: MemberField.PHONE, Look.NAME: MemberField.NAME}
_BY_LOOK: Final[dict[ImportKind, dict[Look, Field]]] = {
    ImportKind.BALANCES: _OF_PEOPLE,
    ImportKind.CARDS: _OF_PEOPLE,
    ImportKind.TAGS: _OF_PEOPLE,
    ImportKind.MEMBERS: {
        Look.PHONE: MemberField.PHONE,
        Look.EMAIL: MemberField.EMAIL,
        Look.GENDER: MemberField.GENDER,
        Look.OLD_DATE: MemberField.BIRTHDAY,
        Look.DATE: MemberField.JOINED,
        Look.NAME: MemberField.NAME,
        Look.ADDRESS: MemberField.ADDRESS,
    },
    ImportKind.PURCHASES: {
        Look.PHONE: PurchaseField.PHONE,
        Look.OLD_DATE: PurchaseField.DATE,
        Look.DATE: PurchaseField.DATE,
        Look.NAME: PurchaseField.NAME,
    },
}
# A header is wrong when it promises one of these and the data is something else, or the other way round.
_TELLING: Final = frozenset({Look.PHONE, Look.EMAIL, Look.GENDER})


def guess_mapping(table: Table, kind: ImportKind) -> Mapping:
    """Return the likeliest mapping of a table's columns, in any order, with header or without.

    A known header decides unless the data clearly is something else (phones under `姓名`). Columns without a known
    header are recognised by their data where the field is still free. What is left is kept as a custom field when it
    has a header and anything written in it.
    """
    rows = [cells for _, cells in table.sample(_SAMPLE)]
    values = [[row[index] for row in rows if index < len(row)] for index in range(len(table.headers))]
    columns = [_by_header(table, kind, index, cells) for index, cells in enumerate(values)]
    columns = _without_doubles(columns, kind)
    for index, cells in enumerate(values):
        if columns[index].field is None:
            columns[index] = _by_data(columns, index, cells, kind)
    return Mapping(kind, tuple(columns))


def guess_kind(table: Table) -> ImportKind:
    """Return which list a file most likely is.

    A list that names people is a member list, also when it brings balances or tags along; one that only has keys
    and one of these speaks of members who are on file.
    """
    fields = {kind: _headers_of(table, kind) for kind in (ImportKind.MEMBERS, ImportKind.PURCHASES, ImportKind.CARDS)}
    members = fields[ImportKind.MEMBERS]
    if len(fields[ImportKind.PURCHASES]) > max(len(members), len(fields[ImportKind.CARDS])):
        return ImportKind.PURCHASES
    if MemberField.CARD_STATE in fields[ImportKind.CARDS] and MemberField.CARD in members:
        return ImportKind.CARDS
    told = members - set(KEYS)
    if told and MemberField.CARD not in told and len(members) > len(told):
        for kind, own in ((ImportKind.BALANCES, set(BALANCES)), (ImportKind.TAGS, {MemberField.TAGS})):
            if told <= own:
                return kind
    return ImportKind.MEMBERS


def _headers_of(table: Table, kind: ImportKind) -> set[Field]:
    found = {field_of_header(header, kind) for header in table.headers if header}
    return {field for field in found if field is not None}


def _by_header(table: Table, kind: ImportKind, index: int, cells: list[Cell]) -> MappedColumn:
    header = table.headers[index]
    field = field_of_header(header, kind) if header else None
    confidence = _confidence(field, kind, cells) if field else 0.0
    filled = any(cell != "" for cell in cells)
    return MappedColumn(
        index,
        table.letters(index),
        header,
        field,
        custom=clean_line(header) if field is None and filled and kind not in OF_KNOWN else "",
        confidence=confidence,
        why=Why.HEADER if field else Why.NOTHING,
    )


def _confidence(field: Field, kind: ImportKind, cells: list[Cell]) -> float:
    look, _share = look_of(cells)
    if look is None:
        return _HEADER_ONLY
    if _BY_LOOK[kind].get(look) == field:
        return _SURE
    promised = {other for other, its_field in _BY_LOOK[kind].items() if its_field == field}
    return _CONTRADICTED if promised and (promised | {look}) & _TELLING else _HEADER_ONLY


def _without_doubles(columns: list[MappedColumn], kind: ImportKind) -> list[MappedColumn]:
    """Leave a field that is free only once to the column that is surest of it, and take it where the data denies it."""
    best: dict[Field, MappedColumn] = {}
    for column in columns:
        if column.field and (column.field not in best or column.confidence > best[column.field].confidence):
            best[column.field] = column
    return [column if _keeps(column, best) else _set_free(column, kind) for column in columns]


def _keeps(column: MappedColumn, best: dict[Field, MappedColumn]) -> bool:
    if column.field is None:
        return True
    if column.confidence == _CONTRADICTED:
        return False
    return column.field in REPEATABLE or best[column.field] is column


def _set_free(column: MappedColumn, kind: ImportKind) -> MappedColumn:
    custom = "" if kind in OF_KNOWN else clean_line(column.header)
    return MappedColumn(column.index, column.letters, column.header, None, custom=custom)


def _by_data(columns: list[MappedColumn], index: int, cells: list[Cell], kind: ImportKind) -> MappedColumn:
    column = columns[index]
    look, share = look_of(cells)
    field = _BY_LOOK[kind].get(look) if look else None
    taken = any(other.field == field for other in columns)
    if field is None or (taken and field != MemberField.PHONE):
        return column
    return MappedColumn(
        index, column.letters, column.header, field, confidence=round(share * _DATA_ONLY, 2), why=Why.DATA
    )
