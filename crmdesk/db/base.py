"""The base of every mapped class: names of constraints, kinds of columns, version counting."""

from datetime import date, datetime
from enum import Enum as PythonEnum
from typing import ClassVar

from sqlalchemy import BigInteger, Date, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crmdesk.core.money import Money
from crmdesk.db.types import ENUM_BY_VALUE, MoneyType, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of the mapped classes."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        Money: MoneyType,
        datetime: UtcDateTime,
        date: Date,
        int: BigInteger,
        PythonEnum: ENUM_BY_VALUE,
    }


class Versioned:
    """Mix-in for what people edit: a counter that rises with every change, so that a stale form is noticed."""

    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__: ClassVar = {"version_id_col": version}
