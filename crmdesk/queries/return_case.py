"""A return's lines, what the customer bought lately and may bring back, and the facts of the return note."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.labels import label_in
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import ItemFacts
from crmdesk.core.paper_facts.ticket_papers import ReturnLineFacts, ReturnNoteFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.return_rules import ReturnWindow, WindowLengths, WindowReading, return_window
from crmdesk.core.settings_service import QUALITY_EXCHANGE_DAYS, QUALITY_RETURN_DAYS, WARRANTY_MONTHS
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason, TicketState
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_papers import PaperSources

_BOUGHT = 60
_SOURCE = mark("Consumer protection law, art. 24; Zhejiang consumer regulation, art. 26; not legal advice")
_WINDOW_WORDS = {
    ReturnWindow.RETURN: mark("Bought {days} days ago: return, exchange or repair of faulty goods until {until}."),
    ReturnWindow.EXCHANGE: mark("Bought {days} days ago: exchange or repair of faulty goods until {until}."),
    ReturnWindow.WARRANTY: mark("Bought {days} days ago: house warranty until {until}."),
    ReturnWindow.OVER: mark("Bought {days} days ago: the periods for return, exchange and warranty are over."),
}
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
    """One line of a return."""

    id: int
    name: str
    quantity: int
    price_paid: Money
    reason: ReturnReason
    condition: GoodsCondition | None
    receipt: str
    bought_on: date | None
    no_receipt_reason: str
    decision: ReturnDecision | None
    decision_note: str
    refund: Money
    refund_method: str
    exchanged_for: str
    points_back: int
    points_owed: int
    window: WindowReading | None


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """A line the customer bought; ``left`` pieces may still come back, which cost ``price`` together."""

    id: int
    day: date
    receipt: str
    name: str
    left: int
    price: Money


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """The lines of a return and what may be added; ``others`` counts other open returns of the customer."""

    lines: tuple[ReturnRow, ...]
    bought: tuple[BoughtRow, ...]

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
    open_lines = ticket.state in (TicketState.RECEIVED, TicketState.CHECKED)
    return ReturnCase(_lines(session, ticket_id, context), _bought(session, ticket.member_id) if open_lines else ())


def window_lengths(session: Session, context: Context) -> WindowLengths:
    """Give the periods this store works with."""
    settings = store_settings(session, context.store.id)
    return WindowLengths(
        settings.get(QUALITY_RETURN_DAYS), settings.get(QUALITY_EXCHANGE_DAYS), settings.get(WARRANTY_MONTHS)
    )


def _lines(session: Session, ticket_id: int, context: Context) -> tuple[ReturnRow, ...]:
    lengths, today = window_lengths(session, context), context.today()
    found = session.execute(
        select(
            ReturnLine.id,
            ReturnLine.name,
            ReturnLine.quantity,
            ReturnLine.price_paid,
            ReturnLine.reason,
            ReturnLine.condition,
            func.coalesce(Purchase.number, "").label("receipt"),
            Purchase.day.label("bought_on"),
            ReturnLine.no_receipt_reason,
            ReturnLine.decision,
            ReturnLine.decision_note,
            ReturnLine.refund,
            ReturnLine.refund_method,
            ReturnLine.exchanged_for,
            ReturnLine.points_back,
            ReturnLine.points_owed,
        )
        .outerjoin(PurchaseLine, ReturnLine.purchase_line_id == PurchaseLine.id)
        .outerjoin(Purchase, PurchaseLine.purchase_id == Purchase.id)
        .where(ReturnLine.ticket_id == ticket_id)
        .order_by(ReturnLine.ordinal)
    )
    return tuple(
        ReturnRow(**row, window=return_window(row["bought_on"], today, lengths) if row["bought_on"] else None)
        for row in found.mappings()
    )


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
        )
        .join(Purchase, PurchaseLine.purchase_id == Purchase.id)
        .where(Purchase.member_id == member_id, PurchaseLine.quantity > 0)
        .order_by(Purchase.day.desc(), PurchaseLine.id)
        .limit(_BOUGHT)
    ).all()
    gone = _returned(session, [row.id for row in found])
    rows = []
    for row in found:
        left = row.quantity - gone.get(row.id, 0)
        if left > 0:
            words = " ".join(part for part in (row.name, row.colour, row.size) if part)
            price = Money(row.amount.fen * left // row.quantity)
            rows.append(BoughtRow(row.id, row.day, row.number, words, left, price))
    return tuple(rows)


def _returned(session: Session, keys: list[int]) -> dict[int, int]:
    """Count pieces by purchase line on returns that are neither cancelled nor rejected."""
    found = session.execute(
        select(ReturnLine.purchase_line_id, ReturnLine.quantity, ReturnLine.decision)
        .join(Ticket, ReturnLine.ticket_id == Ticket.id)
        .where(ReturnLine.purchase_line_id.in_(keys), Ticket.state != TicketState.CANCELLED)
    )
    gone: dict[int, int] = {}
    for key, quantity, decision in found:
        if key is not None and decision is not ReturnDecision.REJECT:
            gone[key] = gone.get(key, 0) + quantity
    return gone


def return_note(session: Session, ticket_id: int, context: Context, language: str) -> ReturnNoteFacts:
    """Give the facts of the return note.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    lines = _lines(session, ticket_id, context)
    decided_at, decided_by = _decision(session, ticket_id) or (context.now(), context.actor.name)
    windows = {line.window for line in lines if line.window is not None}
    window = next(iter(windows)) if len(windows) == 1 else None
    method = next((line.refund_method for line in lines if line.refund_method), "")
    return ReturnNoteFacts(
        number=sources.ticket.number,
        store=sources.store(),
        customer=sources.customer(),
        lines=tuple(_line_facts(line, language) for line in lines if line.decision is not None),
        decided_at=local_time(decided_at, context.store.zone),
        decided_by=decided_by,
        printed=sources.printed(PaperKind.RETURN_NOTE),
        receipt_number=gettext_in(language, ", ").join(dict.fromkeys(line.receipt for line in lines if line.receipt)),
        refund_words=gettext_in(language, METHOD_WORDS[method]) if method in METHOD_WORDS else method,
        clock_words=_window_words(window, language) if window else "",
        clock_source=gettext_in(language, _SOURCE) if window else "",
        terms=sources.terms(),
    )


def _window_words(reading: WindowReading, language: str) -> str:
    words = gettext_in(language, _WINDOW_WORDS[reading.window])
    return words.format(days=reading.days_old, until=reading.until.isoformat() if reading.until else "")


def _line_facts(line: ReturnRow, language: str) -> ReturnLineFacts:
    name = f"{line.name} × {line.quantity}" if line.quantity > 1 else line.name
    return ReturnLineFacts(
        item=ItemFacts(name, purchased_on=line.bought_on),
        decision=line.decision or ReturnDecision.REJECT,
        reason=label_in(language, line.reason),
        condition=line.condition or GoodsCondition.UNUSED,
        price_paid=line.price_paid,
        refund=line.refund,
        points_taken_back=line.points_back,
        exchange_words=line.exchanged_for,
        note=line.decision_note,
    )


def _decision(session: Session, ticket_id: int) -> tuple[datetime, str] | None:
    found = session.execute(
        select(TicketEvent.at, Staff.name)
        .join(Staff, TicketEvent.staff_id == Staff.id)
        .where(TicketEvent.ticket_id == ticket_id, TicketEvent.act == TicketAct.DECIDED.value)
        .order_by(TicketEvent.id.desc())
        .limit(1)
    ).one_or_none()
    return (found[0], found[1]) if found is not None else None
