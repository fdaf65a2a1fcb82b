"""Lines of the owner's workbook about repairs (capability R1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Payer, TicketKind
from crmdesk.core.workbook_facts import RepairLine
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement
from crmdesk.models.member import Member
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketEvent, TicketFault
from crmdesk.queries.come_backs import come_backs
from crmdesk.queries.report_span import Span
from crmdesk.queries.workbook_person import first_phone

_AWAY = (TicketAct.SENT.value, TicketAct.CAME_BACK.value)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whose fault it was and who pays how much, in fen."""

    liability: str
    shares: Mapping[Payer, int]


_NO_VERDICT = _Verdict("", {})


def repair_lines(session: Session, span: Span) -> Iterator[RepairLine]:
    """Give every repair received in the period, in the order of receipt."""
    verdicts, away = _verdicts(session, span), _away(session, span)
    faults, again = _first_faults(session, span), come_backs(session, span)
    for row in session.execute(_repairs(span)).mappings():
        key = row["id"]
        sent, back = away.get(key, (None, None))
        verdict = verdicts.get(key, _NO_VERDICT)
        yield RepairLine(
            **_ticket_part(row, span),
            fault=faults.get(key, ""),
            liability=verdict.liability,
            sent=sent,
            back=back,
            come_back=key in again,
            **_shares(verdict),
        )


def _repairs(span: Span) -> Select[Any]:
    columns: list[Any] = [
        Ticket.id,
        Ticket.number,
        Store.name.label("store"),
        Ticket.received_at,
        Member.number.label("member_number"),
        Member.name.label("member_name"),
        first_phone().label("phone"),
        Item.category,
        func.coalesce(Item.name, "").label("item"),
        Ticket.state,
        Ticket.promised_on,
        Ticket.ready_at,
        Ticket.handed_back_at,
    ]
    return (
        select(*columns)
        .select_from(Ticket)
        .join(Store, Ticket.store_id == Store.id)
        .join(Member, Ticket.member_id == Member.id)
        .outerjoin(Item, Ticket.item_id == Item.id)
        .where(Ticket.kind == TicketKind.REPAIR, Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Ticket.received_at, Ticket.id)
    )


def _ticket_part(row: RowMapping, span: Span) -> dict[str, Any]:
    category = row["category"]
    return {
        **{name: row[name] for name in ("number", "store", "member_number", "member_name", "item")},
        "phone": span.phone(row["phone"]),
        "category": "" if category is None else category.value,
        "state": row["state"].value,
        "promised": row["promised_on"],
        "received": span.day(row["received_at"]),
        "ready": span.day(row["ready_at"]),
        "collected": span.day(row["handed_back_at"]),
    }


def _shares(verdict: _Verdict) -> dict[str, Any]:
    return {f"{payer.value}_fen": verdict.shares.get(payer, 0) for payer in Payer}


def _verdicts(session: Session, span: Span) -> dict[int, _Verdict]:
    """Give what was judged last about each repair; a later judgement takes the place of an earlier one."""
    found = session.execute(
        select(Judgement.ticket_id, Judgement.id, Judgement.liability, CostShare.payer, CostShare.amount)
        .join(Ticket, Judgement.ticket_id == Ticket.id)
        .outerjoin(CostShare, CostShare.judgement_id == Judgement.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Judgement.id)
    )
    verdicts: dict[int, _Verdict] = {}
    shares: dict[int, dict[Payer, int]] = {}
    for ticket_id, judgement_id, liability, payer, amount in found:
        of_judgement = shares.setdefault(judgement_id, {})
        if payer is not None:
            of_judgement[payer] = amount.fen
        verdicts[ticket_id] = _Verdict(liability.value, of_judgement)
    return verdicts


def _away(session: Session, span: Span) -> dict[int, tuple[date | None, date | None]]:
    """Give when goods first went to head office and when they came back for good; None while they are away."""
    found = session.execute(
        select(TicketEvent.ticket_id, TicketEvent.act, TicketEvent.at)
        .join(Ticket, TicketEvent.ticket_id == Ticket.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes, TicketEvent.act.in_(_AWAY))
        .order_by(TicketEvent.ticket_id, TicketEvent.at, TicketEvent.id)
    )
    moments: dict[int, tuple[date | None, date | None]] = {}
    for ticket_id, act, at in found:
        sent, day = moments.get(ticket_id, (None, None))[0], span.day(at)
        moments[ticket_id] = (sent or day, None) if act == TicketAct.SENT.value else (sent, day)
    return moments


def _first_faults(session: Session, span: Span) -> dict[int, str]:
    found = session.execute(
        select(TicketFault.ticket_id, TicketFault.code)
        .join(Ticket, TicketFault.ticket_id == Ticket.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes, TicketFault.ordinal == 0)
    )
    return {ticket_id: code for ticket_id, code in found}  # noqa: C416 - rows are no pairs to mypy
