"""Column types that say what they hold: money in fen, moments in UTC, enums by value."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Annotated

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from crmdesk.core.ids import new_id
from crmdesk.core.money import Money

# SQLite gives the rowid to a column only when it is spelled INTEGER.
KEY_TYPE = BigInteger().with_variant(Integer, "sqlite")


class MoneyType(TypeDecorator[Money]):
    """A whole number of fen."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """Store fen."""
        return None if value is None else value.fen

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        """Read fen."""
        return None if value is None else Money(int(value))


class NaiveMomentError(ValueError):
    """A moment without a zone was about to be written; a defect of the caller."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a moment without zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC; SQLite has no zones, so it gets the bare UTC time."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment must carry its zone"
            raise NaiveMomentError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(enum_class: type[PythonEnum]) -> list[str]:
    return [str(member.value) for member in enum_class]


# SQLAlchemy makes one such type per enum class it meets in an annotation.
ENUM_BY_VALUE = Enum(
    PythonEnum,
    native_enum=False,
    values_callable=_values,
    length=32,
    create_constraint=True,
    validate_strings=True,
)

Key = Annotated[int, mapped_column(KEY_TYPE, primary_key=True, autoincrement=False, default=new_id)]
Code = Annotated[str, mapped_column(String(40))]
ShortText = Annotated[str, mapped_column(String(120))]
LongText = Annotated[str, mapped_column(String(4000))]
FreeText = Annotated[str, mapped_column(Text)]
