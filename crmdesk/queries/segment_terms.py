"""What each question about a member is in SQL: the table that answers it, and what holds for those without a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select, tuple_
from sqlalchemy.sql import expression

from crmdesk.core.care import CallbackState, CareClass, Channel, ConsentPurpose
from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanState
from crmdesk.core.member_words import IntentState, LifeCycle
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender, LedgerKind, MemberKind, PhoneState, TouchpointState
from crmdesk.core.segments import About, Condition, SegmentError, SegmentTrouble, Shape
from crmdesk.core.tickets import FINISHED, TicketKind
from crmdesk.db.base import Base
from crmdesk.models.callback import Callback, Consent
from crmdesk.models.household import HouseholdPerson
from crmdesk.models.ledger import LedgerBalance
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member, MemberPhone, MemberTag, MemberValue, Touchpoint
from crmdesk.models.own_field import OwnValue
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import Intent, MemberScore
from crmdesk.models.ticket import Ticket

Where = ColumnElement[bool]


def _columns(mapped: type[Base]) -> Any:  # noqa: ANN401 - the columns of a table, by name
    return mapped.__table__.c


_M: Final = _columns(Member)
_ID: Final[ColumnElement[int]] = _M.id
CHOICES: Final[dict[About, type[StrEnum]]] = {
    About.GENDER: Gender,
    About.CARE_CLASS: CareClass,
    About.TIER: CardTier,
    About.KIND: MemberKind,
    About.CONSENT: ConsentPurpose,
    About.TOUCHPOINT: Channel,
    About.LIFE_CYCLE: LifeCycle,
}
# Choices that are keys or numbers, written as digits.
_BY_NUMBER: Final = frozenset({About.GUIDE, About.BIRTHDAY_MONTH})


@dataclass(frozen=True, slots=True)
class Term:
    """Where the answer to a question stands.

    Attributes:
        column: the value that is compared.
        member: the member's key beside it; None where the column is the member's own.
        table: what to select from.
        here: what narrows the rows down to those that count.
        default: the value of members without a row; None where such a member answers to nothing.
        moment: whether the column is a moment and not a day.
    """

    column: ColumnElement[Any]
    member: ColumnElement[int] | None = None
    table: FromClause | None = None
    here: tuple[Where, ...] = ()
    default: int | None = None
    moment: bool = False

    def holds(self, where: Where) -> Where:
        """Give the condition that a row of the member meets ``where``."""
        if self.member is None:
            return where
        return _ID.in_(self._rows(self.member, where))

    def fails(self, where: Where) -> Where:
        """Give the condition that no row of the member meets ``where``."""
        if self.member is None:
            return func.coalesce(where, expression.false()).is_(expression.false())
        return _ID.not_in(self._rows(self.member, where))

    def _rows(self, member: ColumnElement[int], where: Where) -> Select[Any]:
        rows: Select[Any] = select(member)
        return (rows if self.table is None else rows.select_from(self.table)).where(*self.here, where)


def term_of(condition: Condition, context: Context) -> Term:
    """Give where the answer to a condition stands."""
    if condition.about is About.OWN:
        return _own(condition)
    fixed = _FIXED.get(condition.about)
    return fixed if fixed is not None else _MADE[condition.about](condition, context)


def values_of(condition: Condition) -> list[Any]:
    """Give the values of a choice as the column keeps them.

    Raises:
        SegmentError: a word that the field does not know.
    """
    kind = CHOICES.get(condition.about)
    try:
        if kind is not None:
            return [kind(str(value)) for value in condition.values]
        if condition.about in _BY_NUMBER:
            return [int(value) for value in condition.values]
    except ValueError:
        raise SegmentError(SegmentTrouble.VALUE, str(condition.values[0])) from None
    return list(condition.values)


def edge(term: Term, day: date, context: Context) -> date | datetime:
    """Give the beginning of ``day`` as the term's column keeps it."""
    return start_of_day(day, context.store.zone) if term.moment else day


def born_by(years: int, today: tuple[date, tuple[int, int, int]]) -> Where:
    """Give the condition that somebody is at least ``years`` old, counted in the calendar of the birthday.

    Args:
        years: whole years.
        today: the solar day and the lunar one as year, month, day.
    """
    solar, (year, month, day) = today
    born = tuple_(_M.birthday_year, _M.birthday_month, _M.birthday_day)
    return expression.or_(
        and_(
            _M.birthday_calendar == BirthdayCalendar.SOLAR,
            born <= tuple_(solar.year - years, solar.month, solar.day),
        ),
        and_(_M.birthday_calendar == BirthdayCalendar.LUNAR, born <= tuple_(year - years, month, day)),
    )


def _of(mapped: type[Base], name: str, *here: Where, default: int | None = None) -> Term:
    columns = _columns(mapped)
    return Term(columns[name], columns.member_id, None, here, default)


def _summed(
    mapped: type[Base], what: ColumnElement[Any], *here: Where, moment: bool = False, default: int | None
) -> Term:
    """Give one figure a member, summed up over rows."""
    columns = _columns(mapped)
    rows = select(columns.member_id, what.label("figure")).where(*here, columns.member_id.is_not(None))
    found = rows.group_by(columns.member_id).subquery()
    return Term(found.c.figure, found.c.member_id, found, (), default, moment)


def _own(condition: Condition) -> Term:
    columns = _columns(OwnValue)
    column = {Shape.NUMBER: columns.number, Shape.DAY: columns.day}.get(condition.shape or Shape.WORDS, columns.words)
    return Term(column, columns.member_id, None, (columns.field_id == condition.own,))


def _rolling(what: ColumnElement[Any]) -> Callable[[Condition, Context], Term]:
    def make(condition: Condition, context: Context) -> Term:
        columns = _columns(Purchase)
        since = context.today() - timedelta(days=(condition.days or 1) - 1)
        here = (columns.store_id == context.store.id, columns.day >= since, columns.day <= context.today())
        return _summed(Purchase, what, *here, default=0)

    return make


def _last_ticket(*kinds: TicketKind) -> Callable[[Condition, Context], Term]:
    def make(_condition: Condition, _context: Context) -> Term:
        columns = _columns(Ticket)
        here = (columns.kind.in_(kinds),) if kinds else ()
        return _summed(Ticket, func.max(columns.received_at), *here, moment=True, default=None)

    return make


def _stored(_condition: Condition, _context: Context) -> Term:
    columns = _columns(LedgerBalance)
    paid = columns.kind.in_((LedgerKind.PRINCIPAL, LedgerKind.BONUS))
    return _summed(LedgerBalance, func.sum(columns.amount), paid, default=0)


def _call_due(_condition: Condition, context: Context) -> Term:
    columns = _columns(Callback)
    return _of(Callback, "id", columns.state == CallbackState.DUE, columns.due_from <= context.now())


def _consent(_condition: Condition, _context: Context) -> Term:
    columns = _columns(Consent)
    # The latest word on a purpose is in force.
    latest = select(func.max(columns.id)).where(columns.channel.is_(None)).group_by(columns.member_id, columns.purpose)
    return _of(Consent, "purpose", columns.given.is_(True), columns.id.in_(latest))


_LEDGER: Final = _columns(LedgerBalance)
_BOUGHT: Final = _columns(Purchase)
_OPEN: Final = _columns(Ticket).state.not_in(list(FINISHED))
_FIXED: Final[dict[About, Term]] = {
    About.NAME: Term(_M.name),
    About.GENDER: Term(_M.gender),
    About.BIRTHDAY: Term(_M.birthday_month),
    About.BIRTHDAY_MONTH: Term(_M.birthday_month),
    About.AGE: Term(_M.birthday_year),
    About.OCCUPATION: Term(_M.occupation),
    About.INDUSTRY: Term(_M.industry),
    About.SOURCE: Term(_M.source),
    About.TAG: _of(MemberTag, "tag"),
    About.GUIDE: Term(_M.guide_id),
    About.CARE_CLASS: Term(_M.care_class),
    About.TIER: Term(_M.tier),
    About.KIND: Term(_M.kind),
    About.JOINED: Term(_M.joined_on),
    About.HAS_PHONE: _of(MemberPhone, "id", _columns(MemberPhone).state == PhoneState.ACTIVE),
    About.DO_NOT_CONTACT: Term(_M.do_not_contact),
    About.TOUCHPOINT: _of(Touchpoint, "channel", _columns(Touchpoint).state == TouchpointState.ACTIVE),
    About.HOUSEHOLD: _of(HouseholdPerson, "id"),
    About.LAST_PURCHASE: _of(MemberValue, "last_day"),
    About.FIRST_PURCHASE: _of(MemberValue, "first_day"),
    About.PURCHASES: _of(MemberValue, "purchases", default=0),
    About.PIECES: _of(MemberValue, "pieces", default=0),
    About.NET: _of(MemberValue, "net", default=0),
    About.RECENCY: _of(MemberScore, "recency"),
    About.FREQUENCY: _of(MemberScore, "frequency"),
    About.MONETARY: _of(MemberScore, "monetary"),
    About.LIFE_CYCLE: _of(MemberScore, "cycle"),
    About.POINTS: _of(LedgerBalance, "amount", _LEDGER.kind == LedgerKind.POINTS, default=0),
    About.POINTS_EXPIRE: _of(LedgerBalance, "next_expiry", _LEDGER.kind == LedgerKind.POINTS),
    About.INTENT: _of(Intent, "id", _columns(Intent).state == IntentState.OPEN),
    About.OPEN_TICKET: _of(Ticket, "id", _OPEN),
    About.LOANER_OUT: _of(Loan, "id", _columns(Loan).state == LoanState.OUT),
    About.LAST_CONTACT: Term(_M.last_contact_at, moment=True),
}
_MADE: Final[dict[About, Callable[[Condition, Context], Term]]] = {
    About.CONSENT: _consent,
    About.PURCHASES_IN: _rolling(func.count()),
    About.NET_IN: _rolling(func.sum(_BOUGHT.net)),
    About.STORED: _stored,
    About.LAST_TICKET: _last_ticket(),
    About.LAST_COMPLAINT: _last_ticket(TicketKind.COMPLAINT),
    About.CALL_DUE: _call_due,
}
