"""Every dialog by keyboard, in both languages: Tab goes as one reads, and no letter is asked for twice."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.views.support import dialog_room
from tests.builders.desk import close_dialogs, open_room
from tests.builders.shop import Shop
from tests.gui.fit.dialog_table import every_dialog
from tests.gui.fit.stage import Stage

LARGE = (1600, 2400)  # nothing scrolls
# Still to be mended: a button above the list, and "another one" below rows, are reached out of order.
_TO_BE_MENDED = frozenset({"ImportReplyDialog", "MemberForm", "PurchaseDialog"})
_LETTER = re.compile(r"(?<!&)&(?!&)(\w)")


def _letters_twice(dialog: QDialog) -> list[str]:
    labels = [one for one in dialog.findChildren(QLabel) if one.buddy() is not None]
    parts: list[QLabel | QAbstractButton] = [*labels, *dialog.findChildren(QAbstractButton)]
    texts = [one.text() for one in parts if one.isVisible() and one.window() is dialog]
    letters = Counter(found.upper() for text in texts for found in _LETTER.findall(text))
    return [f"Alt+{letter}: {count} times" for letter, count in letters.items() if count > 1]


def _stops(dialog: QDialog) -> list[QWidget]:
    """Give what Tab goes through, in its order, from the first part of the dialog on."""
    found: list[QWidget] = []
    one = dialog.nextInFocusChain()
    while one is not dialog and one is not None:
        if _is_stop(one, dialog):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _is_stop(one: QWidget, dialog: QDialog) -> bool:
    if not one.focusPolicy() & Qt.FocusPolicy.TabFocus or one.focusProxy() is not None:
        return False
    return one.isVisible() and one.isEnabled() and one.window() is dialog


def _scrolled_in(one: QWidget) -> QWidget | None:
    """Give what scrolls it: beside that, its place says nothing."""
    parent = one.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        parent = parent.parentWidget()
    return parent


def _place(one: QWidget, dialog: QDialog) -> QRect:
    return QRect(one.mapTo(dialog, QPoint(0, 0)), one.size())


def _out_of_order(dialog: QDialog) -> list[str]:
    if type(dialog).__name__ in _TO_BE_MENDED:
        return []
    stops = _stops(dialog)
    wrong = []
    for first, second in itertools.pairwise(stops):
        if _scrolled_in(first) is not _scrolled_in(second):
            continue
        here, there = _place(first, dialog), _place(second, dialog)
        beside = there.top() <= here.bottom() and here.top() <= there.bottom()
        if (beside and there.left() < here.left()) or (not beside and there.top() < here.top()):
            wrong.append(f"{_named(first)} before {_named(second)}")
    return wrong


def _named(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return f"{type(one).__name__} {one.accessibleName() or text}"


Look = Callable[[QDialog], list[str]]


def _round(stage: Stage, qtbot: QtBot, look: Look) -> Iterator[tuple[str, list[str]]]:
    for make in every_dialog(stage):
        dialog = make()
        name = f"{type(dialog).__module__}.{type(dialog).__name__}"
        dialog.open()
        for _again in range(3):
            qtbot.wait(5)
            qtbot.waitUntil(stage.desk.jobs.is_idle, timeout=20_000)
        found = look(dialog)
        dialog.close()
        if found:
            yield name, found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("look", [_letters_twice, _out_of_order])
def test_every_dialog_by_keys(
    shop: Shop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look, language: str
) -> None:
    monkeypatch.setattr(dialog_room, "screen_area", lambda _widget: QRect(0, 0, *LARGE))
    set_language(language)
    with open_room(shop, tmp_path) as room:
        page = QWidget()
        qtbot.addWidget(page)
        page.resize(*LARGE)
        page.show()
        wrong = dict(_round(Stage(shop, room.desk, page), qtbot, look))
        close_dialogs()
    set_language("zh_CN")
    assert wrong == {}
