"""Lists of members: the views with counts, keys in order, and the rows of a window; built for a million."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.context import Context
from crmdesk.core.figures import items_per_ticket
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.phone import mask
from crmdesk.core.roles import Right
from crmdesk.core.search_text import SearchQuery, analyse, index_words
from crmdesk.core.segments import EVERYBODY, Group
from crmdesk.core.settings_care import SILENT_DAYS
from crmdesk.db.keys import read_keys
from crmdesk.db.search import member_index
from crmdesk.models.member import Member, MemberPhone, MemberTag, MemberValue
from crmdesk.models.score import MemberScore
from crmdesk.models.staff import Staff
from crmdesk.queries import birthdays
from crmdesk.queries.find_things import find_cards, members_by_number, store_codes
from crmdesk.queries.member_here import HERE, NOT_HERE
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.segments import where
from crmdesk.queries.settings import store_settings

if TYPE_CHECKING:
    from array import array

_MOST_NUMBERED: Final = 50
_M: Final = Member.__table__.c
_V: Final = MemberValue.__table__.c
_P: Final = MemberPhone.__table__.c
_S: Final = MemberScore.__table__.c
_T: Final = MemberTag.__table__.c
_BETWEEN: Final = "\n"  # tags stand on one line, so they cannot hold it


class MemberView(StrEnum):
    """The views of the member screen."""

    ALL = "all"
    BIRTHDAY = "birthday"
    SILENT = "silent"
    KEY = "key"
    WALK_IN = "walk_in"
    DO_NOT_CONTACT = "do_not_contact"


_AS_FOUND: Final = (MemberView.ALL, MemberView.KEY, MemberView.DO_NOT_CONTACT)


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which members a list shows; ``text`` is what one would type into the search box, ``wanted`` a segment."""

    view: MemberView = MemberView.ALL
    text: str = ""
    wanted: Group = EVERYBODY


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of a list; the phone is always masked, ``net`` None when the person may not see money.

    Attributes:
        phone: the first one, masked.
        more_phones: how many others there are.
        last_day: of the last purchase.
        net: what was bought so far, returns taken off.
        next_birthday: the next day on which the birthday is kept.
        cycle: where she stands between the first purchase and being lost, as of the day of the scores.
        scores: recency, frequency and money, 1 to 5; None without a score.
        per_purchase: pieces ÷ receipts, returns among both.
    """

    id: int
    number: str
    name: str
    phone: str
    more_phones: int
    tier: CardTier
    care_class: CareClass
    state: MemberState
    do_not_contact: bool
    guide: str
    last_day: date | None
    purchases: int
    net: Money | None
    joined_on: date
    birthday: Birthday | None
    next_birthday: date | None
    tags: tuple[str, ...]
    cycle: LifeCycle = LifeCycle.NO_PURCHASE
    scores: tuple[int, int, int] | None = None
    per_purchase: float | None = None


def counts(session: Session, context: Context) -> dict[MemberView, int]:
    """Give how many members each view holds; looks at every member, so ask in the background."""
    return {view: count(session, MemberFilter(view), context) for view in MemberView}


def count(session: Session, chosen: MemberFilter, context: Context) -> int:
    """Give how many members a filter finds."""
    keys = _keys(session, chosen, context, None).order_by(None).subquery()
    return session.execute(select(func.count()).select_from(keys)).scalar_one()


def ids(session: Session, chosen: MemberFilter, context: Context, order: Order | None = None) -> "array[int]":
    """Give the keys of all members of a filter, in order."""
    return read_keys(session, _keys(session, chosen, context, order, whole=True))


def first(session: Session, chosen: MemberFilter, context: Context, order: Order | None, limit: int) -> list[MemberRow]:
    """Give the first ``limit`` rows of a filter, in order."""
    if not sees_people(context):
        return []
    # The keys first and no more than wanted; only to those is anything joined, by the question that a window asks too.
    keys = session.connection().execute(_keys(session, chosen, context, order).limit(limit)).scalars().all()
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[MemberRow]:
    """Give the rows of ``keys``, in any order; nothing for a role that has no business with customers."""
    if not keys or not sees_people(context):
        return []
    return _rows(session, _lines().where(_M.id.in_(keys)), context)


def _rows(session: Session, lines: Select[Any], context: Context) -> list[MemberRow]:
    today, money = context.today(), context.may(Right.SEE_MONEY)
    made = []
    for line in session.connection().execute(lines):
        birthday = birthdays.birthday_of(
            line.birthday_calendar, line.birthday_year, line.birthday_month, line.birthday_day
        )
        made.append(
            MemberRow(
                id=line.id,
                number=line.number,
                name=line.name,
                phone=mask(line.phone) if line.phone else "",
                more_phones=max(line.phones - 1, 0),
                tier=line.tier,
                care_class=line.care_class,
                state=line.state,
                do_not_contact=line.do_not_contact,
                guide=line.guide or "",
                last_day=line.last_day,
                purchases=line.purchases or 0,
                net=(line.net or Money(0)) if money else None,
                joined_on=line.joined_on,
                birthday=birthday,
                next_birthday=birthdays.next_day(birthday, today),
                tags=tuple(sorted(line.tags.split(_BETWEEN))) if line.tags else (),
                cycle=line.cycle or LifeCycle.NO_PURCHASE,
                scores=(line.recency, line.frequency, line.monetary) if line.cycle else None,
                per_purchase=items_per_ticket(line.pieces or 0, line.purchases or 0),
            )
        )
    return made


@cache
def _lines() -> Select[Any]:
    """Give everything of a row in one statement: what there may be several of comes by questions of its own."""
    of_member = _P.member_id == _M.id
    columns: list[Any] = [
        _M.id,
        _M.number,
        _M.name,
        _M.tier,
        _M.care_class,
        _M.state,
        _M.do_not_contact,
        Staff.name.label("guide"),
        _V.last_day,
        _V.purchases,
        _V.pieces,
        _V.net,
        *(_S.recency, _S.frequency, _S.monetary, _S.cycle),
        _M.joined_on,
        _M.birthday_calendar,
        _M.birthday_year,
        _M.birthday_month,
        _M.birthday_day,
        select(_P.digits).where(of_member).order_by(_P.ordinal).limit(1).scalar_subquery().label("phone"),
        select(func.count()).select_from(_P.digits.table).where(of_member).scalar_subquery().label("phones"),
        select(func.aggregate_strings(_T.tag, _BETWEEN)).where(_T.member_id == _M.id).scalar_subquery().label("tags"),
    ]
    joined = Member.__table__.outerjoin(MemberValue.__table__, _V.member_id == _M.id)
    joined = joined.outerjoin(MemberScore.__table__, _S.member_id == _M.id)
    return select(*columns).select_from(joined.outerjoin(Staff.__table__, Staff.__table__.c.id == _M.guide_id))


def _wanted(chosen: MemberFilter, order: Order | None) -> Order | None:
    return order or (Order("last", descending=True) if chosen.view is MemberView.SILENT else None)


def _keys(
    session: Session, chosen: MemberFilter, context: Context, order: Order | None, *, whole: bool = False
) -> Select[Any]:
    """Give the keys in order; ``whole`` when all of them are read, not only a first page."""
    if not sees_people(context):
        return select(_M.id).where(false())
    wanted = _wanted(chosen, order)
    query = analyse(chosen.text)
    plain = wanted is None and chosen.view in _AS_FOUND and chosen.wanted == EVERYBODY
    if plain and not (query.is_empty or query.number):
        return _newest_found(session, query, _of_view(session, chosen.view, context), context)
    by_name = wanted is not None and wanted.key == "name"
    # Adding nothing keeps a database from gathering a whole store by an index and sorting it afterwards.
    of_store = _M.store_id == context.store.id if by_name else _M.store_id + 0 == context.store.id
    conditions = [of_store, _of_view(session, chosen.view, context), *_of_text(session, chosen.text)]
    if chosen.wanted != EVERYBODY:
        conditions.append(where(chosen.wanted, context))
    if whole and by_name and chosen.view is MemberView.ALL:
        conditions[1] = _M.id.not_in(_gone())
    found = select(_M.id).where(*conditions)
    if chosen.view is MemberView.SILENT or (wanted is not None and wanted.key in _BY_VALUE):
        found = found.select_from(MemberValue.__table__.join(Member.__table__, _M.id == _V.member_id))
    return found.order_by(*_order_of(chosen.view, wanted, context))


def _newest_found(session: Session, query: SearchQuery, here: ColumnElement[bool], context: Context) -> Select[Any]:
    """Give members as the search index finds them, newest first: a page needs no more than its own of them."""
    asked = member_index(session).keys(index_words(query))
    found = asked.statement.order_by(None).params(**asked.parameters).subquery()
    joined = found.join(Member.__table__, found.c.id == _M.id)
    conditions = (_M.store_id + 0 == context.store.id, here)
    return select(_M.id).select_from(joined).where(*conditions).order_by(found.c.id.desc())


def _gone() -> Select[Any]:
    """Give those that no list shows, read from their index: a look at every member in the order of names is slow."""
    other = Member.__table__.alias()
    return select(other.c.id).where(other.c.state.in_(NOT_HERE))


_BY_VALUE: Final = {"last": _V.last_day, "net": _V.net}
_BY_MEMBER: Final = {"name": _M.name, "number": _M.number, "joined": _M.id}


def _order_of(view: MemberView, order: Order | None, context: Context) -> tuple[ColumnElement[Any], ...]:
    if order is None and view is MemberView.BIRTHDAY:
        return birthdays.day_of_month(context.today()), _M.id.asc()
    if order is None:
        return (_M.id.desc(),)
    if order.key in _BY_VALUE:
        column: ColumnElement[Any] = _BY_VALUE[order.key]
        # Where a database puts what is empty by itself: then the index is read in its own order.
        edge = column.desc().nulls_last() if order.descending else column.asc().nulls_first()
        return edge, (_V.member_id.desc() if order.descending else _V.member_id.asc())
    column = _BY_MEMBER.get(order.key, _M.id)
    return (column.desc() if order.descending else column.asc()), _M.id.asc()


def _of_view(session: Session, view: MemberView, context: Context) -> ColumnElement[bool]:
    if view is MemberView.WALK_IN:
        return _M.state == MemberState.WALK_IN
    here = HERE
    if view is MemberView.BIRTHDAY:
        return here & birthdays.in_month(context.today())
    if view is MemberView.SILENT:
        days = store_settings(session, context.store.id).get(SILENT_DAYS)
        return here & (_V.last_day < context.today() - timedelta(days=days))
    if view is MemberView.KEY:
        return here & (_M.care_class == CareClass.KEY)
    if view is MemberView.DO_NOT_CONTACT:
        return here & _M.do_not_contact.is_(True)
    return here


def _of_text(session: Session, text: str) -> list[ColumnElement[bool]]:
    if not text.strip():
        return []
    query = analyse(text)
    if query.is_empty:
        return [false()]
    found: list[ColumnElement[bool]] = []
    words = () if query.only_number else index_words(query)
    if words:
        asked = member_index(session).keys(words)
        found.append(_M.id.in_(asked.statement.order_by(None).params(**asked.parameters)))
    if query.number:
        codes = store_codes(session)
        cards = find_cards(session, query, codes, _MOST_NUMBERED)
        numbered = {hit.member_id for hit in cards} | set(members_by_number(session, query, codes, _MOST_NUMBERED))
        found.append(_M.id.in_([key for key in numbered if key is not None]))
    return [or_(*found)] if found else [false()]
