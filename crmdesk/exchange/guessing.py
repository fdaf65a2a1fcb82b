"""Guesses the mapping of a file by its headers and by the look of its data."""

from typing import Final

from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.column_look import Look, look_of
from crmdesk.exchange.fields import Field, ImportKind, MemberField, PurchaseField
from crmdesk.exchange.header_words import field_of_header
from crmdesk.exchange.mapping import REPEATABLE, MappedColumn, Mapping, Why
from crmdesk.exchange.table import Cell, Table

_SAMPLE: Final = 200
_SURE: Final = 1.0
_HEADER_ONLY: Final = 0.9
_CONTRADICTED: Final = 0.4
_DATA_ONLY: Final = 0.7
_BY_LOOK: Final[dict[ImportKind, dict[Look, Field]]] = {
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
    columns = _without_doubles(columns)
    for index, cells in enumerate(values):
        if columns[index].field is None:
            columns[index] = _by_data(columns, index, cells, kind)
    return Mapping(kind, tuple(columns))


def guess_kind(table: Table) -> ImportKind:
    """Return which of the two lists a file more likely is."""
    scores = {
        kind: len({field_of_header(header, kind) for header in table.headers if header} - {None}) for kind in ImportKind
    }
    purchases = scores[ImportKind.PURCHASES] > scores[ImportKind.MEMBERS]
    return ImportKind.PURCHASES if purchases else ImportKind.MEMBERS


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
        custom=clean_line(header) if field is None and filled else "",
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


def _without_doubles(columns: list[MappedColumn]) -> list[MappedColumn]:
    """Leave a field that is free only once to the column that is surest of it, and take it where the data denies it."""
    best: dict[Field, MappedColumn] = {}
    for column in columns:
        if column.field and (column.field not in best or column.confidence > best[column.field].confidence):
            best[column.field] = column
    return [column if _keeps(column, best) else _set_free(column) for column in columns]


def _keeps(column: MappedColumn, best: dict[Field, MappedColumn]) -> bool:
    if column.field is None:
        return True
    if column.confidence == _CONTRADICTED:
        return False
    return column.field in REPEATABLE or best[column.field] is column


def _set_free(column: MappedColumn) -> MappedColumn:
    return MappedColumn(column.index, column.letters, column.header, None, custom=clean_line(column.header))


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
