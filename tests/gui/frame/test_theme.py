"""The look follows the choice, live, and no icon or colour is missing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap import search
from crmdesk.core.refs import EntityKind
from crmdesk.core.tones import Tone
from crmdesk.views.support import icons
from crmdesk.views.support.table_delegate import CellDelegate
from crmdesk.views.support.theme import Theme, ThemeChoice, style_sheet_of, tokens
from crmdesk.views.support.tokens import scheme
from tests.builders.look import dressed


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    with dressed(qapp) as made:
        yield made


def test_dark_and_light_change_live(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(ThemeChoice.LIGHT)
    light = qapp.palette().color(QPalette.ColorRole.Window)
    with qtbot.waitSignal(theme.changed):
        theme.apply(ThemeChoice.DARK)
    assert theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() < light.lightness()


def test_a_stores_accent_is_used_and_nonsense_ignored(theme: Theme) -> None:
    theme.apply(ThemeChoice.LIGHT, "#7a1fa2")
    assert tokens().accent == QColor("#7a1fa2")
    theme.apply(ThemeChoice.LIGHT, "no colour")
    assert tokens().accent == scheme(dark=False).accent


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_whole(dark: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    assert "$" not in style_sheet_of(scheme(dark=dark))


def test_no_colour_is_written_outside_the_tokens(repository: Path) -> None:
    written = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\d""")
    allowed = {"tokens.py"}
    found = [
        path.name
        for path in (repository / "crmdesk" / "views").rglob("*.py")
        if path.name not in allowed and written.search(path.read_text(encoding="utf-8"))
    ]
    assert not found
    assert not re.search(r"#[0-9a-fA-F]{6}", (repository / "resources/theme/crmdesk.qss").read_text(encoding="utf-8"))


def test_the_selected_row_keeps_the_colour_of_its_words(theme: Theme, qtbot: QtBot) -> None:
    theme.apply(ThemeChoice.LIGHT)
    late = tokens().tone(Tone.LATE).text
    view, rows = QTableView(), QStandardItemModel(1, 1)
    qtbot.addWidget(view)
    cell = QStandardItem("MMMMMM")
    cell.setForeground(late)
    rows.setItem(0, 0, cell)
    view.setModel(rows)
    view.setItemDelegate(CellDelegate(view))
    view.show()
    view.selectRow(0)
    seen = view.viewport().grab(view.visualRect(rows.index(0, 0))).toImage()
    colours = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())}
    assert {late.name(), tokens().selected.name()} <= colours


def test_every_icon_that_is_named_exists(repository: Path) -> None:
    known = {path.stem for path in (repository / "resources" / "icons").glob("*.svg")}
    named = re.compile(r"""(?:\bicon|IconLabel|IconButton|pixmap)\(["']([a-z0-9-]+)["']""")
    used = {
        name
        for path in (repository / "crmdesk" / "views").rglob("*.py")
        for name in named.findall(path.read_text(encoding="utf-8"))
    }
    assert used - known == set()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", search._ICONS)
def test_every_kind_that_is_found_has_its_icon(kind: EntityKind) -> None:
    assert not icons.pixmap(search._ICONS[kind], QColor("black")).isNull()


@pytest.mark.usefixtures("qapp")
def test_an_unknown_icon_is_a_defect() -> None:
    with pytest.raises(icons.UnknownIconError):
        icons.pixmap("no-such-icon", QColor("black"))


@pytest.mark.usefixtures("qapp")
def test_icons_are_as_sharp_as_the_screen() -> None:
    picture = icons.pixmap("sun", QColor("black"), 16, 1.5)
    assert (picture.width(), picture.devicePixelRatio()) == (24, 1.5)
    assert not icons.icon("sun").isNull()
