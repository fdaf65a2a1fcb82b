"""A return's lines with their check by law and house, and what the customer bought lately and may bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.return_money import PaidWith, lot_price, most_refund
from crmdesk.core.return_rules import Policy, Sale, WindowLengths, WindowReading, policy
from crmdesk.core.roles import Right
from crmdesk.core.settings_returns import DISTANCE_REFUND_DAYS, DISTANCE_RETURN_DAYS
from crmdesk.core.settings_service import QUALITY_EXCHANGE_DAYS, QUALITY_RETURN_DAYS, WARRANTY_MONTHS
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason, TicketState
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries.returned_pieces import Held, held
from crmdesk.queries.sale_points import paid_with, sale_of
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff import who_may

_BOUGHT = 60
_NOTHING = PaidWith()
_OPEN = frozenset({TicketState.RECEIVED, TicketState.CHECKED})
METHOD_WORDS = {
    "original": mark("The way it was paid"),
    "wechat": mark("WeChat Pay"),
    "alipay": mark("Alipay"),
    "cash": mark("Cash"),
    "card": mark("Bank card"),
    "transfer": mark("Bank transfer"),
}


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One line of a return.

    Attributes:
        store: the store that sold it; empty without a receipt.
        no_receipt_by: who took it without one.
        difference: what the customer pays for an exchange; below zero goes back.
        repair_number: the repair order that it became.
        policy: the check of the line; None without a receipt.
        paid_with: points and stored value that paid for it and may still go back.
    """

    id: int
    name: str
    quantity: int
    price_paid: Money
    reason: ReturnReason
    condition: GoodsCondition | None
    receipt: str
    bought_on: date | None
    store: str
    no_receipt_reason: str
    no_receipt_by: str
    distance_sale: bool
    arrived_on: date | None
    gift: str
    gift_back: bool | None
    gift_value: Money
    decision: ReturnDecision | None
    decision_note: str
    refund: Money
    refund_method: str
    exchanged_for: str
    exchange_price: Money | None
    points_back: int
    points_owed: int
    points_given_back: int
    stored_given_back: Money
    repair_ticket_id: int | None
    repair_number: str
    executed_at: datetime | None
    policy: Policy | None = None
    paid_with: PaidWith = _NOTHING

    @property
    def window(self) -> WindowReading | None:
        """Give the period the purchase is in."""
        return self.policy.reading if self.policy is not None else None

    @property
    def most(self) -> Money:
        """Give the highest refund."""
        return most_refund(self.price_paid, self.gift_value, gift_back=self.gift_back)

    @property
    def difference(self) -> Money:
        """Give what the customer pays for an exchange; below zero goes back."""
        if self.decision is not ReturnDecision.EXCHANGE or self.exchange_price is None:
            return Money(0)
        return self.exchange_price - self.price_paid

    @property
    def paid_out(self) -> Money:
        """Give the money that goes back to the customer, without stored value; below zero the customer pays."""
        return self.refund - self.stored_given_back - self.difference


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """A line the customer bought; ``left`` pieces may still come back, which cost ``price`` together."""

    id: int
    day: date
    receipt: str
    name: str
    left: int
    price: Money
    store: str = ""


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """The lines of a return, what may be added, and who may approve a line without a receipt (key, name)."""

    lines: tuple[ReturnRow, ...]
    bought: tuple[BoughtRow, ...]
    approvers: tuple[tuple[int, str], ...] = ()

    @property
    def open_lines(self) -> tuple[ReturnRow, ...]:
        """Give the lines that are not carried out yet."""
        return tuple(line for line in self.lines if line.executed_at is None)

    @property
    def refund(self) -> Money:
        """Give the sum of the refunds."""
        return Money.total(line.refund for line in self.lines)

    @property
    def paid(self) -> Money:
        """Give the sum of what was paid."""
        return Money.total(line.price_paid for line in self.lines)


def case(session: Session, ticket_id: int, context: Context) -> ReturnCase:
    """Give the lines of a return; nothing to add when the ticket is decided."""
    ticket = session.get_one(Ticket, ticket_id)
    if ticket.state not in _OPEN:
        return ReturnCase(lines(session, ticket, context), ())
    who = tuple((one.id, one.name) for one in who_may(session, Right.OVERRIDE, context))
    return ReturnCase(lines(session, ticket, context), _bought(session, ticket.member_id), who)


def window_lengths(session: Session, context: Context) -> WindowLengths:
    """Give the periods this store works with."""
    settings = store_settings(session, context.store.id)
    return WindowLengths(
        settings.get(QUALITY_RETURN_DAYS),
        settings.get(QUALITY_EXCHANGE_DAYS),
        settings.get(WARRANTY_MONTHS),
        settings.get(DISTANCE_RETURN_DAYS),
        settings.get(DISTANCE_REFUND_DAYS),
    )


_PLAIN = (
    "id",
    "name",
    "quantity",
    "price_paid",
    "reason",
    "condition",
    "no_receipt_reason",
    "distance_sale",
    "arrived_on",
    "gift",
    "gift_back",
    "gift_value",
    "decision",
    "decision_note",
    "refund",
    "refund_method",
    "exchanged_for",
    "exchange_price",
    "points_back",
    "points_owed",
    "points_given_back",
    "stored_given_back",
    "repair_ticket_id",
    "executed_at",
)


def lines(session: Session, ticket: Ticket, context: Context) -> tuple[ReturnRow, ...]:
    """Give the lines of a return, each checked on the day the customer came with it."""
    lengths, asked_on = window_lengths(session, context), day_in_zone(ticket.received_at, context.store.zone)
    repair = aliased(Ticket)
    found = session.execute(
        select(
            ReturnLine.purchase_line_id,
            *(getattr(ReturnLine, name) for name in _PLAIN),
            func.coalesce(Purchase.number, "").label("receipt"),
            Purchase.day.label("bought_on"),
            func.coalesce(Store.name, "").label("store"),
            func.coalesce(Staff.name, "").label("no_receipt_by"),
            func.coalesce(repair.number, "").label("repair_number"),
        )
        .outerjoin(PurchaseLine, ReturnLine.purchase_line_id == PurchaseLine.id)
        .outerjoin(Purchase, PurchaseLine.purchase_id == Purchase.id)
        .outerjoin(Store, Purchase.store_id == Store.id)
        .outerjoin(Staff, ReturnLine.no_receipt_by_id == Staff.id)
        .outerjoin(repair, ReturnLine.repair_ticket_id == repair.id)
        .where(ReturnLine.ticket_id == ticket.id)
        .order_by(ReturnLine.ordinal)
    )
    return tuple(_row(session, dict(row), asked_on, lengths) for row in found.mappings().all())


def _row(session: Session, row: dict[str, Any], asked_on: date, lengths: WindowLengths) -> ReturnRow:
    line_id = row.pop("purchase_line_id")
    checked, paid = None, _NOTHING
    if row["bought_on"] is not None:
        sale = Sale(row["bought_on"], row["reason"], row["distance_sale"], row["arrived_on"], row["condition"])
        checked = policy(sale, asked_on, lengths)
    receipt = sale_of(session, line_id) if row["executed_at"] is None else None
    if receipt is not None:
        paid = paid_with(session, receipt, beside=row["id"])
    return ReturnRow(**row, policy=checked, paid_with=paid)


def _bought(session: Session, member_id: int) -> tuple[BoughtRow, ...]:
    found = session.execute(
        select(
            PurchaseLine.id,
            Purchase.day,
            Purchase.number,
            PurchaseLine.name,
            PurchaseLine.colour,
            PurchaseLine.size,
            PurchaseLine.quantity,
            PurchaseLine.amount,
            Store.name.label("store"),
        )
        .join(Purchase, PurchaseLine.purchase_id == Purchase.id)
        .join(Store, Purchase.store_id == Store.id)
        .where(Purchase.member_id == member_id, PurchaseLine.quantity > 0)
        .order_by(Purchase.day.desc(), PurchaseLine.id)
        .limit(_BOUGHT)
    ).all()
    return _left(found, held(session, [row.id for row in found]))


def _left(found: Sequence[Any], gone: dict[int, Held]) -> tuple[BoughtRow, ...]:
    rows = []
    for row in found:
        held_back = gone.get(row.id, Held())
        left = row.quantity - held_back.pieces
        if left > 0:
            words = " ".join(part for part in (row.name, row.colour, row.size) if part)
            price = lot_price(row.amount, row.quantity, held_back.pieces, held_back.price, left)
            rows.append(BoughtRow(row.id, row.day, row.number, words, left, price, row.store))
    return tuple(rows)
