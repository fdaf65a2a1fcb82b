"""Every screen as every role: what nobody asked for is nowhere in full, on the screen, copied, or in a file."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crmdesk.bootstrap.features import install_all
from crmdesk.core.member_words import Look
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right, Role
from crmdesk.models.access import AccessEntry
from crmdesk.models.member import MemberPhone
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.service.screen import ServiceScreen
from crmdesk.views.settings.screen import SettingsScreen
from crmdesk.views.support import list_export
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.table_view import RowTableView
from tests.builders.desk import close_dialogs, open_room
from tests.builders.secrets import SPOKEN, Secrets, lived_in
from tests.builders.shop import Shop, staff_id

ROLES_OF_CELLS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
# These see no number of anybody in this store, so none in a note either.
NEVER = frozenset({Role.GUIDE, Role.ADMINISTRATOR})
SELECTED = 3  # rows of a list whose panel is opened
ENOUGH = 200  # rows of a list that are looked at


class Walk:
    """Goes through the screens of a window and reads everything that stands there."""

    def __init__(self, desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
        self.desk, self.window, self.qtbot = desk, window, qtbot

    def pages(self, things: dict[EntityKind, int]) -> Iterator[str]:
        for name in self.desk.navigator.sections():
            self.desk.navigator.go(name)
            yield from self._within(name)
        for kind, key in things.items():
            if self.desk.navigator.can_open(kind):
                self.desk.navigator.open(EntityRef(kind, key))
                self.settle()
                yield kind.value

    def _within(self, name: str) -> Iterator[str]:
        self.settle()
        yield name
        shown = self.window.shown()
        if isinstance(shown, SettingsScreen):
            pages = shown.findChild(QListWidget)
            assert pages is not None
            for place in range(pages.count()):
                pages.setCurrentRow(place)
                self.settle()
                yield f"{name}: {pages.item(place).text()}"
        if isinstance(shown, ServiceScreen):
            shown.turn_board()
            self.settle()
            yield f"{name}: board"
            shown.turn_board()
        for view in self._lists():
            for place in range(min(view.model().rowCount(), SELECTED)):
                view.selectRow(place)
                self.settle()
                yield f"{name}: {view.accessibleName()} {place}"

    def _lists(self) -> list[RowTableView]:
        return [one for one in self.window.findChildren(RowTableView) if one.isVisible()]

    def settle(self) -> None:
        for _again in range(2):
            self.qtbot.wait(1)
            self.qtbot.waitUntil(self.desk.jobs.is_idle, timeout=20_000)
        close_dialogs()

    def texts(self) -> Iterator[str]:
        shown = self.window.shown()
        assert shown is not None
        for one in [self.window, shown, *shown.findChildren(QWidget)]:
            yield from _texts_of(one)
        for view in self._lists():
            view.selectAll()
            view.copy()
            yield QApplication.clipboard().text()
            view.clearSelection()

    def seen(self) -> Iterator[str]:
        """Give what an export of the lists would write."""
        for view in self._lists():
            came: list[Any] = []
            view.read_seen(came.append)
            self.settle()
            yield from (str(cell) for one in came for row in one.rows for cell in row)


def _texts_of(one: QWidget) -> Iterator[str]:
    yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle(), one.whatsThis())
    if isinstance(one, QLabel | QLineEdit | QAbstractButton):
        yield one.text()
    if isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    if isinstance(one, QComboBox):
        yield from (one.itemText(place) for place in range(one.count()))
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        yield from _cells(one.model())
    # What is painted by hand (time lines, cards of a board) is kept in the widget as plain things.
    yield from (repr(value) for name, value in vars(one).items() if name in PAINTED)


PAINTED = frozenset(
    {"_events", "_lines", "_text", "_title", "_detail", "_parts", "_bars", "_words", "_event", "_value", "_status"}
)


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    width = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(QModelIndex()), ENOUGH)):
        for place in range(width):
            index = model.index(row, place)
            yield from (str(model.data(index, role) or "") for role in ROLES_OF_CELLS)


def asked_for(shop: Shop, role: Role) -> set[str]:
    """Give the numbers that the person asked to see: each was noted as a look. So does a call that begins."""
    looked = select(AccessEntry.member_id).where(AccessEntry.staff_id == staff_id(role), AccessEntry.look == Look.PHONE)
    with shop.reading() as session:
        return set(session.scalars(select(MemberPhone.digits).where(MemberPhone.member_id.in_(looked))))


def leaks(secrets: Secrets, texts: Iterable[str]) -> list[str]:
    return sorted({f"{found} in {text[:80]!r}" for text in texts for found in secrets.shown_in(text)})


# Each role takes several seconds; `CRMDESK_THOROUGH=1` walks as all six.
WALKED = list(Role) if os.environ.get("CRMDESK_THOROUGH") else [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE]


@pytest.mark.parametrize("role", WALKED)
def test_no_screen_shows_more_than_the_role_may_see(
    shop: Shop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    secrets = lived_in(shop)
    if role not in NEVER:
        secrets = secrets.but({SPOKEN})  # whoever may see the person's number reads it in a note as it was written
    asked: list[str] = []
    monkeypatch.setattr(list_export, "save_file", lambda *_given: asked.append("file"))
    wrong: dict[str, list[str]] = {}
    with open_room(shop, tmp_path, role) as room:
        window = MainWindow(FrameParts(room.desk.navigator, room.desk.settings, install_all(room.desk)))
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        walk = Walk(room.desk, window, qtbot)
        for name in walk.pages(secrets.things):
            found = leaks(secrets.but(asked_for(shop, role)), [*walk.texts(), *walk.seen()])
            if found:
                wrong[name] = found
            if not room.person.context().may(Right.EXPORT):
                shown = window.shown()
                assert shown is not None
                shown.export_list()
                walk.settle()
        window.close()
        for screen in room.desk.navigator.built_screens():
            screen.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not wrong, "\n".join(f"{name}: {one}" for name, found in wrong.items() for one in found)
    assert asked == [], "a list went to a file without the right"
