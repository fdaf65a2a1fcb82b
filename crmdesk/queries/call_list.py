"""A call list from the members of a segment: who can be called, and who is held back and why, before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, Channel, HoldReason
from crmdesk.core.contact_rules import ContactLimits, hold_reason
from crmdesk.core.context import Context
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.queries.contact_facts import fact_columns, facts_in, limits_of
from crmdesk.queries.member_here import HERE

MOST_CALLS: Final = 500
REASON: Final = CallbackReason.OTHER
_AT_ONCE: Final = 400


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Somebody who is not called; ``why`` None means that such a call is open for her already."""

    id: int
    number: str
    name: str
    why: HoldReason | None


@dataclass(frozen=True, slots=True)
class CallListPlan:
    """Who would be called, in order, with the guide of each, and who would not.

    Attributes:
        free: key of the member and of her guide.
        held: in the order of the list.
    """

    free: tuple[tuple[int, int | None], ...]
    held: tuple[HeldRow, ...]


def call_list_plan(
    session: Session, member_ids: Sequence[int], context: Context, channel: Channel = Channel.PHONE
) -> CallListPlan:
    """Look at every member by the contact rules; members that are not there any more are left out."""
    limits, found = limits_of(session, context), dict[int, Mapping[Any, Any]]()
    asked = list(dict.fromkeys(member_ids))
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        columns = (Member.id, Member.number, Member.name, Member.guide_id, *fact_columns(context.now()))
        wanted = select(*columns).where(Member.id.in_(part), Member.store_id == context.store.id, HERE)
        found |= {row["id"]: row for row in session.execute(wanted).mappings()}
    already = _called_already(session, asked)
    free: list[tuple[int, int | None]] = []
    held: list[HeldRow] = []
    for key in asked:
        row = found.get(key)
        if row is None:
            continue
        why = _why(row, limits, channel)
        if why is None and key not in already:
            free.append((key, row["guide_id"]))
        else:
            held.append(HeldRow(key, row["number"], row["name"], why))
    return CallListPlan(tuple(free), tuple(held))


def _why(row: Mapping[Any, Any], limits: ContactLimits, channel: Channel) -> HoldReason | None:
    return hold_reason(REASON, facts_in(row, channel), limits)


def _called_already(session: Session, keys: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(keys), _AT_ONCE):
        wanted = select(Callback.member_id).where(
            Callback.member_id.in_(keys[start : start + _AT_ONCE]),
            Callback.reason == REASON,
            Callback.state == CallbackState.DUE,
            Callback.ticket_id.is_(None),
            Callback.purchase_id.is_(None),
            Callback.loan_id.is_(None),
        )
        found |= set(session.execute(wanted).scalars())
    return found
