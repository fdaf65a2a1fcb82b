"""Photos of an item in a row: add by drag, paste or file; open; remove."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.photo_tile import AddTile, PhotoTile


class PhotoStrip(QWidget):
    """Shows small pictures; what comes in is handed on unread, the page checks and keeps it.

    Args:
        read_only: no adding, no removing.
    """

    files_dropped = Signal(list)
    """`list[Path]`: files dragged or pasted here."""
    image_pasted = Signal(QImage)
    add_asked = Signal()
    """The page opens its file dialog."""
    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, *, read_only: bool = False) -> None:
        super().__init__()
        self._read_only = read_only
        self._tiles: list[PhotoTile] = []
        self._line = FlowLayout(self, gap=8)
        self._add = AddTile()
        self._add.clicked.connect(self.add_asked)
        self.setAcceptDrops(not read_only)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()
        self.set_photos(())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.setAccessibleName(gettext("Photos"))
        self._add.setAccessibleName(gettext("Add photos"))
        self._add.setToolTip(gettext("Add photos: choose files, drag them here, or paste with Ctrl+V"))

    def set_photos(self, photos: Sequence[QImage], captions: Sequence[str] = ()) -> None:
        """Show these pictures with their words as tool tips; make them small off the GUI thread."""
        for tile in self._tiles:
            self._line.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._line.removeWidget(self._add)
        self._tiles = []
        for number, photo in enumerate(photos):
            said = captions[number] if number < len(captions) else ""
            name = gettext("Photo {number}").format(number=number + 1)
            tile = PhotoTile(photo, f"{name}: {said}" if said else name)
            tile.clicked.connect(partial(self._on_opened, number))
            if not self._read_only:
                tile.removed.connect(partial(self.removed.emit, number))
            self._tiles.append(tile)
            self._line.addWidget(tile)
        if self._read_only:
            self._add.setParent(self)
            self._add.hide()
        else:
            self._line.addWidget(self._add)
        self.updateGeometry()

    def _on_opened(self, number: int, _checked: object = None) -> None:
        self.opened.emit(number)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasting = event.matches(QKeySequence.StandardKey.Paste) and not self._read_only
        if not (pasting and self._take(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def _take(self, data: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
        if files:
            self.files_dropped.emit(files)
            return True
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            self.image_pasted.emit(image)
            return True
        return False
