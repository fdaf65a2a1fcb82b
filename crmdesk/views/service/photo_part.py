"""The photos of a ticket: shown small, opened large, added by drag, paste and file."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress
from crmdesk.core.roles import Right
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import MOST_BYTES, Picture, PictureRefusedError, take_picture
from crmdesk.services import photos
from crmdesk.services.photos import AddPhoto, CaptionPhoto
from crmdesk.views.service.photo_viewer import Album, PhotoViewer
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import choose_file
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_SMALL = QSize(352, 240)  # four times a tile, sharp at 200 %


class PhotoPart(QWidget):
    """The strip and the work behind it; pictures are read and checked in the pool."""

    def __init__(self, room: Room) -> None:
        """Take where to keep photos from the desk; without such a place nothing can be added."""
        super().__init__()
        self._room = room
        self._store = room.desk.photos
        self._ticket_id = 0
        self._names: tuple[str, ...] = ()
        self._captions: tuple[str, ...] = ()
        self.strip = PhotoStrip(read_only=self._store is None)
        # Several lines of photos are as high as they need to be.
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.strip.add_asked.connect(self._choose)
        self.strip.files_dropped.connect(self.add_files)
        self.strip.image_pasted.connect(self._paste)
        self.strip.opened.connect(self._open)
        self.strip.removed.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)

    def show_photos(self, ticket_id: int, names: Sequence[str], captions: Sequence[str] = ()) -> None:
        """Show the photos with these hashes and what each of them shows."""
        now = (ticket_id, tuple(names), tuple(captions))
        same = now == (self._ticket_id, self._names, self._captions)
        self._ticket_id, self._names, self._captions = now
        store = self._store
        show_if(self, store is not None)
        if same or store is None:
            return
        if not names:
            self.strip.set_photos(())
            return

        def work(_progress: Progress) -> list[QImage]:
            return [_small(store.read(name)) for name in names]

        self._room.desk.jobs.compute(self, work, partial(self._show, now[2]), key="photos")

    def _show(self, captions: Sequence[str], photos: Sequence[QImage]) -> None:
        self.strip.set_photos(photos, captions)

    # -- adding ----------------------------------------------------------------------------

    def _choose(self) -> None:
        kinds = gettext("Pictures ({patterns})").format(patterns="*.jpg *.jpeg *.png *.bmp *.webp")
        choose_file(self, gettext("Add a photo"), [kinds], lambda path: self.add_files([path]))

    def add_files(self, files: Sequence[Path]) -> None:
        """Check files and add those that are pictures; the first that is none is said."""
        self._add([partial(_read, path) for path in files])

    def _paste(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # the binding takes the format as text
        content = bytes(buffer.data().data())
        self._add([partial(take_picture, content)])

    def _add(self, makers: "Sequence[partial[Picture]]") -> None:
        ticket_id = self._ticket_id

        def work(progress: Progress) -> list[Picture | PictureRefusedError]:
            found: list[Picture | PictureRefusedError] = []
            for done, make in enumerate(makers):
                progress.report(done, len(makers))
                progress.check()
                found.append(_attempt(make))
            return found

        self._room.desk.jobs.compute(self, work, partial(self._keep, ticket_id))

    def _keep(self, ticket_id: int, found: list[Picture | PictureRefusedError]) -> None:
        store = self._store
        refused = [one for one in found if isinstance(one, PictureRefusedError)]
        if refused:
            errors.show(self, refused[0])
        pictures = [one for one in found if isinstance(one, Picture)]
        if store is None:
            return
        words = [""] * (len(pictures) - 1) + [_added(len(pictures))]
        for picture, said in zip(pictures, words, strict=False):
            self._room.write(partial(_add_photo, store, AddPhoto(ticket_id, picture)), partial(_say, said))

    # -- looking ---------------------------------------------------------------------------

    def _open(self, place: int) -> None:
        if self._store is not None:
            words = dict(zip(self._names, self._captions, strict=False))
            may = self._room.desk.signin.context().may(Right.SERVE)
            album = Album(self._names, words, partial(self._caption, self._ticket_id) if may else None)
            PhotoViewer(self, self._room.desk.jobs, self._store, album, place).open()

    def _caption(self, ticket_id: int, name: str, words: str) -> None:
        request = CaptionPhoto(ticket_id, name, words)
        self._room.write(
            lambda session, context: photos.caption_of_ticket(session, request, context),
            lambda _none: gettext("Words of the photo saved"),
        )

    def _remove(self, place: int) -> None:
        ticket_id, name = self._ticket_id, self._names[place]
        self._room.write(
            lambda session, context: photos.remove_from_ticket(session, ticket_id, name, context),
            lambda _none: gettext("Photo removed"),
        )


def _add_photo(store: PhotoStore, request: AddPhoto, session: "Session", context: Context) -> Outcome[str]:
    return photos.add_to_ticket(session, request, context, store=store)


def _say(words: str, _name: str) -> str:
    return words


def _read(path: Path) -> Picture:
    if path.stat().st_size > MOST_BYTES:
        raise PictureRefusedError("too_large", path.name)
    return take_picture(path.read_bytes(), path.name)


def _attempt(make: "partial[Picture]") -> Picture | PictureRefusedError:
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


def _added(count: int) -> str:
    return ngettext("{count} photo added", "{count} photos added", count).format(count=count)
