"""Figures about repairs and loaners (domain rule 4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import figures as pure
from crmdesk.core.figures import LATE_PERCENTILE
from crmdesk.core.tickets import GOODS_GONE, TicketKind, TicketState
from crmdesk.models.ticket import Ticket
from crmdesk.queries.come_backs import come_backs
from crmdesk.queries.loaner_days import days_of_loaners
from crmdesk.queries.report_span import Span


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """Repairs received in the period, and loaners; days are calendar days, shares 0 to 1.

    Attributes:
        repairs: repair tickets received.
        turnaround_median: collected − received, of those that are collected.
        turnaround_p90: the same, 90th percentile.
        on_time: ready on or before the promised day ÷ ready and promised.
        come_backs: same item and fault collected at most 90 days before.
        uncollected: finished goods that waited for their owner on the last day.
        loaner_utilisation: days lent ÷ (days lent + days on the shelf).
    """

    repairs: int
    turnaround_median: float | None
    turnaround_p90: float | None
    on_time: float | None
    come_backs: int
    uncollected: int
    loaner_utilisation: float | None


@dataclass(frozen=True, slots=True)
class _Repair:
    state: TicketState
    received: date
    promised: date | None
    ready: date | None
    collected: date | None


def service_figures(session: Session, span: Span) -> ServiceFigures:
    """Compute the service figures of a period."""
    repairs = _repairs(session, span)
    taken = [pure.turnaround_days(one.received, one.collected) for one in repairs]
    days = [one for one in taken if one is not None]
    punctual = [good for one in repairs if (good := pure.on_time(one.ready, one.promised)) is not None]
    loaners = days_of_loaners(session, span).values()
    return ServiceFigures(
        repairs=len(repairs),
        turnaround_median=pure.median(days),
        turnaround_p90=pure.percentile(days, LATE_PERCENTILE),
        on_time=pure.ratio(sum(punctual), len(punctual)),
        come_backs=len(come_backs(session, span)),
        uncollected=sum(_waits(one, span.last) for one in repairs),
        loaner_utilisation=pure.utilisation(sum(one.lent for one in loaners), sum(one.shelf for one in loaners)),
    )


def _repairs(session: Session, span: Span) -> list[_Repair]:
    found = session.execute(
        select(Ticket.state, Ticket.received_at, Ticket.promised_on, Ticket.ready_at, Ticket.handed_back_at).where(
            Ticket.kind == TicketKind.REPAIR, Ticket.received_at >= span.opens, Ticket.received_at < span.closes
        )
    )
    return [
        _Repair(state, span.day(received) or span.first, promised, span.day(ready), span.day(back))
        for state, received, promised, ready, back in found
    ]


def _waits(one: _Repair, as_of: date) -> bool:
    return pure.uncollected_days(one.ready, one.collected, as_of, gone=one.state in GOODS_GONE) is not None
