"""Replies of head office and repairers, line by line: a judgement, and the ticket goes on by it (S5)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import AlreadyAnsweredError
from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batch_rules import REPAIRS, Answer, check_answer
from crmdesk.core.batches import BatchLineState
from crmdesk.core.context import Context
from crmdesk.core.dates import months_between
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import WARRANTY_MONTHS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Remedy, TicketState
from crmdesk.models.batch import BatchLine
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.batches_steps import CHANGED, LineStep, batch_words, load_line, note, reach, require_desk
from crmdesk.services.quotes import MakeQuote, agreed_quote, quote, withdraw
from crmdesk.services.ticket_steps import move, note_event

_LINE = 120
_S = TicketState


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one line as it was seen."""

    line_id: int
    seen_version: int | None
    answer: Answer


def reply(session: Session, request: Reply, context: Context) -> Outcome[TicketState]:
    """Record an answer as the judgement in force; gives where the ticket is now.

    A repair that costs the customer nothing, or no more than was agreed before, is approved; one that does is quoted;
    everything else is decided by the store when it tells the customer. Goods that are answered about have arrived.

    Raises:
        AlreadyAnsweredError: the line has its reply.
        IllegalMoveError: the goods never left, or are back.
        InvalidFieldError, SplitError, ReasonMissingError: see `check_answer`.
    """
    require_desk(context)
    check_answer(request.answer)
    line, batch, ticket = load_line(session, LineStep(request.line_id, request.seen_version), context)
    if line.replied_at is not None:
        raise AlreadyAnsweredError(ticket.number)
    line.move(BatchLineState.REPLIED)
    reach(session, line, batch, ticket, context)
    line.replied_at = context.now()
    line.replied_by = clean_line(request.answer.decided_by)[:_LINE]
    line.reply = clean_note(request.answer.words)
    judgement = _judgement(session, line, ticket, request.answer, context)
    session.add(judgement)
    session.flush()
    _add_shares(session, judgement, request.answer, context)
    note_event(session, ticket, TicketAct.REPLIED, context, f"{batch_words(session, batch)} {line.replied_by}")
    _follow(session, ticket, request.answer, context)
    note(session, batch, BatchAct.REPLIED, context, ticket.number, line)
    return Outcome(ticket.state, CHANGED)


def remedy_of_line(session: Session, line_id: int) -> Remedy | None:
    """Give what the reply to a line says is to be done; None before there is one."""
    wanted = select(Judgement.remedy).where(Judgement.batch_line_id == line_id).order_by(Judgement.id.desc()).limit(1)
    return session.scalar(wanted)


def _judgement(session: Session, line: BatchLine, ticket: Ticket, answer: Answer, context: Context) -> Judgement:
    bought = session.get(Item, ticket.item_id) if ticket.item_id else None
    months = months_between(bought.purchased_on, context.today()) if bought and bought.purchased_on else None
    warranty = store_settings(session, context.store.id).get(WARRANTY_MONTHS)
    return Judgement(
        store_id=context.store.id,
        ticket_id=ticket.id,
        liability=answer.liability,
        cause=clean_line(answer.words)[:_LINE],
        months_since_purchase=months,
        warranty_months_left=None if months is None else max(warranty - months, 0),
        remedy=answer.remedy,
        cost=answer.cost,
        days=answer.days,
        decided_by_words=clean_line(answer.decided_by)[:_LINE],
        batch_line_id=line.id,
        decided_by_id=context.actor.staff_id,
        decided_at=context.now(),
    )


def _add_shares(session: Session, judgement: Judgement, answer: Answer, context: Context) -> None:
    session.add_all(
        CostShare(store_id=context.store.id, judgement_id=judgement.id, payer=payer, amount=amount)
        for payer, amount in answer.shares.items()
        if amount
    )


def _follow(session: Session, ticket: Ticket, answer: Answer, context: Context) -> None:
    """Bring the ticket to where the answer leads; one that somebody ended meanwhile stays as it is."""
    if ticket.state is not _S.AT_HEAD_OFFICE:
        return
    to_ask = bool(answer.customer_pays) and not context.may(Right.SERVE)
    if answer.remedy not in REPAIRS or to_ask:  # without a desk to quote it, the store does that next
        if not to_ask:
            withdraw(session, ticket)  # nothing is repaired: what she agreed to before is not owed
        move(session, ticket, _S.JUDGING, TicketAct.JUDGED, context, answer.words)
    elif answer.customer_pays <= _agreed(session, ticket):
        move(session, ticket, _S.APPROVED, TicketAct.JUDGED, context, answer.words)
        _lower(session, ticket, answer, context)
    else:
        note_event(session, ticket, TicketAct.JUDGED, context, answer.words)
        session.flush()
        work = clean_note(answer.words) or label(answer.remedy)
        quote(session, MakeQuote(ticket.id, ticket.version, work, answer.customer_pays, days=answer.days), context)


def _agreed(session: Session, ticket: Ticket) -> Money:
    """Give what the customer has agreed to pay; nothing when nobody asked her."""
    known = agreed_quote(session, ticket)
    return known.total if known is not None else Money(0)


def _lower(session: Session, ticket: Ticket, answer: Answer, context: Context) -> None:
    """Let the customer owe no more than the answer says; what she agreed to before holds for that."""
    known = agreed_quote(session, ticket)
    if known is None or known.total == answer.customer_pays:
        return
    if answer.customer_pays:
        session.flush()
        work = clean_note(answer.words) or known.work
        quote(session, MakeQuote(ticket.id, ticket.version, work, answer.customer_pays, days=answer.days), context)
    else:
        withdraw(session, ticket)
