"""Points and stored value at the desk: top up, spend, give, refund; every movement has a reason and a number."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, ReasonMissingError
from crmdesk.core.ledger_lots import points_end
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_ledger import BONUS_ALONE, POINTS_GIVE_ALONE, SPEND_ALONE
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.staff import Staff
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff_rights import limit_of, rights_of
from crmdesk.services import audit, ledger, members
from crmdesk.services.ledger import BalanceTooLowError, Post
from crmdesk.services.numbers import next_running_number

CHANGED = frozenset({Topic.MEMBERS})
_SERIES = "S"
_NOTE = 120
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money paid in, and what the store gives on top; ``note`` says how it was paid."""

    member_id: int
    principal: Money
    bonus: Money = Money(0)
    note: str = ""
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Spend:
    """Stored value or points used; ``receipt`` is what was paid with it, a number is taken where there is none."""

    member_id: int
    amount: Money = Money(0)
    points: int = 0
    receipt: str = ""
    note: str = ""
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class GivePoints:
    """Points by hand, with the reason."""

    member_id: int
    points: int
    reason: str
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """Stored value paid out again: principal only, with the reason."""

    member_id: int
    amount: Money
    reason: str
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What was written: the number, and what stands there now (points; fen of both sorts)."""

    member_id: int
    number: str
    points: int
    principal: Money
    bonus: Money


def top_up(session: Session, request: TopUp, context: Context) -> Outcome[Moved]:
    """Take money in as stored value.

    Raises:
        InvalidFieldError: nothing is paid in, or the bonus is negative.
        NotAllowedError: the bonus is larger than the person may give alone, and nobody who may approved.
    """
    context.require(Right.SERVE)
    if request.principal <= Money(0):
        raise InvalidFieldError("principal", "empty")
    if request.bonus < Money(0):
        raise InvalidFieldError("bonus", "negative")
    share = store_settings(session, context.store.id).get(BONUS_ALONE)
    alone = request.bonus.fen * _HUNDRED <= request.principal.fen * share
    approver = None if alone else _approver(session, request.bonus, request.approved_by_id, context)
    number = _number(session, context)
    moves = ((LedgerKind.PRINCIPAL, request.principal.fen), (LedgerKind.BONUS, request.bonus.fen))
    lines = [
        Post(request.member_id, kind, LedgerReason.TOP_UP, amount, number, _note(request.note), approved_by_id=approver)
        for kind, amount in moves
        if amount
    ]
    return _write(session, "ledger.top_up", lines, context)


def spend(session: Session, request: Spend, context: Context) -> Outcome[Moved]:
    """Use stored value (principal first, then bonus) and points.

    Raises:
        InvalidFieldError: nothing is to be used.
        BalanceTooLowError: there is not so much.
        NotAllowedError: the amount is above what the person may book alone, and nobody who may approved.
    """
    context.require(Right.SERVE)
    if request.amount < Money(0) or request.points < 0 or not (request.amount or request.points):
        raise InvalidFieldError("amount" if not request.points else "points", "empty")
    alone = request.amount <= store_settings(session, context.store.id).get(SPEND_ALONE)
    approver = None if alone else _approver(session, request.amount, request.approved_by_id, context)
    principal, bonus = _split(session, request)
    number = clean_code(request.receipt) or _number(session, context)
    moves = ((LedgerKind.POINTS, request.points), (LedgerKind.PRINCIPAL, principal), (LedgerKind.BONUS, bonus))
    lines = [
        Post(request.member_id, kind, LedgerReason.SPENT, -amount, number, _note(request.note), approved_by_id=approver)
        for kind, amount in moves
        if amount
    ]
    return _write(session, "ledger.spend", lines, context)


def give_points(session: Session, request: GivePoints, context: Context) -> Outcome[Moved]:
    """Give points by hand; they end like those earned today.

    Raises:
        InvalidFieldError: no points.
        ReasonMissingError: no reason.
        NotAllowedError: more than the person may give alone, and nobody who may approved.
    """
    context.require(Right.SERVE)
    if request.points <= 0:
        raise InvalidFieldError("points", "empty")
    reason = _reason(request.reason, "ledger.give")
    settings = store_settings(session, context.store.id)
    alone = request.points <= settings.get(POINTS_GIVE_ALONE)
    approver = None if alone else _approver(session, Money(0), request.approved_by_id, context)
    line = Post(
        request.member_id,
        LedgerKind.POINTS,
        LedgerReason.GIVEN,
        request.points,
        _number(session, context),
        reason,
        points_end(context.today(), settings.get(POINTS_YEARS)),
        approved_by_id=approver,
    )
    return _write(session, "ledger.give", [line], context)


def refund(session: Session, request: Refund, context: Context) -> Outcome[Moved]:
    """Pay stored value out again; only what was paid in, never the bonus.

    Raises:
        InvalidFieldError: no amount.
        ReasonMissingError: no reason.
        BalanceTooLowError: so much principal is not there.
        NotAllowedError: nobody who may approved.
        AboveLimitError: the amount is above the approver's limit.
    """
    context.require(Right.SERVE)
    if request.amount <= Money(0):
        raise InvalidFieldError("amount", "empty")
    reason = _reason(request.reason, "ledger.refund")
    approver = _approver(session, request.amount, request.approved_by_id, context)
    line = Post(
        request.member_id,
        LedgerKind.PRINCIPAL,
        LedgerReason.REFUND,
        -request.amount.fen,
        _number(session, context),
        reason,
        approved_by_id=approver,
    )
    return _write(session, "ledger.refund", [line], context)


def _split(session: Session, request: Spend) -> tuple[int, int]:
    """Split an amount into principal and bonus; the principal goes first."""
    principal = ledger.balance(session, request.member_id, LedgerKind.PRINCIPAL)
    bonus = ledger.balance(session, request.member_id, LedgerKind.BONUS)
    if request.amount.fen > principal + bonus:
        raise BalanceTooLowError(LedgerKind.PRINCIPAL, principal + bonus, request.amount.fen)
    first = min(request.amount.fen, principal)
    return first, request.amount.fen - first


def _write(session: Session, act: str, lines: list[Post], context: Context) -> Outcome[Moved]:
    member = members.load(session, lines[0].member_id)
    detail: dict[str, str | int] = {"number": lines[0].paper_number}
    for line in lines:
        ledger.post(session, line, context)
        detail[line.kind.value] = line.amount
    audit.record(session, context, act, (EntityKind.MEMBER, member.id), detail)
    return Outcome(moved(session, member.id, lines[0].paper_number), CHANGED)


def moved(session: Session, member_id: int, number: str) -> Moved:
    """Give what stands in the ledgers of a member after a movement."""
    points, principal, bonus = (ledger.balance(session, member_id, kind) for kind in LedgerKind)
    return Moved(member_id, number, points, Money(principal), Money(bonus))


def approver_of(session: Session, staff_id: int | None, amount: Money, context: Context) -> int | None:
    """Give who answers for an amount: nobody else where the person may do it alone, else who approved it.

    Raises:
        NotAllowedError: nobody who may approved.
        AboveLimitError: the amount is above the approver's limit.
    """
    return _approver(session, amount, staff_id, context)


def _approver(session: Session, amount: Money, staff_id: int | None, context: Context) -> int | None:
    if context.may(Right.JUDGE) and context.may_approve(amount):
        return None
    staff = session.get(Staff, staff_id) if staff_id else None
    if staff is None or not staff.active or Right.JUDGE not in rights_of(staff):
        if context.may(Right.JUDGE):
            raise AboveLimitError(amount, context.actor.approve_limit or Money(0))
        raise NotAllowedError(Right.JUDGE, context.actor.role)
    limit = limit_of(staff, store_settings(session, context.store.id))
    if limit is not None and amount > limit:
        raise AboveLimitError(amount, limit)
    return staff.id


def _number(session: Session, context: Context) -> str:
    return next_running_number(session, context, _SERIES)


def _reason(text: str, act: str) -> str:
    reason = _note(text)
    if not reason:
        raise ReasonMissingError(act)
    return reason


def _note(text: str) -> str:
    return clean_line(text)[:_NOTE]
