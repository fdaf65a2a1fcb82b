"""Reports: figures of a period on screen, and the workbook on disk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from crmdesk.core.care import Channel
from crmdesk.core.members import TouchpointState
from crmdesk.core.money import Money
from crmdesk.models.member import Touchpoint
from crmdesk.services import members, purchases
from crmdesk.services.members import MemberFacts
from crmdesk.services.purchases import LineFacts, PurchaseFacts
from crmdesk.views.reports.periods import Period, PeriodName, period
from crmdesk.views.reports.screen import ReportsScreen
from tests.builders.desk import Counter, open_counter
from tests.builders.shop import Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot) as made:
        yield made


def sell(shop: Shop, yuan: int) -> None:
    member = shop.do(members.register, MemberFacts("林婉清"), shop.context())
    lines = (LineFacts("拉杆箱", Money.yuan(yuan)),)
    shop.do(purchases.record, PurchaseFacts("A1", date(2026, 11, 20), lines, member.id), shop.context())


def test_the_workbook_is_written_with_the_months_sales(counter: Counter, tmp_path: Path) -> None:
    sell(counter.shop, 1280)
    screen = ReportsScreen(counter.desk)
    counter.show(screen)
    target = tmp_path / "owner.xlsx"
    screen._gather(screen.chosen(), target)
    counter.settle()
    assert counter.toasts.texts
    book = openpyxl.load_workbook(target, data_only=True)
    assert any(1280 in [cell.value for cell in row] for sheet in book for row in sheet.iter_rows())


def add_touchpoints(shop: Shop) -> None:
    """One contact works since long, one of two was blocked, one is new."""
    member = shop.do(members.register, MemberFacts("林婉清"), shop.context())
    store = shop.context().store.id
    with shop.database.transaction() as session:
        for channel, state, since in (
            (Channel.WECHAT, TouchpointState.ACTIVE, date(2025, 5, 1)),
            (Channel.GROUP, TouchpointState.BLOCKED, date(2026, 3, 1)),
            (Channel.WECOM, TouchpointState.ACTIVE, date(2026, 11, 1)),
        ):
            session.add(Touchpoint(store_id=store, member_id=member.id, channel=channel, state=state, since=since))


def test_followers_new_contacts_and_birthdays_are_tiles_with_definition_and_mark(counter: Counter) -> None:
    add_touchpoints(counter.shop)
    shown: list[object] = []
    counter.desk.navigator.register_command("members.open", "Members", "", lambda **wanted: shown.append(wanted))
    screen = ReportsScreen(counter.desk)
    counter.show(screen)
    recall, loss, new = screen.tiles
    assert (recall.value.text(), recall.mark.text()) == ("–", "mark 70%")
    assert (loss.value.text(), loss.mark.text()) == ("50.0%", "at most 15%")
    assert new.value.text() == "1"
    assert all(tile.definition.text() for tile in screen.tiles)
    assert [tile.behind.isHidden() for tile in screen.tiles] == [False, True, True]
    recall.behind.click()
    assert shown == [{"view": "birthday"}]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (PeriodName.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (PeriodName.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (PeriodName.THIS_QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (PeriodName.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (PeriodName.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods(name: PeriodName, first: date, last: date) -> None:
    assert period(name, date(2026, 11, 21)) == Period(first, last)
