"""Every screen of the program in a small window, in both languages: nothing scrolls from side to side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QListWidget
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.features import install_all
from crmdesk.core.i18n import set_language
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.ticket import Ticket
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.service.screen import ServiceScreen
from crmdesk.views.settings.screen import SettingsScreen
from crmdesk.views.support.desk import Desk
from tests.builders import batches
from tests.builders.cases import add_complaint, add_return
from tests.builders.clipping import clipped
from tests.builders.desk import open_room
from tests.builders.loaner_shop import busy_shop
from tests.builders.look import dressed
from tests.builders.repairs import ready, taken_in
from tests.builders.shop import Shop

SMALL = (911, 512)  # 1366 × 768 at 150 %


def _lived_in(shop: Shop) -> dict[EntityKind, int]:
    """Let something stand in every list; give what has a page of its own."""
    busy_shop(shop)
    ready(shop)
    add_complaint(shop)
    batch = batches.sent(shop)
    ticket = taken_in(shop)
    with shop.reading() as session:
        found = session.get_one(Ticket, ticket)
        member, item = found.member_id, found.item_id
    assert item is not None
    returned = add_return(shop, member)
    return {
        EntityKind.MEMBER: member,
        EntityKind.ITEM: item,
        EntityKind.BATCH: batch,
        EntityKind.TICKET: returned,
    }


class _Round:
    """Goes through the screens of a window."""

    def __init__(self, desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
        self._desk, self._window, self._qtbot = desk, window, qtbot

    def pages(self, things: dict[EntityKind, int]) -> Iterator[str]:
        """Show one page after the other and say which."""
        for name in self._desk.navigator.sections():
            self._desk.navigator.go(name)
            yield from self._within(name)
        for kind, key in things.items():
            self._desk.navigator.open(EntityRef(kind, key))
            self._settle()
            yield kind.value

    def _within(self, name: str) -> Iterator[str]:
        self._settle()
        yield name
        shown = self._window.shown()
        if isinstance(shown, SettingsScreen):
            pages = shown.findChild(QListWidget)
            assert pages is not None
            for place in range(pages.count()):
                pages.setCurrentRow(place)
                self._settle()
                yield f"{name}: {pages.item(place).text()}"
        if isinstance(shown, ServiceScreen):
            shown.turn_board()
            self._settle()
            yield f"{name}: board"
            shown.turn_board()

    def _settle(self) -> None:
        for _again in range(3):
            self._qtbot.wait(5)
            self._qtbot.waitUntil(self._desk.jobs.is_idle, timeout=20_000)

    def troubles(self) -> list[str]:
        """Say what goes on beside the edge of a part that scrolls, seen or not, and what is cut."""
        areas = self._window.findChildren(QAbstractScrollArea)
        seen = [one for one in areas if one.isVisible() and one.horizontalScrollBar().maximum() > 0]
        return [*map(_named, seen), *clipped(self._window)]


def _named(area: QAbstractScrollArea) -> str:
    above = [type(area).__name__]
    parent = area.parentWidget()
    while parent is not None and len(above) < 4:
        above.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{' < '.join(above)}: {area.horizontalScrollBar().maximum()} beyond {area.viewport().width()}"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_screen_scrolls_sideways(
    shop: Shop, qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: str
) -> None:
    set_language(language)
    things = _lived_in(shop)
    with dressed(qapp), open_room(shop, tmp_path, Role.MANAGER) as room:
        desk = room.desk
        window = MainWindow(FrameParts(desk.navigator, desk.settings, install_all(desk)))
        qtbot.addWidget(window)
        window.resize(*SMALL)
        window.show()
        walk = _Round(desk, window, qtbot)
        wrong = {}
        for name in walk.pages(things):
            found = walk.troubles()
            if found:
                wrong[name] = found
        window.close()
        for screen in desk.navigator.built_screens():
            screen.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert wrong == {}
