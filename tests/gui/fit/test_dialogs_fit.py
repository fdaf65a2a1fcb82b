"""Every dialog on small screens, in both languages: inside the screen, nothing cut, the verb in sight."""

from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.views.support import dialog_room
from crmdesk.views.support.form_dialog import FormDialog
from tests.builders.clipping import clipped, is_in_sight
from tests.builders.desk import close_dialogs, open_room
from tests.builders.shop import Shop
from tests.gui.fit.dialog_table import every_dialog
from tests.gui.fit.stage import Stage

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
        for make in every_dialog(Stage(shop, room.desk, page)):
            dialog = make()
            name = _name(type(dialog))
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


def _name(kind: type[QWidget]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def test_the_table_holds_every_form(shop: Shop, qtbot: QtBot, tmp_path: Path, repository: Path) -> None:
    for path in (repository / "crmdesk" / "views").rglob("*.py"):
        import_module(".".join(path.relative_to(repository).with_suffix("").parts))
    forms = {_name(kind) for kind in _leaves(FormDialog)}
    with open_room(shop, tmp_path) as room:
        page = QWidget()
        qtbot.addWidget(page)
        dialogs = [make() for make in every_dialog(Stage(shop, room.desk, page))]
        qtbot.waitUntil(room.desk.jobs.is_idle, timeout=20_000)
        known = {_name(type(one)) for one in dialogs}
        for one in dialogs:
            one.close()
        close_dialogs()
    assert sorted(forms - known) == []


def _leaves(kind: type[QWidget]) -> list[type[QWidget]]:
    """Give the kinds of dialog that are opened themselves; of the program only, not of its tests."""
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("crmdesk.")]
    return [leaf for one in below for leaf in _leaves(one)] if below else [kind]
