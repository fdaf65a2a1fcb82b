"""Batches that answer their number or the courier's, typed or scanned into the search box."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Select, String, and_, bindparam, or_, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.found import Hit, Why
from crmdesk.core.number_guess import guess_batch
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_text import SearchQuery
from crmdesk.core.text_clean import clean_code
from crmdesk.db.quick import Quick
from crmdesk.models.batch import Batch, Vendor

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_AFTER_ALL: Final = "\U0010ffff"
# Fewer signs are nobody's courier number.
_SHORTEST: Final = 4
_B: Final = Batch.__table__.c
_V: Final = Vendor.__table__.c


class _Row(NamedTuple):
    id: int
    number: str
    state: str
    courier: str
    tracking: str
    vendor: str | None


def find_batches(
    session: Session, query: SearchQuery, codes: Sequence[str], context: Context, limit: int
) -> tuple[Hit, ...]:
    """Give batches by number, or this store's by the number under which the courier has them; the newest first."""
    typed = clean_code(query.text)
    if len(typed) < _SHORTEST or not any(sign.isdigit() for sign in typed):
        return ()
    begins = guess_batch(query.number, codes)
    parameters: dict[str, object] = {
        "store": context.store.id,
        "begin": typed,
        "end": typed + _AFTER_ALL,
        "most": limit,
    }
    for place, begin in enumerate(begins):
        parameters |= {f"from{place}": begin, f"until{place}": begin + _AFTER_ALL}
    rows = _found(len(begins)).rows(session, parameters)
    return tuple([_hit(_Row(*row), query.number, typed) for row in rows])


def _hit(row: _Row, number: str, typed: str) -> Hit:
    by_courier = row.tracking.startswith(typed)
    whole = row.number.replace("-", "")
    return Hit(
        kind=EntityKind.BATCH,
        id=row.id,
        title=row.number,
        subtitle=" · ".join(part for part in (row.vendor or "", row.courier, row.tracking) if part),
        why=Why.COURIER if by_courier else Why.NUMBER,
        highlight=() if by_courier else ((0, _reach(row.number, number)),),
        state=row.state,
        exact=typed == row.tracking or number == whole,
    )


def _reach(title: str, number: str) -> int:
    """Give how far a title goes with the typed beginning, its dashes included."""
    left = len(number)
    for place, sign in enumerate(title):
        if not left:
            return place
        left -= sign != "-"
    return len(title)


# Built once for each number of beginnings: building one takes longer than the database needs for it.
@lru_cache(maxsize=32)
def _found(beginnings: int) -> Quick:
    return Quick(_statement(beginnings))


def _statement(beginnings: int) -> Select[*tuple[Any, ...]]:
    ranges = [
        and_(_B.number >= bindparam(f"from{place}"), _B.number < bindparam(f"until{place}"))
        for place in range(beginnings)
    ]
    courier: ColumnElement[bool] = and_(
        _B.store_id == bindparam("store"),
        _B.tracking >= bindparam("begin", type_=String),
        _B.tracking < bindparam("end", type_=String),
    )
    state = type_coerce(_B.state, String).label("state")
    return (
        select(_B.id, _B.number, state, _B.courier, _B.tracking, _V.name)
        .select_from(Batch.__table__.outerjoin(Vendor.__table__, _V.id == _B.vendor_id))
        .where(or_(courier, *ranges))
        .order_by(_B.id.desc())
        .limit(bindparam("most"))
    )
