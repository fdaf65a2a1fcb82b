"""Photos come in by drag, paste and button; what arrives is handed on unread."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.photo_tile import AddTile, PhotoTile


@pytest.fixture
def strip(qtbot: QtBot) -> PhotoStrip:
    made = PhotoStrip()
    qtbot.addWidget(made)
    made.resize(400, 80)
    made.show()
    return made


def picture() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0)
    return image


def test_dropped_files_are_handed_on(strip: PhotoStrip, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("https://example.com/b.jpg")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(strip.files_dropped) as seen:
        strip.dropEvent(event)
    assert seen.args == [[tmp_path / "a.jpg"]]


def test_a_pasted_picture_is_handed_on(strip: PhotoStrip, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(picture())
    with qtbot.waitSignal(strip.image_pasted):
        QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()


def test_pasting_text_does_nothing(strip: PhotoStrip, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("138")
    with qtbot.assertNotEmitted(strip.image_pasted), qtbot.assertNotEmitted(strip.files_dropped):
        QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()


def test_tiles_open_and_remove_by_keys(strip: PhotoStrip, qtbot: QtBot) -> None:
    strip.set_photos([picture(), picture()])
    second = strip.findChildren(PhotoTile)[1]
    with qtbot.waitSignal(strip.opened) as opened:
        QTest.keyClick(second, Qt.Key.Key_Return)
    with qtbot.waitSignal(strip.removed) as removed:
        QTest.keyClick(second, Qt.Key.Key_Delete)
    assert (opened.args, removed.args) == ([1], [1])


def test_the_last_tile_asks_for_files(strip: PhotoStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.add_asked):
        QTest.mouseClick(strip.findChildren(AddTile)[0], Qt.MouseButton.LeftButton)


def test_read_only_shows_no_way_to_change(qtbot: QtBot) -> None:
    strip = PhotoStrip(read_only=True)
    qtbot.addWidget(strip)
    strip.set_photos([picture()])
    strip.show()
    assert not [tile for tile in strip.findChildren(AddTile) if tile.isVisible()]
    assert not strip.acceptDrops()
    with qtbot.assertNotEmitted(strip.removed):
        QTest.keyClick(strip.findChildren(PhotoTile)[0], Qt.Key.Key_Delete)


def test_broken_pictures_paint_as_empty_tiles(strip: PhotoStrip) -> None:
    strip.set_photos([QImage()])
    assert not strip.grab().isNull()
