"""A person with a row in every table that can hold something about her, every free text of them marked."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, Date, Enum, Integer, String, Table

from crmdesk.core.money import Money
from crmdesk.db.base import Base
from crmdesk.db.engine import Database
from crmdesk.db.types import MoneyType, UtcDateTime
from crmdesk.models.personal import MEMBER, OWNED
from tests.builders.shop import STORE_ID

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

# Stands in every text that is hers; twelve signs, so that it fits into the shortest code.
MARK = "QZ7欧阳锦程WIPE"
SHORT = "QZ7W"
FINISHED = {"ticket": "closed", "loan": "back", "member": "active", "callback": "due"}


def add_whole_person(database: Database, member_id: int) -> dict[str, int]:
    """Put one row into every table that hangs on a member; gives the keys by table.

    Amounts and days are plain, states are finished, so that nothing stands in the way of erasing her.
    """
    keys = {name: member_id if name == MEMBER else 7_000_000 + place for place, name in enumerate(OWNED)}
    with database.engine.connect() as connection:
        # Rows of the store itself, such as a loaner, need not be there.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            for name in OWNED:
                table = Base.metadata.tables[name]
                connection.execute(table.insert().values(_row(table, keys)))
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
    return keys


def _row(table: Table, keys: dict[str, int]) -> dict[str, object]:
    row = {one.name: _value(table, one, keys) for one in table.columns}
    if table.name == "loan":
        row["back_at"], row["back_day"] = datetime.fromisoformat("2026-05-01T08:00:00+00:00"), date(2026, 5, 1)
    return row


def _value(table: Table, one: Column[object], keys: dict[str, int]) -> object:
    points = next(iter(one.foreign_keys), None)
    if points is not None:
        return _pointed(table, one, points.column.table.name, keys)
    if one.primary_key:
        return keys[table.name] if not isinstance(one.type, Enum) else one.type.enums[0]
    if one.name == "store_id":
        return STORE_ID
    return _plain(table, one)


def _pointed(table: Table, one: Column[object], target: str, keys: dict[str, int]) -> int | None:
    if target == table.name or one.name == "merged_into_id":
        return None
    if target in keys:
        return keys[target]
    return {"store": STORE_ID, "staff": 201}.get(target, 1)


def _plain(table: Table, one: Column[object]) -> object:
    kind: TypeEngine[object] = one.type
    if isinstance(kind, Enum):
        wanted = FINISHED.get(table.name) if one.name == "state" else None
        return kind.enum_class(wanted) if wanted and kind.enum_class else _first(kind)
    if isinstance(kind, String):
        return _text(table, one)
    if isinstance(kind, MoneyType):
        return Money(0)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat("2026-05-01T08:00:00+00:00")
    if isinstance(kind, Date):
        return date(2026, 5, 1)
    if isinstance(kind, Boolean):
        return False
    return 1 if isinstance(kind, Integer) else None


def _first(kind: Enum) -> object:
    return next(iter(kind.enum_class)) if kind.enum_class else kind.enums[0]


def _text(table: Table, one: Column[object]) -> str:
    owned = OWNED[table.name]
    if one.name == "sha256":
        return "a" * 64
    if one.name in owned.facts:
        return f"fact-{table.name}"[:40]
    room = getattr(one.type, "length", None) or 40
    return MARK if room >= len(MARK) else SHORT[:room]
