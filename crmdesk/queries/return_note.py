"""The facts of the return note."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.labels import label_in
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import ItemFacts
from crmdesk.core.paper_facts.ticket_papers import ReturnLineFacts, ReturnNoteFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.return_rules import Policy, ReturnWindow, WindowReading
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsCondition, ReturnDecision
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries.return_case import METHOD_WORDS, ReturnRow, lines
from crmdesk.queries.ticket_papers import PaperSources

_WINDOW_WORDS: Final = {
    ReturnWindow.DISTANCE: mark("Sold at a distance: return without a reason until {until}."),
    ReturnWindow.RETURN: mark("Bought {days} days ago: return, exchange or repair of faulty goods until {until}."),
    ReturnWindow.EXCHANGE: mark("Bought {days} days ago: exchange or repair of faulty goods until {until}."),
    ReturnWindow.WARRANTY: mark("Bought {days} days ago: house warranty until {until}."),
    ReturnWindow.OVER: mark("Bought {days} days ago: the periods for return, exchange and warranty are over."),
}
_REFUND_DUE: Final = mark("Refund by {day}.")


def return_note(session: Session, ticket_id: int, context: Context, language: str) -> ReturnNoteFacts:
    """Give the facts of the return note; the periods are those of the day the customer came.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = session.get_one(Ticket, ticket_id)
    known = lines(session, ticket, context)
    decided_at, decided_by = _decision(session, ticket_id) or (context.now(), context.actor.name)
    policies = {line.policy for line in known if line.policy is not None}
    policy = next(iter(policies)) if len(policies) == 1 else None
    method = next((line.refund_method for line in known if line.refund_method), "")
    return ReturnNoteFacts(
        number=sources.ticket.number,
        store=sources.store(),
        customer=sources.customer(),
        lines=tuple(_line_facts(line, language, alone=policy is not None) for line in known if line.decision),
        decided_at=local_time(decided_at, context.store.zone),
        decided_by=decided_by,
        printed=sources.printed(PaperKind.RETURN_NOTE),
        receipt_number=gettext_in(language, ", ").join(dict.fromkeys(line.receipt for line in known if line.receipt)),
        refund_words=gettext_in(language, METHOD_WORDS[method]) if method in METHOD_WORDS else method,
        clock_words=_policy_words(policy, language) if policy else "",
        clock_source=gettext_in(language, policy.reading.source) if policy else "",
        home_store=_home_store(session, ticket),
        terms=sources.terms(),
    )


def _home_store(session: Session, ticket: Ticket) -> str:
    """Give the member's store where another one took the goods."""
    if ticket.home_store_id == ticket.store_id:
        return ""
    return session.scalar(select(Store.name).where(Store.id == ticket.home_store_id)) or ""


def _policy_words(policy: Policy, language: str) -> str:
    words = _window_words(policy.reading, language)
    if policy.refund_due is None:
        return words
    return f"{words} {gettext_in(language, _REFUND_DUE).format(day=policy.refund_due.isoformat())}"


def _window_words(reading: WindowReading, language: str) -> str:
    words = gettext_in(language, _WINDOW_WORDS[reading.window])
    return words.format(days=reading.days_old, until=_day(reading.until))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line_facts(line: ReturnRow, language: str, *, alone: bool) -> ReturnLineFacts:
    """Give one line; its period stands with it where the lines have different ones (not ``alone``)."""
    name = f"{line.name} × {line.quantity}" if line.quantity > 1 else line.name
    own_period = line.policy is not None and not alone
    return ReturnLineFacts(
        item=ItemFacts(name, purchased_on=line.bought_on),
        decision=line.decision or ReturnDecision.REJECT,
        reason=label_in(language, line.reason),
        condition=line.condition or GoodsCondition.UNUSED,
        price_paid=line.price_paid,
        refund=line.refund,
        points_taken_back=line.points_back,
        points_owed=line.points_owed,
        points_given_back=line.points_given_back,
        stored_given_back=line.stored_given_back,
        difference=line.difference,
        exchange_words=line.exchanged_for,
        gift=line.gift,
        gift_kept=line.gift_value if line.gift and not line.gift_back else Money(0),
        repair_number=line.repair_number,
        period=_policy_words(line.policy, language) if own_period and line.policy else "",
        done=line.executed_at is not None,
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
