"""The first work of a day in pieces: short writes, one desk at a time, gone on with after a kill."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.models.callback import Callback
from crmdesk.queries import day_work as looked_for
from crmdesk.queries.day_work import CADENCE_PER_DAY, DayWork, day_work
from crmdesk.services.day_begin import CLAIM_HOLDS, DayState, TakenDay, pieces, take_day
from crmdesk.services.unit import perform
from tests.builders.calls import add_customer, buy, call_for, of_member, spoke
from tests.builders.shop import Shop
from tests.builders.statements import statements

# One transaction holds the lock of the file: a save of another desk may have to wait for one, not for more.
MOST_STATEMENTS = 60


def silent_people(shop: Shop, count: int) -> list[int]:
    people = [add_customer(shop, f"周敏{number}") for number in range(count)]
    for place, person in enumerate(people):
        spoke(shop, person, 200 - place)
    return people


def take(shop: Shop, desk: str = "desk-1") -> TakenDay:
    return shop.do(take_day, shop.context(desk=desk))


def find(shop: Shop) -> DayWork:
    with shop.reading() as session:
        return day_work(session, shop.context())


def write(shop: Shop, taken: TakenDay, work: DayWork, most: int = 1000) -> int:
    """Carry out the first pieces; gives how many calls they put on the list."""
    added = 0
    for place, piece in enumerate(pieces(work, taken.claim)):
        if place < most:
            added += perform(shop.database, shop.context(), piece).value
    return added


def on_the_list(shop: Shop) -> int:
    with shop.reading() as session:
        wanted = select(func.count()).where(
            Callback.reason == CallbackReason.CADENCE, Callback.state == CallbackState.DUE
        )
        return session.scalar(wanted) or 0


def test_every_piece_is_a_short_write_and_the_search_is_none(shop: Shop) -> None:
    silent_people(shop, CADENCE_PER_DAY + 5)
    for number in range(10):
        buy(shop, add_customer(shop, f"王芳{number}"), f"X-{number}")
    shop.clock.advance(timedelta(days=3, hours=4))
    taken = take(shop)
    with statements(shop) as sent:
        work = find(shop)
    assert (len(work.late), len(work.silent)) == (10, CADENCE_PER_DAY)
    assert all(one.startswith(("SELECT", "BEGIN")) for one in sent)
    assert "BEGIN IMMEDIATE" not in sent
    for piece in pieces(work, taken.claim):
        with statements(shop) as sent:
            perform(shop.database, shop.context(), piece)
        assert sent.count("BEGIN IMMEDIATE") == 1
        assert len(sent) <= MOST_STATEMENTS, sent
    assert on_the_list(shop) == CADENCE_PER_DAY
    assert take(shop).state is DayState.DONE


def test_one_desk_has_the_work_until_it_is_done_or_dead(shop: Shop) -> None:
    people = silent_people(shop, CADENCE_PER_DAY + 5)
    first = take(shop)
    assert take(shop, "desk-2").state is DayState.ELSEWHERE
    assert write(shop, first, find(shop), most=2) > 0  # then the desk is killed
    begun = on_the_list(shop)
    assert 0 < begun < CADENCE_PER_DAY
    shop.clock.advance(CLAIM_HOLDS + timedelta(seconds=1))
    second = take(shop, "desk-2")
    assert second.state is DayState.MINE
    work = find(shop)
    assert write(shop, first, work) == 0  # the first was only slow: it finds that it was taken over
    assert write(shop, second, work) == CADENCE_PER_DAY - begun
    assert on_the_list(shop) == CADENCE_PER_DAY
    assert max(len(of_member(shop, person)) for person in people) == 1
    assert take(shop).state is DayState.DONE
    shop.clock.advance(timedelta(days=1))
    assert take(shop).state is DayState.MINE


def test_what_changed_since_the_search_counts(shop: Shop) -> None:
    called, quiet = silent_people(shop, 2)
    bought = add_customer(shop, "王芳")
    buy(shop, bought)
    shop.clock.advance(timedelta(days=3, hours=4))
    taken, work = take(shop), find(shop)
    call_for(shop, called, CallbackReason.AFTER_REPAIR)
    (late,) = of_member(shop, bought)
    with shop.database.transaction() as session:
        session.get_one(Callback, late.id).state = CallbackState.CANCELLED
    assert write(shop, taken, work) == 1
    assert [one.reason for one in of_member(shop, called)] == [CallbackReason.AFTER_REPAIR]
    assert [one.reason for one in of_member(shop, quiet)] == [CallbackReason.CADENCE]
    assert of_member(shop, bought, CallbackState.GIVEN_UP) == []


def test_those_who_cannot_be_called_do_not_hide_the_others(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    people = silent_people(shop, 9)
    for person in people[:7]:
        call_for(shop, person, CallbackReason.OTHER)
    small: dict[str, Any] = {"_FIRST_LOOK": 2, "_MORE": 2, "_AT_ONCE": 3}
    for name, size in small.items():
        monkeypatch.setattr(looked_for, name, size)
    assert [one.member_id for one in find(shop).silent] == people[7:]


def test_a_day_with_nothing_to_do_is_done_too(shop: Shop) -> None:
    context = shop.context()
    taken = take(shop)
    told = [perform(shop.database, context, piece) for piece in pieces(find(shop), taken.claim)]
    assert [(one.value, one.changed) for one in told] == [(0, frozenset())]
    assert take(shop).state is DayState.DONE
