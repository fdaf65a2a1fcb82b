"""A copy of everything about one person (PIPL 45): a sheet for each kind of row, and the facts of a readable letter."""

from collections.abc import Iterator, Sequence
from enum import Enum as PythonEnum
from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Enum, Integer, RowMapping, SmallInteger, Table, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext, gettext_in
from crmdesk.core.labels import label_in
from crmdesk.core.members import MemberState
from crmdesk.core.paper_facts.person import PersonFileFacts, PersonPart
from crmdesk.core.papers import PaperKind
from crmdesk.core.person_columns import COLUMN_WORDS
from crmdesk.core.person_tables import TABLE_WORDS
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.workbook_facts import Cell, CellKind, TableFacts
from crmdesk.core.workbook_facts import Column as SheetColumn
from crmdesk.db.base import Base
from crmdesk.db.types import MoneyType, UtcDateTime
from crmdesk.models.member import Member
from crmdesk.queries.paper_head import paper_head, prints_now
from crmdesk.queries.person_rows import Keys, files_of, key_of, parts, person_rows

# What names a row that another one points to; a pointer to anything else says nothing to a reader.
_NAMED_BY: Final = {
    **dict.fromkeys(("staff", "store", "item", "own_field", "household"), "name"),
    **dict.fromkeys(("ticket", "purchase", "loan", "card"), "number"),
    "loaner": "code",
}
# On the letter these are told in full, the others only counted.
_TOLD: Final = ("member", "member_phone", "member_address", "member_tag", "touchpoint", "relative", "own_value", "card")
_NEEDED: Final = (Right.EXPORT, Right.SEE_PRIVATE, Right.SEE_PHONES)
_Kinds = tuple[tuple[type, CellKind], ...]
_KINDS: Final[_Kinds] = (
    (MoneyType, CellKind.MONEY),
    (UtcDateTime, CellKind.DATETIME),
    (Date, CellKind.DATE),
    (Boolean, CellKind.YES_NO),
    (Integer, CellKind.INTEGER),
    (SmallInteger, CellKind.INTEGER),
    (BigInteger, CellKind.INTEGER),
)


def person_of(session: Session, number: str) -> int:
    """Give the key of the file with this number; that of a merged file is the one it went into.

    Raises:
        NotFoundError: there is no such number.
    """
    found = session.execute(
        select(Member.id, Member.merged_into_id).where(Member.number == number.strip().upper())
    ).one_or_none()
    if found is None:
        raise NotFoundError(EntityKind.MEMBER, number)
    key: int = found.merged_into_id or found.id
    return key


def person_sheets(session: Session, member_id: int, context: Context) -> list[TableFacts]:
    """Give every row that belongs to a person, a sheet for each kind, titles and words in the person's language.

    Raises:
        NotAllowedError: the person may not export, or not see everything.
        NotFoundError: no such member, or erased.
    """
    _member(session, member_id, context)
    found = person_rows(session, files_of(session, member_id))
    return [_sheet(session, name, found, context) for name in TABLE_WORDS if name in found]


def person_letter(session: Session, member_id: int, context: Context, language: str) -> PersonFileFacts:
    """Give the facts of the letter that goes with the sheets.

    Raises:
        NotAllowedError: the person may not export, or not see everything.
        NotFoundError: no such member, or erased.
    """
    member = _member(session, member_id, context)
    found = person_rows(session, files_of(session, member_id))
    told = [_part(session, name, found, (context, language)) for name in (*_TOLD, "member_private", "consent")]
    counts = [(gettext_in(language, words), len(found[name])) for name, words in TABLE_WORDS.items() if name in found]
    return PersonFileFacts(
        number=member.number,
        store=paper_head(session, context.store.id),
        name=member.name,
        made_at=local_time(context.now(), context.store.zone),
        made_by=context.actor.name,
        parts=tuple(part for part in told if part.rows),
        counts=tuple(counts),
        printed=prints_now(session, PaperKind.PERSON_FILE, member.number, context),
    )


def _member(session: Session, member_id: int, context: Context) -> Member:
    for right in _NEEDED:
        context.require(right)
    member = session.get(Member, member_id)
    if member is None or member.state is MemberState.ERASED:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    return member


def _sheet(session: Session, name: str, found: Keys, context: Context) -> TableFacts:
    columns, rows = _filled(session, name, found[name], context.language)
    shown = [SheetColumn(gettext(COLUMN_WORDS[one.name]), _kind(one)) for one in columns]
    title = gettext(TABLE_WORDS[name])
    return TableFacts(title, shown, rows, context.now(), made_by=context.actor.name, zone=context.store.zone)


def _part(session: Session, name: str, found: Keys, made: tuple[Context, str]) -> PersonPart:
    context, language = made
    columns, rows = _filled(session, name, found.get(name, []), language)
    titles = [gettext_in(language, COLUMN_WORDS[one.name]) for one in columns]
    said = tuple(
        tuple(
            (title, _said(value, context, language))
            for title, value in zip(titles, row, strict=True)
            if value not in (None, "", 0)
        )
        for row in rows
    )
    return PersonPart(gettext_in(language, TABLE_WORDS[name]), said)


def _said(value: Cell, context: Context, language: str) -> str:
    if value is True:
        return gettext_in(language, "Yes")
    moment = getattr(value, "astimezone", None)
    if moment is not None:
        return f"{local_time(value, context.store.zone):%Y-%m-%d %H:%M}"  # type: ignore[arg-type] # has a zone
    yuan = getattr(value, "yuan_text", None)
    return yuan() if yuan is not None else str(value)


def _filled(
    session: Session, name: str, keys: Sequence[int], language: str
) -> tuple[list[Column[object]], list[tuple[Cell, ...]]]:
    """Give the columns in which anything stands, and the rows; without keys, nothing."""
    table = Base.metadata.tables[name]
    columns = [one for one in table.columns if one.name in COLUMN_WORDS and _speaks(one)]
    read = list(_read(session, table, keys))
    names = {one: _names(session, one, read) for one in columns if one.foreign_keys}
    kept = [one for one in columns if any(row[one.name] not in (None, "") for row in read)] or columns
    rows = [tuple(_cell(row[one.name], names.get(one), language) for one in kept) for row in read]
    return kept, rows


def _speaks(column: Column[object]) -> bool:
    points = next(iter(column.foreign_keys), None)
    return points.column.table.name in _NAMED_BY if points is not None else not column.name.endswith("_id")


def _read(session: Session, table: Table, keys: Sequence[int]) -> Iterator[RowMapping]:
    for part in parts(keys):
        yield from session.execute(select(table).where(key_of(table).in_(part)).order_by(key_of(table))).mappings()


def _names(session: Session, column: Column[object], rows: Sequence[RowMapping]) -> dict[int, str]:
    target = next(iter(column.foreign_keys)).column.table
    wanted = {row[column.name] for row in rows} - {None}
    named = target.columns[_NAMED_BY[target.name]]
    asked = select(target.columns.id, named)
    return {
        key: words
        for part in parts(sorted(wanted))
        for key, words in session.execute(asked.where(target.columns.id.in_(part)))
    }


def _cell(value: object, names: dict[int, str] | None, language: str) -> Cell:
    if names is not None:
        return names.get(value, "") if isinstance(value, int) else ""
    if isinstance(value, PythonEnum):
        return _word(value, language)
    shown: Cell = value  # type: ignore[assignment] # columns hold cells
    return shown


def _word(value: PythonEnum, language: str) -> str:
    try:
        return label_in(language, value)
    except KeyError:
        return str(value.value)


def _kind(column: Column[object]) -> CellKind:
    if column.foreign_keys or isinstance(column.type, Enum):
        return CellKind.TEXT
    return next((kind for sort, kind in _KINDS if isinstance(column.type, sort)), CellKind.TEXT)
