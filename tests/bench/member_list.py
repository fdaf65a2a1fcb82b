"""The member list as its screen asks for it, in two orders and with something typed."""

from collections.abc import Iterable, Sequence

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.db.session import Session
from crmdesk.queries import member_rows
from crmdesk.queries.member_rows import MemberFilter, MemberRow

COLUMNS = ("number", "name", "phone", "tier", "joined_on")
TYPED = "伟"
FILTERS = {"filtered": MemberFilter(text=TYPED)}
ORDERS = {"by name": Order("name")}


class MemberList:
    """The three queries of one list."""

    def __init__(self, what: str) -> None:
        self.chosen = FILTERS.get(what, MemberFilter())
        self.order = ORDERS.get(what)

    def first(self, session: Session, context: Context, _order: Order | None, limit: int) -> Sequence[MemberRow]:
        return member_rows.first(session, self.chosen, context, self.order, limit)

    def ids(self, session: Session, context: Context, _order: Order | None) -> Iterable[int]:
        return member_rows.ids(session, self.chosen, context, self.order)

    def rows(self, session: Session, context: Context, wanted: Sequence[int]) -> Sequence[MemberRow]:
        return member_rows.rows(session, wanted, context)
