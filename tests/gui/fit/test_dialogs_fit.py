"""Every dialog on small screens, in both languages: inside the screen, nothing cut, the verb in sight."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.views.support import dialog_room
from tests.builders.clipping import clipped, is_in_sight
from tests.builders.desk import close_dialogs, open_room
from tests.builders.shop import Shop
from tests.gui.fit.dialog_table import Table

FORMS = {"FormDialog", "StepDialog"}
SMALL, USUAL = (911, 512), (1280, 720)  # 1366 × 768 at 150 %, 1920 × 1080 at 150 %


def _primary(dialog: QDialog) -> QPushButton | None:
    """Give the verb of the dialog; a question of equal verbs has none."""
    buttons = dialog.findChildren(QPushButton)
    return next((one for one in buttons if one.property("kind") == "primary" and one.window() is dialog), None)


def _wrong(dialog: QDialog, size: tuple[int, int]) -> list[str]:
    found = clipped(dialog)
    if dialog.width() > size[0] or dialog.height() > size[1]:
        found.append(f"is {dialog.width()} × {dialog.height()}")
    verb = _primary(dialog)
    if verb is not None and not is_in_sight(verb, dialog):
        found.append(f"{verb.text()} is out of sight")
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_every_dialog_fits(
    shop: Shop, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    monkeypatch.setattr(dialog_room, "screen_area", lambda _widget: QRect(0, 0, *size))
    set_language(language)
    with open_room(shop, tmp_path) as room:
        page = QWidget()
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        wrong = {}
        for name, make in Table(shop, room.desk, page).all().items():
            dialog = make()
            dialog.open()
            for _again in range(3):
                qtbot.wait(10)
                qtbot.waitUntil(room.desk.jobs.is_idle, timeout=20_000)
            found = _wrong(dialog, size)
            if found:
                wrong[name] = found
            dialog.close()
        close_dialogs()
    assert not wrong


def test_the_table_holds_every_form(repository: Path) -> None:
    views = repository / "crmdesk" / "views"
    known = (repository / "tests" / "gui" / "fit" / "dialog_table.py").read_text(encoding="utf-8")
    classes = [
        node
        for path in views.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    forms = {one.name for one in classes if FORMS & {ast.unparse(base) for base in one.bases}} - FORMS
    assert not {name for name in forms if name not in known}
