"""One photo as large as the window allows; arrows go to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.db.photo_store import PhotoStore
from crmdesk.views.support import dialog_room
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.theme import tokens

_SIZE = QSize(960, 640)
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class PhotoViewer(QDialog):
    """Shows the photos of one ticket, one at a time."""

    def __init__(self, parent: QWidget, jobs: JobRunner, store: PhotoStore, names: Sequence[str], place: int) -> None:
        """Begin with the photo at ``place``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog_room.fit(self, _SIZE)
        self._jobs = jobs
        self._store = store
        self._names = tuple(names)
        self._image = QImage()
        self.place = place
        self._show()

    def _show(self) -> None:
        title = gettext("Photo {number} of {count}").format(number=self.place + 1, count=len(self._names))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        store, name = self._store, self._names[self.place]

        def work(_progress: Progress) -> QImage:
            return QImage.fromData(store.read(name) or b"")

        self._jobs.compute(self, work, self._arrived, key="photo")

    def _arrived(self, image: QImage) -> None:
        self._image = image
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().sunken)
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = min(self.width() / self._image.width(), self.height() / self._image.height(), 1.0)
        width, height = self._image.width() * scale, self._image.height() * scale
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawImage(place, self._image)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back with the arrows."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.place = (self.place + step) % len(self._names)
        self._show()
