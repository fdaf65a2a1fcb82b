"""The members as a list of any length: three queries for the program's windowed table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.db.keys import read_keys
from crmdesk.db.session import Session
from crmdesk.models.member import Member

COLUMNS = ("number", "name", "gender", "tier", "joined_on")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One row of the list."""

    id: int
    number: str
    name: str
    gender: str
    tier: str
    joined_on: object


class MemberList:
    """The members, in one order or with one filter; the newest of one tier stand for a filter."""

    def __init__(self, what: str) -> None:
        self.member = Member.__table__.c
        self.what = what

    def first(self, session: Session, _context: Context, _order: Order | None, limit: int) -> Sequence[MemberLine]:
        found = session.connection().execute(self._asked(self._columns()).limit(limit))
        return [MemberLine(*row) for row in found]

    def ids(self, session: Session, _context: Context, _order: Order | None) -> Sequence[int]:
        return read_keys(session, self._asked([self.member.id]))

    def rows(self, session: Session, _context: Context, wanted: Sequence[int]) -> Sequence[MemberLine]:
        asked = select(*self._columns()).where(self.member.id.in_(wanted))
        return [MemberLine(*row) for row in session.connection().execute(asked)]

    def _columns(self) -> list[ColumnElement[Any]]:
        return [self.member.id, *(self.member[name] for name in COLUMNS)]

    def _asked(self, columns: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
        asked = select(*columns)
        if self.what == "by name":
            return asked.order_by(self.member.store_id, self.member.name)
        if self.what == "filtered":
            asked = asked.where(self.member.tier == "silver")
        return asked.order_by(self.member.id.desc())
