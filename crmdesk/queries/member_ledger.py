"""A member's points and stored value: what stands there, what expires, and the lines with their running balance."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.ledger_lots import by_day
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.settings_ledger import POINTS_WARN_DAYS
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.models.purchase import Purchase
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ledger_lines import lots_of
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff_rights import rights_of

_MOST = 2000
_STORED = (LedgerKind.PRINCIPAL, LedgerKind.BONUS)


@dataclass(frozen=True, slots=True)
class LedgerStanding:
    """What stands in a member's ledgers; money None for a person who may not see it.

    Attributes:
        points: that can be spent.
        owed: points that could not be taken back so far.
        principal: stored value that was paid in.
        bonus: stored value that was given on top.
        next_expiry: the day on which points expire next, and how many.
        expiring: how many points expire within the warning time.
        expiries: how many points expire on which day.
        has_lines: whether anything ever moved.
    """

    member_id: int
    points: int
    owed: int
    principal: Money | None
    bonus: Money | None
    next_expiry: date | None = None
    next_points: int = 0
    expiring: int = 0
    expiries: tuple[tuple[date, int], ...] = ()
    has_lines: bool = False


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which lines: of one sort or all, of one reason or all, in a span of days (both counted)."""

    member_id: int
    kinds: tuple[LedgerKind, ...] = tuple(LedgerKind)
    reasons: tuple[LedgerReason, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line; amounts are points, or fen.

    Attributes:
        running: the balance of its sort after this line.
        owed: what it added to what is owed.
        ref: the ticket or member page it belongs to, where there is one.
        receipt: number of the receipt it belongs to.
        taken_back: a counter entry took it back.
        counter: it is itself a counter entry.
    """

    id: int
    kind: LedgerKind
    reason: LedgerReason
    amount: int
    running: int
    owed: int
    at: datetime
    who: str
    approver: str
    expires_on: date | None
    paper_number: str
    note: str
    receipt: str
    ref: EntityRef | None
    taken_back: bool
    counter: bool


def standing(session: Session, member_id: int, context: Context) -> LedgerStanding:
    """Give what stands in a member's ledgers today."""
    rows = {
        row.kind: row
        for row in session.execute(
            select(LedgerBalance.kind, LedgerBalance.amount, LedgerBalance.owed, LedgerBalance.next_expiry).where(
                LedgerBalance.member_id == member_id
            )
        )
    }
    points = rows.get(LedgerKind.POINTS)
    money = context.may(Right.SEE_MONEY)
    stored = [Money(rows[kind].amount) if kind in rows else Money(0) for kind in _STORED]
    days = by_day(lots_of(session, member_id)) if points is not None and points.next_expiry is not None else {}
    warn = context.today() + timedelta(days=store_settings(session, context.store.id).get(POINTS_WARN_DAYS))
    first = next(iter(days), None)
    return LedgerStanding(
        member_id,
        points.amount if points is not None else 0,
        points.owed if points is not None else 0,
        stored[0] if money else None,
        stored[1] if money else None,
        first,
        days[first] if first is not None else 0,
        sum(count for day, count in days.items() if day <= warn),
        tuple(days.items()),
        bool(rows),
    )


def lines(session: Session, wanted: LedgerFilter, context: Context) -> list[LedgerRow]:
    """Give the newest lines of a filter, at most two thousand, the newest first; stored value only with the right."""
    if not sees_people(context):
        return []
    kinds = [kind for kind in wanted.kinds if kind is LedgerKind.POINTS or context.may(Right.SEE_MONEY)]
    rows = session.execute(_lines(wanted, kinds, context).limit(_MOST)).mappings().all()
    return [_row(dict(row)) for row in rows]


def balance_before(session: Session, member_id: int, kind: LedgerKind, moment: datetime) -> int:
    """Give the balance just before a moment."""
    total = session.scalar(
        select(func.sum(LedgerEntry.amount)).where(
            LedgerEntry.member_id == member_id, LedgerEntry.kind == kind, LedgerEntry.at < moment
        )
    )
    return int(total or 0)


def approvers(session: Session, context: Context) -> tuple[tuple[int, str], ...]:
    """Give who may approve at this desk, by key and name; nobody beside the person herself needs to."""
    wanted = select(Staff).where(Staff.store_id == context.store.id, Staff.active.is_(True), Staff.secret != "")
    found = [one for one in session.scalars(wanted.order_by(Staff.name)) if Right.JUDGE in rights_of(one)]
    return tuple((one.id, one.name) for one in found if one.id != context.actor.staff_id)


def _lines(wanted: LedgerFilter, kinds: list[LedgerKind], context: Context) -> Select[tuple[object, ...]]:
    running = func.sum(LedgerEntry.amount).over(partition_by=LedgerEntry.kind, order_by=LedgerEntry.id)
    whole = (
        select(LedgerEntry.id.label("key"), running.label("running"))
        .where(LedgerEntry.member_id == wanted.member_id)
        .subquery()
    )
    counter, approver = aliased(LedgerEntry), aliased(Staff)
    return (
        select(
            LedgerEntry.id,
            LedgerEntry.kind,
            LedgerEntry.reason,
            LedgerEntry.amount,
            whole.c.running,
            LedgerEntry.owed,
            LedgerEntry.at,
            func.coalesce(Staff.name, "").label("who"),
            func.coalesce(approver.name, "").label("approver"),
            LedgerEntry.expires_on,
            LedgerEntry.paper_number,
            LedgerEntry.note,
            func.coalesce(Purchase.number, "").label("receipt"),
            Ticket.id.label("ticket_id"),
            counter.id.is_not(None).label("taken_back"),
            LedgerEntry.reverses_id.is_not(None).label("counter"),
        )
        .join(whole, whole.c.key == LedgerEntry.id)
        .outerjoin(Staff, Staff.id == LedgerEntry.staff_id)
        .outerjoin(approver, approver.id == LedgerEntry.approved_by_id)
        .outerjoin(Purchase, Purchase.id == LedgerEntry.purchase_id)
        .outerjoin(Ticket, and_(Ticket.number == LedgerEntry.paper_number, LedgerEntry.paper_number != ""))
        .outerjoin(counter, counter.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.member_id == wanted.member_id, LedgerEntry.kind.in_(kinds), *_narrowed(wanted, context))
        .order_by(LedgerEntry.id.desc())
    )


def _narrowed(wanted: LedgerFilter, context: Context) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.reasons:
        found.append(LedgerEntry.reason.in_(wanted.reasons))
    if wanted.since is not None:
        found.append(LedgerEntry.at >= start_of_day(wanted.since, context.store.zone))
    if wanted.until is not None:
        found.append(LedgerEntry.at < start_of_day(wanted.until + timedelta(days=1), context.store.zone))
    # A line that only notes what is owed moves nothing, but says something.
    found.append(or_(LedgerEntry.amount != 0, LedgerEntry.owed != 0))
    return found


def _row(values: dict[str, object]) -> LedgerRow:
    ticket_id = values.pop("ticket_id")
    ref = EntityRef(EntityKind.TICKET, ticket_id) if isinstance(ticket_id, int) else None
    return LedgerRow(**values, ref=ref)  # type: ignore[arg-type] # the columns are those of the row
