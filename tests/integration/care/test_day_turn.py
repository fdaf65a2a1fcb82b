"""The day turns while the program stays open: callbacks of the new day come by themselves, without looking busily."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from crmdesk.bootstrap.day_calls import DayCalls
from crmdesk.bootstrap.day_turn import DayTurn
from crmdesk.core.tickets import TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.services.day_begin import take_day
from crmdesk.services.quote_expiry import AT_ONCE
from tests.builders.calls import add_customer
from tests.builders.desk import Room, open_room
from tests.builders.repairs import quoted, seen
from tests.builders.shop import Shop


@pytest.fixture
def room(shop: Shop, tmp_path: Path, qapp: object) -> Iterator[Room]:  # noqa: ARG001  (Qt's timers need it)
    with open_room(shop, tmp_path) as made:
        yield made


def calls(shop: Shop) -> int:
    with shop.reading() as session:
        return session.scalar(select(func.count()).select_from(Callback)) or 0


def test_the_first_work_is_done_at_the_start_and_when_the_day_turns(shop: Shop, room: Room, qtbot: QtBot) -> None:
    told: list[frozenset[Topic]] = []
    room.desk.bus.changed.connect(told.append)
    add_customer(shop)
    shop.clock.advance(timedelta(days=200))
    day = DayTurn(room.desk.jobs, room.desk.bus, room.desk.signin)
    day.start()
    qtbot.waitUntil(lambda: calls(shop) == 1)
    qtbot.waitUntil(day.is_at_rest)
    assert frozenset(Topic) not in told
    add_customer(shop, "王芳", "13905719999")
    day.look()  # the same day: nothing is done twice
    qtbot.waitUntil(room.desk.jobs.is_idle)
    assert calls(shop) == 1
    shop.clock.advance(timedelta(days=200))
    day.timer.timeout.emit()
    qtbot.waitUntil(lambda: frozenset(Topic) in told)
    qtbot.waitUntil(lambda: calls(shop) == 2)
    qtbot.waitUntil(day.is_at_rest)
    day.stop()
    assert not day.timer.isActive()


@pytest.mark.parametrize(("ahead", "seconds"), [(timedelta(0), 1800), (timedelta(hours=13, minutes=59), 62)])
def test_it_waits_for_midnight_but_looks_after_a_sleep_too(
    shop: Shop, room: Room, qtbot: QtBot, ahead: timedelta, seconds: int
) -> None:
    shop.clock.advance(ahead)  # the store's clock stands at 10:00
    day = DayTurn(room.desk.jobs, room.desk.bus, room.desk.signin)
    day.start()
    qtbot.waitUntil(day.is_at_rest)
    assert day.timer.interval() == seconds * 1000
    day.stop()


def test_another_desk_at_it_is_looked_after_in_case_it_died(shop: Shop, room: Room, qtbot: QtBot) -> None:
    add_customer(shop)
    shop.clock.advance(timedelta(days=200))
    shop.do(take_day, shop.context(desk="desk-2"))  # and then somebody pulled its plug
    day = DayTurn(room.desk.jobs, room.desk.bus, room.desk.signin)
    day.start()
    found = day.findChild(DayCalls)
    assert found is not None
    again = found.again
    qtbot.waitUntil(again.isActive)
    assert (calls(shop), again.interval()) == (0, 300_000)
    shop.clock.advance(timedelta(minutes=5, seconds=1))
    again.timeout.emit()
    qtbot.waitUntil(lambda: calls(shop) == 1)
    qtbot.waitUntil(day.is_at_rest)
    day.stop()


def test_quotes_run_out_with_the_first_work_of_the_day(shop: Shop, room: Room, qtbot: QtBot) -> None:
    tickets = [quoted(shop, name=f"客户{number}") for number in range(AT_ONCE + 1)]
    shop.clock.advance(timedelta(days=8))
    day = DayTurn(room.desk.jobs, room.desk.bus, room.desk.signin)
    day.start()
    qtbot.waitUntil(day.is_at_rest)
    assert {seen(shop, one).state for one in tickets} == {TicketState.EXPIRED}
    day.stop()
