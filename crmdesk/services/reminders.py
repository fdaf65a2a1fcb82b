"""Uncollected goods step by step: reminded, written to, charged for keeping, decided about by the owner (S10)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.goods_errors import (
    LetterMissingError,
    LetterWrittenError,
    NoFeeError,
    NotWaitingError,
    RemindedRecentlyError,
    TooEarlyError,
)
from crmdesk.core.hand_over import DisposalKind
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TellChannel, TicketState
from crmdesk.core.uncollected import (
    Ladder,
    ReminderStage,
    UncollectedStep,
    Waiting,
    days_waiting,
    due_on,
    fee_days,
    fee_due,
    may_decide,
    remind_from,
    stage_now,
)
from crmdesk.models.hand_over import Disposal
from crmdesk.models.reminder import Reminder
from crmdesk.models.ticket import Ticket
from crmdesk.queries.reminders import ladder, waiting_of
from crmdesk.services.charges import MakeCharge, add_charge
from crmdesk.services.collecting import refuse_while_lent
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

_WORDS_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Remind:
    """A reminder that goes out now, in the words that were sent or said."""

    ticket_id: int
    seen_version: int
    channel: TellChannel
    words: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was noted; ``count`` reminders of this ticket so far."""

    stage: ReminderStage
    count: int


def remind(session: Session, request: Remind, context: Context) -> Outcome[Reminded]:
    """Note that the customer was reminded of goods that wait.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotWaitingError: nothing waits, or the customer was not told yet.
        TooEarlyError: the first reminder is not due yet.
        RemindedRecentlyError: reminded less than 48 hours ago.
        InvalidFieldError: no words.
    """
    ticket, waiting, rules = _load(session, request.ticket_id, request.seen_version, context)
    if days_waiting(waiting, rules, context.today()) < rules.first_days:
        day = due_on(waiting, rules, rules.first_days)
        raise TooEarlyError(ticket.number, UncollectedStep.REMIND, day)
    again = remind_from(waiting, rules)
    if again is not None and context.now() < again:
        raise RemindedRecentlyError(ticket.number, rules.gap_hours, again)
    stage = stage_now(waiting)
    _add(session, ticket, stage, (request.channel, request.words), context)
    return Outcome(Reminded(stage, len(waiting.reminded_at) + 1), TICKETS)


def write_letter(session: Session, request: Remind, context: Context) -> Outcome[Reminded]:
    """Note that the letter about uncollected goods goes out; its paper is printed from the kept words.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotWaitingError: nothing waits, or the customer was not told yet.
        TooEarlyError: the goods do not wait long enough.
        LetterWrittenError: it went out before.
        InvalidFieldError: no words.
    """
    ticket, waiting, rules = _load(session, request.ticket_id, request.seen_version, context)
    if waiting.letter_at is not None:
        raise LetterWrittenError(ticket.number, day_in_zone(waiting.letter_at, context.store.zone))
    if days_waiting(waiting, rules, context.today()) < rules.letter_days:
        day = due_on(waiting, rules, rules.letter_days)
        raise TooEarlyError(ticket.number, UncollectedStep.WRITE, day)
    _add(session, ticket, ReminderStage.LETTER, (request.channel, request.words), context)
    return Outcome(Reminded(ReminderStage.LETTER, len(waiting.reminded_at)), TICKETS)


def charge_fee(session: Session, request: Step, context: Context) -> Outcome[Money]:
    """Charge the storage fee of the days since the letter, or since it was charged last; gives the amount.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotWaitingError: nothing waits.
        NoFeeError: no fee is set, no letter went out, or no day has passed.
    """
    ticket, waiting, rules = _load(session, request.ticket_id, request.seen_version, context)
    today = context.today()
    amount = fee_due(waiting, rules, today)
    if not amount:
        raise NoFeeError(ticket.number)
    note = f"{fee_days(waiting, rules, today)} × ¥{rules.fee_per_day.short_text()}, {today.isoformat()}"
    wanted = MakeCharge(ticket.id, ticket.version, ChargeKind.STORAGE, amount, note)
    add_charge(session, ticket, wanted, context)
    return Outcome(amount, TICKETS)


def decide(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Let the shop keep goods for good that nobody collected; the owner's decision, with its words.

    Raises:
        NotAllowedError: the person is not the owner.
        NotWaitingError: nothing waits.
        LetterMissingError: no letter went out.
        TooEarlyError: the days of the settings have not passed, or there are none.
        LoanerOutError: the customer still has the loaner.
        ReasonMissingError: no words.
    """
    context.require(Right.DELETE)  # of all roles only the owner may destroy something
    ticket, waiting, rules = _waiting(session, request.ticket_id, request.seen_version, context)
    if waiting.letter_at is None:
        raise LetterMissingError(ticket.number)
    if not may_decide(waiting, rules, context.today()):
        day = due_on(waiting, rules, rules.disposal_days) if rules.disposal_days else None
        raise TooEarlyError(ticket.number, UncollectedStep.DECIDE, day)
    refuse_while_lent(session, ticket)
    words = clean_note(request.note)
    if not words:
        raise ReasonMissingError("goods.decide")
    session.add(
        Disposal(
            store_id=context.store.id,
            ticket_id=ticket.id,
            kind=DisposalKind.UNCOLLECTED,
            person=context.actor.name,
            words=words[:_WORDS_LENGTH],
            at=context.now(),
            staff_id=context.actor.staff_id,
        )
    )
    ticket.goods_place, ticket.shelf = GoodsPlace.NONE, ""
    move(session, ticket, TicketState.SCRAPPED, TicketAct.KEPT_UNCOLLECTED, context, words)
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
    return Outcome(ticket.state, TICKETS)


def _load(session: Session, ticket_id: int, seen_version: int, context: Context) -> tuple[Ticket, Waiting, Ladder]:
    context.require(Right.SERVE)
    return _waiting(session, ticket_id, seen_version, context)


def _waiting(session: Session, ticket_id: int, seen_version: int, context: Context) -> tuple[Ticket, Waiting, Ladder]:
    ticket = load(session, ticket_id, seen_version)
    if ticket.state is not TicketState.NOTIFIED or ticket.notified_at is None:
        raise NotWaitingError(ticket.number)
    return ticket, waiting_of(session, [ticket.id])[ticket.id], ladder(session, context)


def _add(
    session: Session, ticket: Ticket, stage: ReminderStage, said: tuple[TellChannel, str], context: Context
) -> None:
    channel, words = said[0], clean_note(said[1])
    if not words:
        raise InvalidFieldError("words", "empty")
    session.add(
        Reminder(
            store_id=context.store.id,
            ticket_id=ticket.id,
            stage=stage.value,
            channel=channel,
            words=words[:_WORDS_LENGTH],
            at=context.now(),
            staff_id=context.actor.staff_id,
        )
    )
    note_event(session, ticket, TicketAct.REMINDED, context, f"{channel.value}: {stage.value}")
