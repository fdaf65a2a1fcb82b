"""Callbacks: what came of a contact decides what comes next (capability C1, domain rule 3)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.call_follow import Follow, Following, follow
from crmdesk.core.care import (
    SERVICE_NOTICES,
    TALKED,
    CallbackReason,
    CallbackState,
    CallOutcome,
    Channel,
    ConsentPurpose,
    HoldReason,
)
from crmdesk.core.case_errors import NotToldError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, StaleError
from crmdesk.core.members import PhoneState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_note
from crmdesk.core.topics import Topic
from crmdesk.db.rows import append
from crmdesk.models.callback import Callback, Consent, Contact
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.purchase import Purchase
from crmdesk.models.ticket import Ticket
from crmdesk.queries.call_situation import situation
from crmdesk.services import audit, care_plan, complaints
from crmdesk.services.call_start import load_due
from crmdesk.services.callback_plan import PlanCallback, plan
from crmdesk.services.complaints import Satisfaction

_AGREED_WINDOW = timedelta(hours=4)
_CHANGED = frozenset({Topic.CALLBACKS, Topic.MEMBERS})
_WITHDRAWN = (ConsentPurpose.CALLBACKS, ConsentPurpose.MARKETING)
_EFFECTIVE = TALKED | {CallOutcome.CALL_LATER}


@dataclass(frozen=True, slots=True)
class LogCall:
    """What came of a contact; ``later`` (aware) is when the customer wants to be called again."""

    callback_id: int
    seen_version: int
    outcome: CallOutcome
    note: str = ""
    later: datetime | None = None
    channel: Channel = Channel.PHONE


@dataclass(frozen=True, slots=True)
class CallLogged:
    """What followed.

    Attributes:
        state: of the callback now.
        following: what comes next, and when.
        offer_complaint: she is not satisfied and no complaint is open about it yet.
        complaint_id: the complaint whose answer she is not satisfied with.
    """

    state: CallbackState
    following: Following
    offer_complaint: bool = False
    complaint_id: int | None = None

    @property
    def next_at(self) -> datetime | None:
        """When she is contacted next, where that is known."""
        return self.following.at


def log_call(session: Session, request: LogCall, context: Context) -> Outcome[CallLogged]:
    """Write the contact down and do what its outcome asks for.

    Raises:
        NotAllowedError: the call belongs to somebody else.
        CallDoneError: somebody finished it meanwhile.
        StaleError: it changed since it was read.
        InvalidFieldError: "call later" without a moment in the future.
    """
    callback = load_due(session, request.callback_id, context)
    if callback.version != request.seen_version:
        raise StaleError(EntityKind.CALLBACK, callback.id, request.seen_version, callback.version)
    if request.outcome is CallOutcome.CALL_LATER and (request.later is None or request.later <= context.now()):
        raise InvalidFieldError("later", "in_the_past")
    following = follow(request.outcome, situation(session, callback, context), context.now(), request.later)
    callback.attempts += 1
    callback.outcome = request.outcome
    _write_contact(session, callback, request, context)
    _carry_out(session, callback, following, request, context)
    told = _tell_complaint(session, callback, request, context)
    detail = {"outcome": request.outcome.value, "channel": request.channel.value}
    audit.record(session, context, "callback.log", (EntityKind.CALLBACK, callback.id), detail)
    unhappy = request.outcome is CallOutcome.DISSATISFIED
    logged = CallLogged(callback.state, following, unhappy and told is None, told if unhappy else None)
    return Outcome(logged, _CHANGED | ({Topic.TICKETS} if told else set()))


def _write_contact(session: Session, callback: Callback, request: LogCall, context: Context) -> None:
    effective = request.outcome in _EFFECTIVE
    contact = {
        "store_id": context.store.id,
        "member_id": callback.member_id,
        "callback_id": callback.id,
        "at": context.now(),
        "staff_id": context.actor.staff_id,
        "channel": request.channel,
        "service_notice": callback.reason in SERVICE_NOTICES,
        "outcome": request.outcome,
        "effective": effective,
        "note": clean_note(request.note),
    }
    append(session, Contact, contact)
    if effective:
        with session.no_autoflush:
            session.get_one(Member, callback.member_id).last_contact_at = context.now()


def _carry_out(session: Session, callback: Callback, following: Following, request: LogCall, context: Context) -> None:
    if following.kind is Follow.RETRY and following.at is not None:
        callback.due_from = following.at  # late is what its first window passed untried, so that one's end stays
    elif following.kind is Follow.OTHER_NUMBER:
        _mark_phone_wrong(session, callback.member_id)
    else:
        _end(session, callback, following, request, context)
    session.flush()


def _end(session: Session, callback: Callback, following: Following, request: LogCall, context: Context) -> None:
    callback.done_at = context.now()
    callback.state = CallbackState.GIVEN_UP if following.kind is Follow.GIVE_UP else CallbackState.DONE
    session.flush()
    if following.kind is Follow.AGREED and following.at is not None:
        _again(session, callback, following.at, context)
    elif following.kind is Follow.NEXT_STEP:
        purchase = session.get(Purchase, callback.purchase_id)
        if purchase is not None:
            care_plan.after_purchase(session, purchase, context, step=callback.step + 1)
    elif following.kind is Follow.NO_NUMBER:
        _mark_phone_wrong(session, callback.member_id)
    elif following.kind is Follow.STOP:
        _withdraw(session, callback.member_id, request, context)


def _again(session: Session, callback: Callback, moment: datetime, context: Context) -> None:
    """Plan the call that the customer asked for: at her moment, also in quiet hours, since it is her wish."""
    keeps_reason = callback.reason in SERVICE_NOTICES
    wanted = PlanCallback(
        member_id=callback.member_id,
        reason=callback.reason if keeps_reason else CallbackReason.AGREED,
        due_from=moment,
        due_until=moment + _AGREED_WINDOW,
        owner_id=callback.owner_id or context.actor.staff_id,
        ticket_id=callback.ticket_id,
        purchase_id=callback.purchase_id,
        loan_id=callback.loan_id,
        subject=callback.subject,
        previous_id=callback.id,
        step=callback.step,
    )
    plan(session, wanted, context)


def _tell_complaint(session: Session, callback: Callback, request: LogCall, context: Context) -> int | None:
    """Bring the answer to the complaint that was asked about; gives its key."""
    asked = callback.reason is CallbackReason.COMPLAINT_SATISFACTION and request.outcome in TALKED
    ticket = session.get(Ticket, callback.ticket_id) if asked and callback.ticket_id else None
    if ticket is None or not ticket.is_open:
        return None
    with suppress(NotToldError):  # reopened meanwhile: the contact stands, the case goes its own way
        answer = Satisfaction(ticket.id, ticket.version, request.outcome, request.note)
        complaints.ask_satisfaction(session, answer, context)
    return ticket.id


def _mark_phone_wrong(session: Session, member_id: int) -> None:
    phone = session.scalars(
        select(MemberPhone)
        .where(MemberPhone.member_id == member_id, MemberPhone.state == PhoneState.ACTIVE)
        .order_by(MemberPhone.ordinal, MemberPhone.id)
        .limit(1)
    ).first()
    if phone is not None:
        phone.state = PhoneState.INVALID


def _withdraw(session: Session, member_id: int, request: LogCall, context: Context) -> None:
    session.get_one(Member, member_id).do_not_contact = True
    session.add_all(
        Consent(
            store_id=context.store.id,
            member_id=member_id,
            purpose=purpose,
            given=False,
            at=context.now(),
            how=request.channel.value,
            staff_id=context.actor.staff_id,
        )
        for purpose in _WITHDRAWN
    )
    others = session.scalars(
        select(Callback).where(
            Callback.member_id == member_id, Callback.state.in_((CallbackState.DUE, CallbackState.HELD_BACK))
        )
    )
    for other in others:
        if other.reason not in SERVICE_NOTICES:
            other.state = CallbackState.CANCELLED
            other.hold_reason = HoldReason.DO_NOT_CONTACT
            other.done_at = context.now()
