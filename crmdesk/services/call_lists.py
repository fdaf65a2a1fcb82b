"""Call lists: callbacks for many members at once, under the same rules as every other one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason
from crmdesk.core.clock import start_of_day
from crmdesk.core.contact_rules import next_allowed
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.staff import Staff
from crmdesk.queries.call_list import MOST_CALLS, REASON, call_list_plan
from crmdesk.queries.contact_facts import limits_of
from crmdesk.queries.staff_rights import rights_of
from crmdesk.services import audit

MOST_DAYS: Final = 90
_WINDOW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MakeCallList:
    """Whom to call about what; ``owner_id`` None gives every call to the member's own guide.

    Attributes:
        begins: first day of the calls.
        days: over how many days they are spread, in the order given.
    """

    member_ids: tuple[int, ...]
    subject: str
    begins: date
    days: int = 3
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class CallListMade:
    """How many calls there are now, and how many members were held back or have such a call already."""

    made: int
    held: int


def make_call_list(session: Session, request: MakeCallList, context: Context) -> Outcome[CallListMade]:
    """Put a call for each member on the list; whoever is held back by the contact rules gets none.

    Raises:
        NotAllowedError: the person does not give calls to others.
        InvalidFieldError: no subject, too many members, a day that is past, a span without a day.
        NotFoundError: nobody of the store who makes calls has the key of the owner.
    """
    context.require(Right.CALL_ALL)
    subject = clean_line(request.subject)
    _check(request, subject, context)
    if request.owner_id is not None:
        _refuse_no_caller(session, request.owner_id, context)
    plan = call_list_plan(session, request.member_ids, context)
    limits, per_day = limits_of(session, context), -(-len(plan.free) // request.days) or 1
    for place, (member_id, guide_id) in enumerate(plan.free):
        day = request.begins + timedelta(days=place // per_day)
        opens = max(context.now(), start_of_day(day, context.store.zone))
        opens = next_allowed(opens, context.store.zone, limits)
        session.add(
            Callback(
                store_id=context.store.id,
                member_id=member_id,
                reason=CallbackReason(REASON),
                due_from=opens,
                due_until=opens + _WINDOW,
                owner_id=request.owner_id or guide_id,
                subject=subject,
            )
        )
    session.flush()
    made = CallListMade(len(plan.free), len(plan.held))
    detail: audit.Detail = {"subject": subject, "made": made.made, "held": made.held, "owner": request.owner_id}
    audit.record(session, context, "callback.list", (EntityKind.STORE, context.store.id), detail)
    return Outcome(made, frozenset({Topic.CALLBACKS, Topic.MEMBERS}))


def _check(request: MakeCallList, subject: str, context: Context) -> None:
    if not subject:
        raise InvalidFieldError("subject", "empty")
    if not 0 < len(request.member_ids) <= MOST_CALLS:
        raise InvalidFieldError("member_ids", "too_many")
    if request.begins < context.today():
        raise InvalidFieldError("begins", "in_the_past")
    if not 0 < request.days <= MOST_DAYS:
        raise InvalidFieldError("days", "out_of_range")


def _refuse_no_caller(session: Session, staff_id: int, context: Context) -> None:
    staff = session.get(Staff, staff_id)
    fits = staff is not None and staff.active and staff.store_id == context.store.id
    if staff is None or not fits or Right.CALL_ASSIGNED not in rights_of(staff):
        raise NotFoundError(EntityKind.STAFF, str(staff_id))
