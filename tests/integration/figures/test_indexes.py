"""No list, board or figure of a short period reads a whole table where an index leads to what is asked."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.core.roles import Role
from crmdesk.queries import ticket_rows
from crmdesk.queries.board import board
from crmdesk.queries.figures import figures_between
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from tests.builders.ledger_rows import Rows
from tests.builders.shop import Shop

GROWING = ("ticket", "ticket_event", "callback", "contact", "member", "member_phone", "purchase", "audit_entry")
TODAY = date(2026, 11, 21)
Ask = Callable[[Session, Context], object]


def _month(session: Session, context: Context) -> object:
    return figures_between(session, TODAY.replace(day=1), TODAY, context)


def _first(chosen: TicketFilter, order: Order | None, session: Session, context: Context) -> object:
    return ticket_rows.first(session, chosen, context, order, 60)


ALL = TicketFilter(TicketView.ALL)
ASKED: dict[str, Ask] = {
    "counts": ticket_rows.counts,
    "board": board,
    "a month": _month,
    "of a member": partial(_first, TicketFilter(TicketView.ALL, member_id=7), None),
    "newest": partial(_first, ALL, None),
    **{f"all by {key}": partial(_first, ALL, Order(key)) for key in ("number", "promised", "received")},
    **{view.value: partial(_first, TicketFilter(view), None) for view in TicketView if view is not TicketView.ALL},
}


@contextmanager
def statements(shop: Shop) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        seen.append((statement, parameters))

    event.listen(shop.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(shop.database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("what", ASKED)
def test_nothing_is_read_as_a_whole(rows: Rows, what: str) -> None:
    shop = rows.shop
    with statements(shop) as seen, shop.reading() as session:
        ASKED[what](session, shop.context(Role.MANAGER))
    raw = sqlcipher.connect(str(shop.database.path))
    plans = {
        statement: [str(step[-1]) for step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        for statement, parameters in seen
        if statement.startswith("SELECT")
    }
    raw.close()
    assert plans
    # In the order of an index up to a limit is no whole reading, and newest first is the order of the keys.
    whole = re.compile(rf"^SCAN ({'|'.join(GROWING)})$")
    plans = {sql: plan for sql, plan in plans.items() if "ORDER BY ticket.id DESC" not in sql}
    assert not {sql: plan for sql, plan in plans.items() if any(whole.match(step) for step in plan)}
