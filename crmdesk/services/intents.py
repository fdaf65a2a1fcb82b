"""What members wanted and did not buy (意向未购): noted in one line, closed by the purchase or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.intent_errors import WishEndedError
from crmdesk.core.member_words import IntentState
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import INTENT_DAYS
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.score import Intent
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, members
from crmdesk.services.callback_plan import PlanCallback, in_days, plan

_CHANGED: Final = frozenset({Topic.MEMBERS, Topic.CALLBACKS})
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class NoteIntent:
    """What a member wanted; ``style`` is the article's number, ``price`` what it was offered for."""

    member_id: int
    what: str
    style: str = ""
    category: ItemCategory | None = None
    price: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EndIntent:
    """How a wish ends: bought or no longer wanted; open again takes back what was said before."""

    intent_id: int
    seen_version: int
    state: IntentState


def note(session: Session, request: NoteIntent, context: Context) -> Outcome[int]:
    """Note a wish and put the call on the list that asks about it later; gives its key.

    Raises:
        NotAllowedError: the person does not work with customers.
        NotFoundError: no such member.
        InvalidFieldError: nothing is said, too much is said, or the price is below zero.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, request.member_id)
    what = clean_line(request.what)
    if not what:
        raise InvalidFieldError("what", "empty")
    for name, text in (("what", what), ("note", request.note), ("style", request.style)):
        if len(text) > _LONGEST:
            raise InvalidFieldError(name, "too_long", text)
    if request.price is not None and request.price < Money(0):
        raise InvalidFieldError("price", "too_small", request.price.yuan_text())
    row = Intent(
        store_id=context.store.id,
        member_id=member.id,
        what=what,
        style=clean_code(request.style),
        category=request.category,
        price=request.price,
        day=context.today(),
        staff_id=context.actor.staff_id,
        note=clean_line(request.note),
    )
    session.add(row)
    session.flush()
    if not member.do_not_contact:
        opens, until = in_days(context, store_settings(session, context.store.id).get(INTENT_DAYS))
        call = PlanCallback(member.id, CallbackReason.OTHER, opens, until, owner_id=member.guide_id, subject=what)
        plan(session, call, context)
    audit.record(session, context, "member.intent", (EntityKind.MEMBER, member.id), {"intent": row.id})
    return Outcome(row.id, _CHANGED)


def end(session: Session, request: EndIntent, context: Context) -> Outcome[IntentState]:
    """Close a wish by hand, or open it again; also answers whether what was bought since was it.

    Raises:
        NotAllowedError: the person does not work with customers.
        NotFoundError: no such wish.
        StaleError: somebody changed it since it was read.
        WishEndedError: a closed wish cannot be closed another way; it is opened again first.
    """
    context.require(Right.EDIT_MEMBERS)
    row = session.get(Intent, request.intent_id)
    if row is None or row.store_id != context.store.id:
        raise NotFoundError(EntityKind.MEMBER, str(request.intent_id))
    if row.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, row.id, request.seen_version, row.version)
    closed = request.state is not IntentState.OPEN
    if closed and row.state is not IntentState.OPEN:
        raise WishEndedError(row.what)
    row.state = request.state
    row.closed_on = context.today() if closed else None
    if request.state is not IntentState.BOUGHT:
        row.purchase_id = None  # what was bought was something else
    session.flush()
    if closed:
        _let_go_of_call(session, [row], context)
    detail = {"intent": row.id, "state": row.state.value}
    audit.record(session, context, "member.intent_end", (EntityKind.MEMBER, row.member_id), detail)
    return Outcome(row.state, _CHANGED)


def bought(session: Session, purchase_ids: Sequence[int], context: Context) -> int:
    """Look whether these purchases are what their members wanted; gives how many wishes are closed.

    The same article closes a wish by itself; another thing of the same kind is kept beside it, and somebody is asked.
    """
    found = session.execute(
        select(Intent, PurchaseLine.style, Purchase.id, Purchase.day)
        .join(Purchase, Purchase.member_id == Intent.member_id)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(
            Purchase.id.in_(purchase_ids),
            Intent.state == IntentState.OPEN,
            Intent.day <= Purchase.day,
            PurchaseLine.quantity > 0,
            or_(
                (Intent.style != "") & (PurchaseLine.style == Intent.style),
                PurchaseLine.category == Intent.category,
            ),
        )
        .order_by(Purchase.day, Purchase.id, PurchaseLine.ordinal)
    ).all()
    closed = []
    for row, style, purchase_id, day in found:
        if row.state is not IntentState.OPEN:
            continue
        if row.style and row.style == style:
            row.state, row.closed_on, row.purchase_id = IntentState.BOUGHT, day, purchase_id
            closed.append(row)
        elif row.purchase_id is None:
            row.purchase_id = purchase_id
    if found:
        session.flush()
        _let_go_of_call(session, closed, context)
    return len(closed)


def purchases_gone(session: Session, purchase_ids: Sequence[int]) -> None:
    """Open the wishes again that these purchases closed or are asked about: an import is undone."""
    session.execute(
        update(Intent)
        .where(Intent.purchase_id.in_(purchase_ids))
        .values(state=IntentState.OPEN, closed_on=None, purchase_id=None, version=Intent.version + 1),
        execution_options={"synchronize_session": False},
    )


def _let_go_of_call(session: Session, rows: Sequence[Intent], context: Context) -> None:
    """Take the call about a wish from the list, unless somebody tried it already."""
    for row in rows:
        session.execute(
            update(Callback)
            .where(
                Callback.member_id == row.member_id,
                Callback.reason == CallbackReason.OTHER,
                Callback.subject == row.what,
                Callback.state == CallbackState.DUE,
                Callback.attempts == 0,
            )
            .values(state=CallbackState.CANCELLED, done_at=context.now(), version=Callback.version + 1),
            execution_options={"synchronize_session": "fetch"},
        )


def call_now(session: Session, member_id: int, reason: CallbackReason, context: Context) -> Outcome[int]:
    """Put a call about a birthday, points, a wish or a long silence on today's list; gives its key.

    Raises:
        NotAllowedError: the person does not work with customers.
        NotFoundError: no such member.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, member_id)
    until = context.now() + timedelta(days=3)
    call = plan(
        session, PlanCallback(member.id, reason, context.now(), until, owner_id=context.actor.staff_id), context
    )
    audit.record(session, context, "member.call_planned", (EntityKind.MEMBER, member.id), {"reason": reason.value})
    return Outcome(call.id, _CHANGED)
