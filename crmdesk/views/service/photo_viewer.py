"""One photo as large as the window allows, with what it shows; arrows go to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.db.photo_store import PhotoStore
from crmdesk.views.support import dialog_room
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.layouts import column

_SIZE = QSize(960, 640)
_LONGEST = 120
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


@dataclass(slots=True)
class Album:
    """Photos by name, what each shows, and where new words go; None where they may only be read."""

    names: Sequence[str]
    captions: dict[str, str]
    save: Callable[[str, str], None] | None


class _Picture(QWidget):
    """The photo, whole and never larger than it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
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


class PhotoViewer(QDialog):
    """Shows the photos of one ticket, one at a time; new words are kept when one goes on, closes or presses Enter."""

    def __init__(self, parent: QWidget, jobs: JobRunner, store: PhotoStore, album: Album, place: int) -> None:
        """Begin with the photo at ``place``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog_room.fit(self, _SIZE)
        self._jobs = jobs
        self._store = store
        self._album = album
        self.place = place
        self.picture = _Picture()
        self.words = LineField(gettext("&What it shows"), max_length=_LONGEST, example=gettext("e.g. left front wheel"))
        self.words.setEnabled(album.save is not None)
        lines = column(self.picture, self.words, gap=2, margin=3)
        lines.setStretch(0, 1)
        self.setLayout(lines)
        self.picture.setFocus()
        self._show()

    @property
    def _name(self) -> str:
        return self._album.names[self.place]

    def _show(self) -> None:
        title = gettext("Photo {number} of {count}").format(number=self.place + 1, count=len(self._album.names))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.words.set_value(self._album.captions.get(self._name, ""))
        store, name = self._store, self._name

        def work(_progress: Progress) -> QImage:
            return QImage.fromData(store.read(name) or b"")

        self._jobs.compute(self, work, self.picture.show_image, key="photo")

    def _keep(self) -> None:
        words = self.words.typed().strip()
        if self._album.save is None or words == self._album.captions.get(self._name, ""):
            return
        self._album.captions[self._name] = words
        self._album.save(self._name, words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back with the arrows; Enter keeps the words."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
            self.picture.setFocus()
        elif key in _STEPS:
            self._keep()
            self.place = (self.place + _STEPS[key]) % len(self._album.names)
            self._show()
        else:
            super().keyPressEvent(event)

    @override
    def done(self, result: int) -> None:
        """Keep the words before closing."""
        self._keep()
        super().done(result)
