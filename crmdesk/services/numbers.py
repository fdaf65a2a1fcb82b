"""Giving out numbers: one counter row per series and store, taken in the transaction that uses the number."""

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.numbers import day_number, running_number
from crmdesk.models.store import Counter

if TYPE_CHECKING:
    from sqlalchemy import Table

_COUNTERS: Final = cast("Table", Counter.__table__)
_TAKE: Final = (
    update(_COUNTERS)
    .where(_COUNTERS.c.store_id == bindparam("of_store"), _COUNTERS.c.series == bindparam("of_series"))
    .values(value=_COUNTERS.c.value + 1)
    .returning(_COUNTERS.c.value)
)


def next_count(session: Session, context: Context, series: str) -> int:
    """Give the next count of ``series`` in the context's store, beginning with 1."""
    asked = {"of_store": context.store.id, "of_series": series}
    taken = session.connection().execute(_TAKE, asked).scalar_one_or_none()
    if taken is not None:
        return int(taken)
    session.connection().execute(insert(_COUNTERS).values(store_id=context.store.id, series=series, value=1))
    return 1


def next_day_number(session: Session, context: Context, letter: str) -> str:
    """Give a number that counts within the store's day: tickets (R, C, T), loans (L)."""
    today = context.today()
    return day_number(letter, context.store.code, today, next_count(session, context, f"{letter}{today:%y%m%d}"))


def next_running_number(session: Session, context: Context, letter: str) -> str:
    """Give a number that counts for ever: members (M), cards (V), letters (F), receipts (D)."""
    return running_number(letter, context.store.code, next_count(session, context, letter))
