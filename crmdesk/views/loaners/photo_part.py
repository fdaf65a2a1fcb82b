"""The photos of a loaner: shown small, added by file, drag and paste, taken off again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.exchange.pictures import MOST_BYTES, Picture, PictureRefusedError, take_picture
from crmdesk.services import loaner_photos
from crmdesk.services.loaner_photos import AddLoanerPhoto
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import choose_file
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.photo_store import PhotoStore
    from crmdesk.db.session import Session

_SMALL = QSize(352, 240)  # four times a tile, sharp at 200 %
Maker = Callable[[], Picture]


class LoanerPhotos(QWidget):
    """The strip and the work behind it; pictures are read and checked in the pool."""

    def __init__(self, desk: Desk) -> None:
        """Take where to keep photos from the desk; without such a place none are shown."""
        super().__init__()
        self._desk = desk
        self._loaner_id = 0
        self._names: tuple[str, ...] = ()
        self.strip = PhotoStrip(read_only=desk.photos is None)
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.strip.add_asked.connect(self._choose)
        self.strip.files_dropped.connect(self.add_files)
        self.strip.image_pasted.connect(self._paste)
        self.strip.removed.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)

    def show_photos(self, loaner_id: int, names: Sequence[str]) -> None:
        """Show the photos with these hashes."""
        same = (loaner_id, tuple(names)) == (self._loaner_id, self._names)
        self._loaner_id, self._names = loaner_id, tuple(names)
        store = self._desk.photos
        show_if(self, store is not None)
        if same or store is None:
            return
        self.strip.set_photos(())
        if names:
            work = partial(_read_small, store, tuple(names))
            self._desk.jobs.compute(self, work, self.strip.set_photos, key="photos")

    def add_files(self, files: Sequence[Path]) -> None:
        """Check files and add those that are pictures; the first that is none is said."""
        self._add([partial(_read, path) for path in files])

    def _choose(self) -> None:
        kinds = gettext("Pictures ({patterns})").format(patterns="*.jpg *.jpeg *.png *.bmp *.webp")
        choose_file(self, gettext("Add a photo"), [kinds], lambda path: self.add_files([path]))

    def _paste(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # the binding takes the format as text
        self._add([partial(take_picture, bytes(buffer.data().data()))])

    def _add(self, makers: Sequence[Maker]) -> None:
        loaner_id = self._loaner_id
        self._desk.jobs.compute(self, partial(_take_all, makers), partial(self._keep, loaner_id))

    def _keep(self, loaner_id: int, found: list[Picture | PictureRefusedError]) -> None:
        store = self._desk.photos
        refused = next((one for one in found if isinstance(one, PictureRefusedError)), None)
        if refused is not None:
            errors.show(self, refused)
        for picture in found:
            if isinstance(picture, Picture) and store is not None:
                work = partial(_add_photo, store, AddLoanerPhoto(loaner_id, picture))
                self._desk.jobs.write(self, work, self._added)

    def _added(self, _name: str) -> None:
        self._desk.toasts.show(gettext("Photo added"))

    def _remove(self, place: int) -> None:
        loaner_id, name = self._loaner_id, self._names[place]
        self._desk.jobs.write(
            self,
            lambda session, context: loaner_photos.remove_photo(session, loaner_id, name, context),
            lambda _none: self._desk.toasts.show(gettext("Photo removed")),
        )


def _add_photo(store: "PhotoStore", request: AddLoanerPhoto, session: "Session", context: "Context") -> "Outcome[str]":
    return loaner_photos.add_photo(session, request, context, store=store)


def _read_small(store: "PhotoStore", names: Sequence[str], _progress: Progress) -> list[QImage]:
    return [_small(store.read(name)) for name in names]


def _take_all(makers: Sequence[Maker], progress: Progress) -> list[Picture | PictureRefusedError]:
    found: list[Picture | PictureRefusedError] = []
    for done, make in enumerate(makers):
        progress.report(done, len(makers))
        progress.check()
        found.append(_attempt(make))
    return found


def _read(path: Path) -> Picture:
    if path.stat().st_size > MOST_BYTES:
        raise PictureRefusedError("too_large", path.name)
    return take_picture(path.read_bytes(), path.name)


def _attempt(make: Maker) -> Picture | PictureRefusedError:
    try:
        return make()
    except PictureRefusedError as refused:
        return refused
    except OSError:
        return PictureRefusedError("damaged")


def _small(content: bytes | None) -> QImage:
    image = QImage.fromData(content) if content else QImage()
    if image.isNull():
        return image
    return image.scaled(
        _SMALL, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
