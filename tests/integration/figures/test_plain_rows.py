"""Many rows straight from the driver: the same rows, in pieces, and stopped from another thread."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from crmdesk.db.plain_rows import plain_rows
from crmdesk.db.session import interrupter
from crmdesk.models.purchase import Purchase
from tests.builders.ledger_rows import Rows

DAY = date(2026, 11, 21)


def test_pieces_of_at_most_so_many(rows: Rows) -> None:
    member = rows.member()
    rows.receipts([(member, DAY, fen) for fen in range(7)])
    with rows.shop.reading() as session:
        pieces = list(plain_rows(session, select(Purchase.net, Purchase.day).order_by(Purchase.net), 3))
    assert [len(piece) for piece in pieces] == [3, 3, 1]
    assert [tuple(row) for piece in pieces for row in piece] == [(fen, DAY.isoformat()) for fen in range(7)]


def test_a_stopped_reading_ends_with_an_error_of_the_database(rows: Rows) -> None:
    rows.receipts([(rows.member(), DAY, 1)] * 5)
    with rows.shop.reading() as session:
        pieces = plain_rows(session, select(Purchase.net), 1)
        next(pieces)
        interrupter(session)()
        with pytest.raises(DBAPIError, match="interrupted"):
            list(pieces)
