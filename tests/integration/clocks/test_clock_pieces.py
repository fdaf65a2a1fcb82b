"""A large store changes its rules: counted in pieces, one desk at a time, right at every moment."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select

from crmdesk.bootstrap.clock_keeper import ClockKeeper
from crmdesk.core.roles import Role
from crmdesk.core.topics import Topic
from crmdesk.models.ticket_clock import TicketClock
from crmdesk.queries.clock_days import is_fresh, to_count
from crmdesk.services import clock_rules as service
from crmdesk.services import ticket_due, ticket_due_pieces
from crmdesk.services.clock_rules import ChooseRegion
from crmdesk.services.ticket_due_pieces import CLAIM_HOLDS, pieces, take
from tests.builders.desk import open_room
from tests.builders.ledger_rows import Rows
from tests.builders.shop import STORE_ID, Shop
from tests.integration.clocks.test_clock_lists import _agree, _scatter


@pytest.fixture
def large(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Give a store that has more tickets than are counted at once."""
    _scatter(Rows(shop), random.Random(7), 30)
    monkeypatch.setattr(ticket_due, "_AT_ONCE", 5)
    monkeypatch.setattr(ticket_due_pieces, "AT_ONCE", 4)
    return shop


def change_rules(shop: Shop, region: str = "shandong") -> None:
    shop.do(service.choose_region, ChooseRegion(region, 50), shop.context(Role.OWNER))


def fresh(shop: Shop) -> bool:
    with shop.reading() as session:
        return is_fresh(session, STORE_ID)


def keys(shop: Shop) -> list[int]:
    with shop.reading() as session:
        return to_count(session, shop.context()) or []


def test_the_lists_are_right_before_between_and_after_the_pieces(large: Shop) -> None:
    change_rules(large)
    assert not fresh(large)
    _agree(large)
    claim = large.do(take, large.context())
    for piece in pieces(keys(large), claim):
        assert not fresh(large)
        assert large.do(piece, large.context())
        _agree(large)
    assert fresh(large)
    with large.reading() as session:
        assert to_count(session, large.context()) is None
        kept = sorted(tuple(row) for row in session.execute(select(*TicketClock.__table__.columns)))
    with large.database.transaction() as session:
        session.execute(delete(TicketClock))
        ticket_due.keep_days(session, {row[0] for row in kept})
    with large.reading() as session:
        assert kept == sorted(tuple(row) for row in session.execute(select(*TicketClock.__table__.columns)))


def test_a_change_meanwhile_ends_the_counting(large: Shop) -> None:
    change_rules(large)
    work = pieces(keys(large), large.do(take, large.context()))
    assert large.do(next(work), large.context())
    change_rules(large, "national")
    change_rules(large)
    assert not large.do(next(work), large.context())
    assert not fresh(large)


def test_one_desk_counts_and_a_dead_ones_work_is_taken_over(large: Shop) -> None:
    change_rules(large)
    first = large.do(take, large.context())
    assert first
    assert large.do(take, large.context()) == ""
    large.clock.advance(CLAIM_HOLDS + timedelta(seconds=1))
    second = large.do(take, large.context())
    assert second not in ("", first)
    assert not large.do(next(pieces(keys(large), first)), large.context())
    for piece in pieces(keys(large), second):
        assert large.do(piece, large.context())
    assert fresh(large)


def test_the_program_counts_after_a_change_of_the_rules_by_itself(large: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    with open_room(large, tmp_path, Role.OWNER) as room:
        keeper = ClockKeeper(room.desk.jobs, room.desk.bus)
        change_rules(large)
        room.desk.bus.publish(frozenset({Topic.SETTINGS}))
        qtbot.waitUntil(lambda: fresh(large), timeout=20_000)
        qtbot.waitUntil(keeper.is_at_rest, timeout=20_000)
        _agree(large)
        keeper.stop()
