"""Giving out numbers: one counter row per series and store, taken in the transaction that uses the number."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.numbers import day_number, running_number
from crmdesk.models.store import Counter


def next_count(session: Session, context: Context, series: str) -> int:
    """Give the next count of ``series`` in the context's store, beginning with 1."""
    counter = session.execute(
        select(Counter).where(Counter.store_id == context.store.id, Counter.series == series)
    ).scalar_one_or_none()
    if counter is None:
        counter = Counter(store_id=context.store.id, series=series, value=0)
        session.add(counter)
    counter.value += 1
    session.flush()
    return counter.value


def next_day_number(session: Session, context: Context, letter: str) -> str:
    """Give a number that counts within the store's day: tickets (R, C, T), loans (L)."""
    today = context.today()
    return day_number(letter, context.store.code, today, next_count(session, context, f"{letter}{today:%y%m%d}"))


def next_running_number(session: Session, context: Context, letter: str) -> str:
    """Give a number that counts for ever: members (M), cards (V), letters (F), receipts (D)."""
    return running_number(letter, context.store.code, next_count(session, context, letter))
