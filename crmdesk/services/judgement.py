"""Judging a repair: who or what caused it, on what evidence, who bears the cost (domain rule 1, Judgement)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.dates import months_between
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import WARRANTY_MONTHS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Liability, Payer, Remedy, TicketState
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.ticket_steps import TICKETS, enter_judging, load, move, note_event

# What the house bears; an approval limit counts against it.
_HOUSE = (Payer.STORE, Payer.HEAD_OFFICE)


@dataclass(frozen=True, slots=True)
class Judge:
    """A judgement; ``shares`` splits the expected cost between the parties."""

    ticket_id: int
    seen_version: int
    liability: Liability
    remedy: Remedy
    cause: str = ""
    evidence: str = ""
    rule: str = ""
    shares: Mapping[Payer, Money] = field(default_factory=dict)


def judge(session: Session, request: Judge, context: Context) -> Outcome[TicketState]:
    """Record who or what caused it and what is done; free repairs may start at once, refusals go back unrepaired.

    Raises:
        NotAllowedError: the person does not judge.
        AboveLimitError: the house's share is above the person's limit.
        IllegalMoveError: the ticket is not waiting for a judgement.
        ReasonMissingError: a refusal without cause.
    """
    context.require(Right.JUDGE)
    ticket = load(session, request.ticket_id, request.seen_version)
    house = Money.total(amount for payer, amount in request.shares.items() if payer in _HOUSE)
    if not context.may_approve(house):
        raise AboveLimitError(house, context.actor.approve_limit or Money(0))
    if request.remedy is Remedy.REFUSE and not clean_line(request.cause):
        raise ReasonMissingError("judge.refuse")
    if any(amount < Money(0) for amount in request.shares.values()):
        raise InvalidFieldError("shares", "negative")
    enter_judging(session, ticket, context)
    session.add(_judgement(session, ticket, request, context))
    session.flush()
    after = {Remedy.REPAIR_FREE: TicketState.APPROVED, Remedy.REFUSE: TicketState.READY}.get(request.remedy)
    if after is None:
        note_event(session, ticket, TicketAct.JUDGED, context, request.cause)
    else:
        move(session, ticket, after, TicketAct.JUDGED, context, request.cause)
    return Outcome(ticket.state, TICKETS)


def _judgement(session: Session, ticket: Ticket, request: Judge, context: Context) -> Judgement:
    bought = session.get(Item, ticket.item_id) if ticket.item_id else None
    months = months_between(bought.purchased_on, context.today()) if bought and bought.purchased_on else None
    warranty = store_settings(session, context.store.id).get(WARRANTY_MONTHS)
    judgement = Judgement(
        store_id=context.store.id,
        ticket_id=ticket.id,
        liability=request.liability,
        cause=clean_line(request.cause),
        evidence=clean_note(request.evidence),
        rule=clean_line(request.rule),
        months_since_purchase=months,
        warranty_months_left=None if months is None else max(warranty - months, 0),
        remedy=request.remedy,
        decided_by_id=context.actor.staff_id,
        decided_at=context.now(),
    )
    session.add(judgement)
    session.flush()
    session.add_all(
        CostShare(store_id=context.store.id, judgement_id=judgement.id, payer=payer, amount=amount)
        for payer, amount in request.shares.items()
    )
    return judgement
