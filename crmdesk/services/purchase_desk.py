"""Receipts at the counter: typed in by hand, goods taken back, a wrong receipt put right by a counter receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError
from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.members import CardTier, LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.purchase_errors import ReceiptFixedError, WhyFixed
from crmdesk.core.refs import EntityKind
from crmdesk.core.return_errors import AlreadyReturnedError
from crmdesk.core.return_money import lot_price
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.staff import Staff
from crmdesk.queries.day_work import OPEN
from crmdesk.queries.purchase_back import booked_back, was_put_right
from crmdesk.queries.returned_pieces import Held, held
from crmdesk.services import audit, ledger, levels, members, numbers, purchases
from crmdesk.services.purchases import LineFacts, PurchaseFacts

MOST_PIECES = 9_999
_SERIES = "P"
_CHANGED = frozenset({Topic.PURCHASES, Topic.MEMBERS, Topic.CALLBACKS})


@dataclass(frozen=True, slots=True)
class BackLine:
    """Pieces of one line that come back."""

    line_id: int
    pieces: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Goods of a receipt come back; without a number the program gives one."""

    purchase_id: int
    lines: tuple[BackLine, ...]
    day: date
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PutRight:
    """A receipt was wrong: it is countered as a whole, and ``right`` stands for it."""

    purchase_id: int
    reason: str
    right: PurchaseFacts


@dataclass(frozen=True, slots=True)
class Effect:
    """What a receipt did to its member; without one only key and number count.

    ``points`` came with it or, negative, went; ``balance`` and ``owed`` are points afterwards.
    """

    id: int
    number: str
    member_id: int | None = None
    points: int = 0
    balance: int = 0
    owed: int = 0
    tier_before: CardTier | None = None
    tier: CardTier | None = None


def enter(session: Session, request: PurchaseFacts, context: Context) -> Outcome[Effect]:
    """Keep a receipt that somebody types in; without a number the program gives one.

    Raises:
        InvalidFieldError: no line, a line without name, pieces or with a negative amount, a day in the future.
        NotFoundError: no such member, or nobody of this key on the staff.
        PurchaseExistsError: the number is taken.
    """
    context.require(Right.SERVE)
    return Outcome(_record(session, _checked(session, request, context), context), _CHANGED)


def take_back(session: Session, request: TakeBack, context: Context) -> Outcome[Effect]:
    """Keep a receipt of goods that come back, never more than were bought; what they earned is taken back once.

    Raises:
        InvalidFieldError: nothing comes back, or on a day before the purchase or in the future.
        AlreadyReturnedError: more than is left of a line.
        NotFoundError: no such receipt, or the line is not on it.
        PurchaseExistsError: the number is taken.
    """
    context.require(Right.SERVE)
    sale = _load(session, request.purchase_id, context)
    if request.day < sale.day:
        raise InvalidFieldError("day", "before_start", request.day.isoformat())
    _refuse_future(request.day, context)
    lines = _back_lines(session, sale, request.lines)
    facts = _of_sale(sale, lines, replace(request, number=_number(session, request.number, context)))
    return Outcome(_record(session, facts, context), _CHANGED)


def put_right(session: Session, request: PutRight, context: Context) -> Outcome[Effect]:
    """Counter a wrong receipt and keep the right one; both of the wrong pair belong to nobody from then on.

    The ledger keeps every movement: what the wrong receipt earned is taken back, what the right one earns is added.

    Raises:
        NotAllowedError: the person does not serve, or does not decide.
        ReasonMissingError: no reason.
        ReceiptFixedError: it is a return itself, goods of it came back, or it was put right before.
    """
    context.require(Right.SERVE)
    context.require(Right.JUDGE)
    reason = clean_line(request.reason)
    if not reason:
        raise ReasonMissingError("purchase.put_right")
    wrong = _load(session, request.purchase_id, context)
    _refuse_fixed(session, wrong)
    right = replace(_checked(session, request.right, context), corrects_id=wrong.id)
    whose = wrong.member_id
    _counter(session, wrong, reason, context)
    effect = _record(session, right, context)
    facts: dict[str, str | int | bool | None] = {"number": wrong.number, "right": effect.number, "reason": reason}
    facts["other_member"] = whose != effect.member_id
    audit.record(session, context, "purchase.put_right", (EntityKind.PURCHASE, wrong.id), facts)
    return Outcome(effect, _CHANGED)


def _load(session: Session, purchase_id: int, context: Context) -> Purchase:
    sale = session.get(Purchase, purchase_id)
    if sale is None or sale.store_id != context.store.id:
        raise NotFoundError(EntityKind.PURCHASE, str(purchase_id))
    return sale


def _refuse_future(day: date, context: Context) -> None:
    if day > context.today():
        raise InvalidFieldError("day", "in_future", day.isoformat())


def _checked(session: Session, request: PurchaseFacts, context: Context) -> PurchaseFacts:
    """Give the receipt as it is kept: members followed through merges, a number given."""
    _refuse_future(request.day, context)
    if not request.lines:
        raise InvalidFieldError("lines", "empty")
    for line in request.lines:
        _check_line(line)
    member_id = members.load(session, request.member_id).id if request.member_id is not None else None
    guide = session.get(Staff, request.guide_id) if request.guide_id is not None else None
    if request.guide_id is not None and (guide is None or guide.store_id != context.store.id):
        raise NotFoundError(EntityKind.STAFF, str(request.guide_id))
    number = _number(session, request.number, context)
    return replace(request, number=number, member_id=member_id, origin=PurchaseOrigin.BY_HAND)


def _check_line(line: LineFacts) -> None:
    if not clean_line(line.name):
        raise InvalidFieldError("name", "empty")
    if not 1 <= line.quantity <= MOST_PIECES:
        raise InvalidFieldError("quantity", "too_small" if line.quantity < 1 else "too_large", str(line.quantity))
    if line.amount < Money(0):
        raise InvalidFieldError("amount", "too_small", line.amount.yuan_text())


def _number(session: Session, typed: str, context: Context) -> str:
    return clean_code(typed) or numbers.next_day_number(session, context, _SERIES)


def _record(session: Session, facts: PurchaseFacts, context: Context) -> Effect:
    if facts.member_id is None:
        made = purchases.record(session, facts, context).value
        return Effect(made.id, facts.number)
    member = session.get_one(Member, facts.member_id)
    before = member.tier
    made = purchases.record(session, facts, context).value
    stands = ledger.standing(session, member.id, LedgerKind.POINTS)
    return Effect(made.id, facts.number, member.id, made.points, stands.amount, stands.owed, before, member.tier)


def _back_lines(session: Session, sale: Purchase, wanted: Sequence[BackLine]) -> tuple[LineFacts, ...]:
    """Give the negative lines; what comes back costs what was paid for it."""
    known = {line.id: line for line in sale.lines}
    pieces: dict[int, int] = {}
    for one in wanted:
        if one.pieces < 0:
            raise InvalidFieldError("quantity", "too_small", str(one.pieces))
        pieces[one.line_id] = pieces.get(one.line_id, 0) + one.pieces
    chosen = {key: count for key, count in pieces.items() if count}
    if not chosen:
        raise InvalidFieldError("lines", "empty")
    if missing := next((key for key in chosen if key not in known), None):
        raise NotFoundError(EntityKind.PURCHASE, str(missing))
    gone = booked_back(session, list(chosen))
    return tuple(_back_line(line, chosen[key], gone.get(key, Held())) for key, line in known.items() if key in chosen)


def _back_line(line: PurchaseLine, pieces: int, gone: Held) -> LineFacts:
    if gone.pieces + pieces > line.quantity:
        raise AlreadyReturnedError(line.name, max(line.quantity, 0), gone.pieces)
    amount = lot_price(line.amount, line.quantity, gone.pieces, gone.price, pieces)
    return LineFacts(
        line.name,
        -amount,
        -pieces,
        line.style,
        line.category,
        line.colour,
        line.size,
        line.unit_price,
        returns_line_id=line.id,
    )


def _refuse_fixed(session: Session, wrong: Purchase) -> None:
    if wrong.pieces <= 0 or any(line.quantity <= 0 for line in wrong.lines):
        raise ReceiptFixedError(wrong.number, WhyFixed.RETURN)
    if was_put_right(session, wrong.id):
        raise ReceiptFixedError(wrong.number, WhyFixed.PUT_RIGHT)
    keys = [line.id for line in wrong.lines]
    if booked_back(session, keys) or held(session, keys):
        raise ReceiptFixedError(wrong.number, WhyFixed.GOODS_CAME_BACK)


def _counter(session: Session, wrong: Purchase, reason: str, context: Context) -> None:
    """Book the counter receipt on the day of the wrong one and take both off the member."""
    every = tuple(BackLine(line.id, line.quantity) for line in wrong.lines)
    request = TakeBack(wrong.id, every, wrong.day, _number(session, "", context), reason)
    facts = _of_sale(wrong, _back_lines(session, wrong, every), request)
    counter = purchases.record(session, facts, context).value
    _forget_calls(session, wrong.id, context)
    member_id = wrong.member_id
    if member_id is not None:
        both = session.scalars(select(Purchase).where(or_(Purchase.id == wrong.id, Purchase.id == counter.id)))
        for one in both:
            one.member_id = None
        purchases.renew_value(session, member_id, context)
        levels.renew(session, [member_id], context)


def _of_sale(sale: Purchase, lines: tuple[LineFacts, ...], request: TakeBack) -> PurchaseFacts:
    return PurchaseFacts(
        request.number,
        request.day,
        lines,
        sale.member_id,
        sale.guide_id,
        request.note,
        PurchaseOrigin.BY_HAND,
        sale.id,
    )


def _forget_calls(session: Session, purchase_id: int, context: Context) -> None:
    """Nobody is called about a purchase that never was."""
    planned = select(Callback).where(Callback.purchase_id == purchase_id, Callback.state.in_(OPEN))
    for callback in session.scalars(planned):
        callback.state, callback.done_at = CallbackState.CANCELLED, context.now()
