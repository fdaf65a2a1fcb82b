"""Goods that answer a serial number typed or scanned into the search box."""

from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.found import Hit, Why
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_text import SearchQuery
from crmdesk.core.text_clean import clean_code
from crmdesk.db.quick import Quick
from crmdesk.models.item import Item
from crmdesk.models.member import Member

_AFTER_ALL: Final = "\U0010ffff"
# Fewer signs are nobody's serial number.
_SHORTEST: Final = 4
_I: Final = Item.__table__.c
_M: Final = Member.__table__.c


class _Row(NamedTuple):
    id: int
    name: str
    serial: str
    member_id: int
    member: str


def find_items(session: Session, query: SearchQuery, limit: int) -> tuple[Hit, ...]:
    """Give goods whose serial number begins with what was typed; read by the index of serial numbers."""
    typed = clean_code(query.text)
    if len(typed) < _SHORTEST or not any(sign.isdigit() for sign in typed):
        return ()
    rows = _numbered().rows(session, {"begin": typed, "end": typed + _AFTER_ALL, "most": limit})
    return tuple([_hit(_Row(*row), typed) for row in rows])


def _hit(row: _Row, typed: str) -> Hit:
    return Hit(
        kind=EntityKind.ITEM,
        id=row.id,
        title=row.serial,
        subtitle=f"{row.name} · {row.member}",
        why=Why.SERIAL,
        highlight=((0, len(typed)),),
        member_id=row.member_id,
        exact=row.serial == typed,
    )


# Built once: building it takes longer than the database needs for it.
@lru_cache(maxsize=1)
def _numbered() -> Quick:
    return Quick(
        select(_I.id, _I.name, _I.serial, _I.member_id, _M.name)
        .select_from(Item.__table__.join(Member.__table__, _M.id == _I.member_id))
        .where(and_(_I.serial >= bindparam("begin"), _I.serial < bindparam("end")))
        .order_by(_I.serial, _I.id.desc())
        .limit(bindparam("most"))
    )
