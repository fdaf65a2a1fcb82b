"""Callbacks are given to somebody else: by whom, to whom, and what is kept of it."""

import json

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallbackReason, CallOutcome
from crmdesk.core.errors import NotAllowedError, NotFoundError
from crmdesk.core.roles import Role
from crmdesk.models.audit import AuditEntry
from crmdesk.services.call_owner import GiveCalls, give_calls
from crmdesk.services.call_start import CallDoneError
from tests.builders.calls import CLERK, GUIDE, MANAGER, add_customer, call_for, get, log
from tests.builders.shop import Shop, staff_id


def give(shop: Shop, *calls: int, to: int, role: Role = Role.MANAGER) -> int:
    return shop.do(give_calls, GiveCalls(calls, to), shop.context(role))


def test_a_manager_gives_many_at_once_and_each_is_noted(shop: Shop) -> None:
    member = add_customer(shop)
    calls = [call_for(shop, member, reason) for reason in (CallbackReason.CADENCE, CallbackReason.OTHER)]
    hers = call_for(shop, member, CallbackReason.DORMANT, owner_id=CLERK)
    assert give(shop, *calls, hers, to=CLERK) == 2
    assert {get(shop, call).owner_id for call in (*calls, hers)} == {CLERK}
    with shop.reading() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "callback.give")).all()
        assert {row.entity_id for row in rows} == set(calls)
        assert json.loads(rows[0].detail) == {"owner": CLERK, "owner_before": GUIDE}


@pytest.mark.parametrize(
    ("role", "owner", "allowed"),
    [
        (Role.GUIDE, GUIDE, True),
        (Role.GUIDE, None, True),  # a member of her own
        (Role.GUIDE, MANAGER, False),
        (Role.CLERK, CLERK, False),
        (Role.OWNER, CLERK, False),
        (Role.MANAGER, GUIDE, True),
    ],
)
def test_who_may_give(shop: Shop, role: Role, owner: int | None, *, allowed: bool) -> None:
    call = call_for(shop, add_customer(shop), owner_id=owner)
    if allowed:
        assert give(shop, call, to=CLERK, role=role) == 1
        return
    with pytest.raises(NotAllowedError):
        give(shop, call, to=MANAGER if owner == CLERK else CLERK, role=role)
    assert get(shop, call).owner_id == owner


@pytest.mark.parametrize("to", [staff_id(Role.OWNER), staff_id(Role.HEAD_OFFICE), 17])
def test_only_who_makes_callbacks_is_given_some(shop: Shop, to: int) -> None:
    call = call_for(shop, add_customer(shop))
    with pytest.raises(NotFoundError):
        give(shop, call, to=to)


def test_what_is_done_meanwhile_is_left(shop: Shop) -> None:
    member = add_customer(shop)
    done, due = call_for(shop, member), call_for(shop, member, CallbackReason.OTHER)
    log(shop, done, CallOutcome.SATISFIED)
    assert give(shop, done, due, to=CLERK) == 1
    assert get(shop, done).owner_id == GUIDE
    with pytest.raises(CallDoneError):
        give(shop, done, to=CLERK)
    with pytest.raises(NotFoundError):
        give(shop, 4711, to=CLERK)
