"""A picture on the clipboard goes into the photos of the intake with Ctrl+V."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.gui.intake.conftest import CTRL, Counter


def test_a_picture_is_pasted_into_the_photos(counter: Counter) -> None:
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    strip = counter.form.condition.photos
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_V, CTRL)
    counter.settle()
    assert len(strip._tiles) == 1
