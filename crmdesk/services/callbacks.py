"""Callbacks: what came of a call decides what comes next (capability C1, domain rule 3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import (
    SERVICE_NOTICES,
    TALKED,
    UNREACHED,
    CallbackReason,
    CallbackState,
    CallOutcome,
    Channel,
    ConsentPurpose,
    HoldReason,
)
from crmdesk.core.contact_rules import ContactFacts, ContactLimits, hold_reason, next_allowed, retry_at
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, RefusedError, StaleError
from crmdesk.core.members import PhoneState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import CAP_MONTH, CAP_WEEK, CONTACT_FROM, CONTACT_UNTIL, RETRY_HOURS
from crmdesk.core.text_clean import clean_note
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback, Consent, Contact
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.purchase import Purchase
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, care_plan
from crmdesk.services.callback_plan import PlanCallback, plan

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
_WINDOW = timedelta(days=2)
_CHANGED = frozenset({Topic.CALLBACKS, Topic.MEMBERS})


class HeldBackError(RefusedError):
    """The contact would be a nuisance or is not wanted; ``reason`` says why."""

    def __init__(self, reason: HoldReason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class CallDoneError(RefusedError):
    """Somebody else already finished this callback."""


@dataclass(frozen=True, slots=True)
class LogCall:
    """What came of a call; ``later`` (UTC) is when the customer wants to be called again."""

    callback_id: int
    seen_version: int
    outcome: CallOutcome
    note: str = ""
    later: datetime | None = None
    channel: Channel = Channel.PHONE


@dataclass(frozen=True, slots=True)
class CallLogged:
    """What follows: the next callback's moment, and whether a complaint should be offered."""

    state: CallbackState
    next_at: datetime | None
    offer_complaint: bool


def log_call(session: Session, request: LogCall, context: Context) -> Outcome[CallLogged]:
    """Write the contact down and do what its outcome asks for.

    Raises:
        NotAllowedError: the call belongs to somebody else.
        CallDoneError: somebody finished it meanwhile.
        StaleError: it changed since it was read.
        InvalidFieldError: "call later" without a moment in the future.
    """
    callback = _load(session, request, context)
    if request.outcome is CallOutcome.CALL_LATER and (request.later is None or request.later <= context.now()):
        raise InvalidFieldError("later", "in_the_past")
    callback.attempts += 1
    callback.outcome = request.outcome
    _write_contact(session, callback, request, context)
    next_at = _follow(session, callback, request, context)
    audit.record(
        session, context, "callback.log", (EntityKind.CALLBACK, callback.id), {"outcome": request.outcome.value}
    )
    return Outcome(CallLogged(callback.state, next_at, request.outcome is CallOutcome.DISSATISFIED), _CHANGED)


def _load(session: Session, request: LogCall, context: Context) -> Callback:
    callback = session.get(Callback, request.callback_id)
    if callback is None:
        raise NotFoundError(EntityKind.CALLBACK, str(request.callback_id))
    may_any = context.may(Right.CALL_ALL) or callback.owner_id in (None, context.actor.staff_id)
    context.require(Right.CALL_ASSIGNED if may_any else Right.CALL_ALL)
    if callback.state is not CallbackState.DUE:
        raise CallDoneError
    if callback.version != request.seen_version:
        raise StaleError(EntityKind.CALLBACK, callback.id, request.seen_version, callback.version)
    return callback


def _write_contact(session: Session, callback: Callback, request: LogCall, context: Context) -> None:
    effective = request.outcome in TALKED or request.outcome is CallOutcome.CALL_LATER
    session.add(
        Contact(
            store_id=context.store.id,
            member_id=callback.member_id,
            callback_id=callback.id,
            at=context.now(),
            staff_id=context.actor.staff_id,
            channel=request.channel,
            service_notice=callback.reason in SERVICE_NOTICES,
            outcome=request.outcome,
            effective=effective,
            note=clean_note(request.note),
        )
    )
    if effective:
        session.get_one(Member, callback.member_id).last_contact_at = context.now()
    session.flush()


def _follow(session: Session, callback: Callback, request: LogCall, context: Context) -> datetime | None:
    outcome = request.outcome
    if outcome in UNREACHED:
        return _retry(session, callback, context)
    callback.done_at = context.now()
    callback.state = CallbackState.DONE
    if outcome is CallOutcome.CALL_LATER and request.later is not None:
        return _again(session, callback, request.later, context, reason=CallbackReason.AGREED)
    if outcome is CallOutcome.WRONG_NUMBER:
        _mark_phone_wrong(session, callback.member_id)
    elif outcome is CallOutcome.DO_NOT_CALL:
        _withdraw(session, callback.member_id, request, context)
    elif outcome in TALKED:
        return _next_step(session, callback, context)
    return None


def _next_step(session: Session, callback: Callback, context: Context) -> datetime | None:
    purchase = session.get(Purchase, callback.purchase_id) if callback.purchase_id else None
    if callback.reason is not CallbackReason.AFTER_PURCHASE or purchase is None:
        return None
    session.flush()
    following = care_plan.after_purchase(session, purchase, context, step=callback.step + 1)
    return None if following is None else following.due_from


def _retry(session: Session, callback: Callback, context: Context) -> datetime | None:
    retry = retry_at(callback.attempts, context.now(), context.store.zone, limits_of(session, context))
    if retry is None:
        callback.state = CallbackState.GIVEN_UP
        callback.done_at = context.now()
        return None
    callback.due_from, callback.due_until = retry, retry + _WINDOW
    session.flush()
    return retry


def _again(
    session: Session, callback: Callback, moment: datetime, context: Context, *, reason: CallbackReason
) -> datetime:
    session.flush()
    when = next_allowed(moment, context.store.zone, limits_of(session, context))
    wanted = PlanCallback(
        member_id=callback.member_id,
        reason=reason,
        due_from=when,
        due_until=when + _WINDOW,
        owner_id=callback.owner_id or context.actor.staff_id,
        ticket_id=callback.ticket_id,
        purchase_id=callback.purchase_id,
        loan_id=callback.loan_id,
        subject=callback.subject,
        previous_id=callback.id,
    )
    return plan(session, wanted, context).due_from


def _mark_phone_wrong(session: Session, member_id: int) -> None:
    phone = session.scalars(
        select(MemberPhone)
        .where(MemberPhone.member_id == member_id, MemberPhone.state == PhoneState.ACTIVE)
        .order_by(MemberPhone.ordinal)
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
        for purpose in (ConsentPurpose.CALLBACKS, ConsentPurpose.MARKETING)
    )
    others = session.scalars(
        select(Callback).where(Callback.member_id == member_id, Callback.state == CallbackState.DUE)
    )
    for other in others:
        if other.reason not in SERVICE_NOTICES:
            other.state = CallbackState.CANCELLED
            other.hold_reason = HoldReason.DO_NOT_CONTACT
    session.flush()


def limits_of(session: Session, context: Context) -> ContactLimits:
    """Give the store's caps, hours and retries."""
    settings = store_settings(session, context.store.id)
    return ContactLimits(
        settings.get(CAP_WEEK),
        settings.get(CAP_MONTH),
        settings.get(CONTACT_FROM),
        settings.get(CONTACT_UNTIL),
        tuple(timedelta(hours=hours) for hours in settings.get(RETRY_HOURS)),
    )


def refuse_nuisance(session: Session, member_id: int, reason: CallbackReason, context: Context) -> None:
    """Stop a contact that should not be made.

    Raises:
        HeldBackError: with the reason.
    """
    held = hold_reason(reason, facts_of(session, member_id, context), limits_of(session, context))
    if held is not None:
        raise HeldBackError(held)


def facts_of(session: Session, member_id: int, context: Context) -> ContactFacts:
    """Give what the contact rules look at."""
    member = session.get_one(Member, member_id)
    phone = session.scalar(
        select(func.count())
        .select_from(MemberPhone)
        .where(MemberPhone.member_id == member_id, MemberPhone.state == PhoneState.ACTIVE)
    )
    return ContactFacts(
        week=_outbound_since(session, member_id, context.now() - _WEEK),
        month=_outbound_since(session, member_id, context.now() - _MONTH),
        has_phone=bool(phone),
        do_not_contact=member.do_not_contact,
        consent=_consents(session, member_id),
    )


def _outbound_since(session: Session, member_id: int, since: datetime) -> int:
    counted = select(func.count()).select_from(Contact)
    return (
        session.scalar(
            counted.where(
                Contact.member_id == member_id,
                Contact.at > since,
                Contact.outbound.is_(True),
                Contact.service_notice.is_(False),
            )
        )
        or 0
    )


def _consents(session: Session, member_id: int) -> bool:
    latest = session.scalar(
        select(Consent.given)
        .where(Consent.member_id == member_id, Consent.purpose == ConsentPurpose.CALLBACKS)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    # Files from before consents were kept carry no row; a refusal always does.
    return latest is not False
