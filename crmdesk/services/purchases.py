"""Purchases: kept with their lines; value and points of the member follow in the same transaction."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, RefusedError
from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_store import POINTS_PER_YUAN, POINTS_YEARS
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.core.topics import Topic
from crmdesk.models.member import MemberValue
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, care_plan, intents, ledger, levels, scores
from crmdesk.services.ledger import Post
from crmdesk.services.till_returns import take_points_back

_CHANGED = frozenset({Topic.PURCHASES, Topic.MEMBERS, Topic.CALLBACKS})


class PurchaseExistsError(RefusedError):
    """The store already has a purchase with this number."""

    def __init__(self, number: str) -> None:
        """Keep the number."""
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line; ``amount`` is what was really paid for it, negative for goods that came back."""

    name: str
    amount: Money
    quantity: int = 1
    style: str = ""
    category: ItemCategory = ItemCategory.OTHER
    colour: str = ""
    size: str = ""
    unit_price: Money | None = None
    returns_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class PurchaseFacts:
    """One till receipt; ``corrects_id`` is the receipt whose goods came back or that this one puts right."""

    number: str
    day: date
    lines: tuple[LineFacts, ...]
    member_id: int | None = None
    guide_id: int | None = None
    note: str = ""
    origin: PurchaseOrigin = PurchaseOrigin.TILL
    corrects_id: int | None = None


@dataclass(frozen=True, slots=True)
class PurchaseMade:
    """A purchase's key and the points it earned (negative: took back)."""

    id: int
    points: int


def record(session: Session, request: PurchaseFacts, context: Context) -> Outcome[PurchaseMade]:
    """Keep a purchase and bring the member's value and points up to date.

    Raises:
        InvalidFieldError: no number, no line, a day in the future.
        PurchaseExistsError: the number is taken.
    """
    context.require(Right.SERVE)
    purchase = _purchase(session, request, context)
    session.add(purchase)
    session.flush()
    points = 0
    if request.member_id is not None:
        renew_value(session, request.member_id, context)
        points = _points(session, purchase, context)
        levels.renew(session, [request.member_id], context)
        intents.bought(session, [purchase.id], context)
        if purchase.net > Money(0) and purchase.day == context.today():
            care_plan.after_purchase(session, purchase, context)
    audit.record(session, context, "purchase.record", (EntityKind.PURCHASE, purchase.id), {"number": purchase.number})
    return Outcome(PurchaseMade(purchase.id, points), _CHANGED)


def _purchase(session: Session, request: PurchaseFacts, context: Context) -> Purchase:
    number = clean_code(request.number)
    if not number:
        raise InvalidFieldError("number", "empty")
    if not request.lines:
        raise InvalidFieldError("lines", "empty")
    if request.day > context.today():
        raise InvalidFieldError("day", "in_the_future", request.day.isoformat())
    taken = select(Purchase.id).where(Purchase.store_id == context.store.id, Purchase.number == number)
    if session.scalar(taken) is not None:
        raise PurchaseExistsError(number)
    lines = [_line(facts, ordinal, context) for ordinal, facts in enumerate(request.lines)]
    return Purchase(
        store_id=context.store.id,
        number=number,
        member_id=request.member_id,
        guide_id=request.guide_id,
        day=request.day,
        pieces=sum(line.quantity for line in lines),
        net=Money.total(line.amount for line in lines),
        note=clean_line(request.note),
        origin=request.origin,
        corrects_id=request.corrects_id,
        lines=lines,
    )


def _line(facts: LineFacts, ordinal: int, context: Context) -> PurchaseLine:
    each = Money(facts.amount.fen // facts.quantity) if facts.quantity else facts.amount
    return PurchaseLine(
        store_id=context.store.id,
        ordinal=ordinal,
        style=clean_code(facts.style),
        name=clean_line(facts.name),
        category=facts.category,
        colour=clean_line(facts.colour),
        size=clean_line(facts.size),
        quantity=facts.quantity,
        unit_price=each if facts.unit_price is None else facts.unit_price,
        amount=facts.amount,
        returns_line_id=facts.returns_line_id,
    )


def renew_value(session: Session, member_id: int, context: Context) -> None:
    """Count a member's purchases anew; few rows per member, so the sum is exact and cheap."""
    session.flush()
    sums = session.execute(
        select(
            func.count(),
            func.count(Purchase.day.distinct()),
            func.sum(Purchase.pieces),
            func.sum(Purchase.net),
            func.min(Purchase.day),
            func.max(Purchase.day),
        ).where(Purchase.member_id == member_id)
    ).one()
    value = session.get(MemberValue, member_id)
    if value is None:
        value = MemberValue(member_id=member_id, store_id=context.store.id)
        session.add(value)
    value.purchases, value.days, value.pieces = sums[0], sums[1], sums[2] or 0
    value.net = sums[3] or Money(0)
    value.first_day, value.last_day = sums[4], sums[5]
    session.flush()
    scores.mark(session, [member_id], context)


def _points(session: Session, purchase: Purchase, context: Context) -> int:
    if purchase.net < Money(0):
        return -take_points_back(session, purchase, context)
    settings = store_settings(session, context.store.id)
    points = purchase.net.fen // 100 * settings.get(POINTS_PER_YUAN)
    if not points or purchase.member_id is None:
        return 0
    expires = date(purchase.day.year + settings.get(POINTS_YEARS), 12, 31)
    post = Post(
        purchase.member_id,
        LedgerKind.POINTS,
        LedgerReason.PURCHASE,
        points,
        purchase.number,
        expires_on=expires,
        purchase_id=purchase.id,
    )
    ledger.post(session, post, context)
    return points
