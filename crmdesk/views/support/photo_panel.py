"""The photos of one thing: shown small, added by file, drag and paste; subclasses say whose they are."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.exchange.pictures import Picture, PictureRefusedError, take_picture
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import choose_file
from crmdesk.views.support.photo_work import Attempt, Make, attempt_all, from_file, png_of, read_small
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.text import show_if


class PhotoPanel(QWidget):
    """The strip and the work behind it; pictures are read and checked in the pool."""

    def __init__(self, desk: Desk) -> None:
        """Take where to keep photos from the desk; without such a place none are shown."""
        super().__init__()
        self._desk = desk
        self._store = desk.photos
        self._owner = 0
        self._names: tuple[str, ...] = ()
        self._captions: tuple[str, ...] = ()
        self.strip = PhotoStrip(read_only=self._store is None)
        # Several lines of photos are as high as they need to be.
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.strip.add_asked.connect(self._choose)
        self.strip.files_dropped.connect(self.add_files)
        self.strip.image_pasted.connect(self._paste)
        self.strip.opened.connect(self.open_photo)
        self.strip.removed.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)

    # -- what subclasses say ---------------------------------------------------------------------

    def keep(self, owner: int, pictures: Sequence[Picture]) -> None:
        """Keep checked pictures of the thing with the key ``owner``."""
        raise NotImplementedError

    def drop(self, owner: int, name: str) -> None:
        """Take a photo off the thing."""
        raise NotImplementedError

    def open_photo(self, place: int) -> None:
        """Show a photo large, where there is a way to."""

    # -- the same for all ------------------------------------------------------------------------

    def show_photos(self, owner: int, names: Sequence[str], captions: Sequence[str] = ()) -> None:
        """Show the photos with these hashes and what each of them shows."""
        now = (owner, tuple(names), tuple(captions))
        same = now == (self._owner, self._names, self._captions)
        self._owner, self._names, self._captions = now
        show_if(self, self._store is not None)
        if same or self._store is None:
            return
        self.strip.set_photos(())
        if names:
            work = partial(read_small, self._store, self._names)
            self._desk.jobs.compute(self, work, partial(self._show, self._captions), key="photos")

    def _show(self, captions: Sequence[str], photos: Sequence[QImage]) -> None:
        self.strip.set_photos(photos, captions)

    def _choose(self) -> None:
        kinds = gettext("Pictures ({patterns})").format(patterns="*.jpg *.jpeg *.png *.bmp *.webp")
        choose_file(self, gettext("Add a photo"), [kinds], lambda path: self.add_files([path]))

    def add_files(self, files: Sequence[Path]) -> None:
        """Check files and add those that are pictures; the first that is none is said."""
        self._add([partial(from_file, path) for path in files])

    def _paste(self, image: QImage) -> None:
        self._add([partial(take_picture, png_of(image))])

    def _add(self, makers: Sequence[Make]) -> None:
        self._desk.jobs.compute(self, partial(attempt_all, makers), partial(self._checked, self._owner))

    def _checked(self, owner: int, found: Sequence[Attempt]) -> None:
        refused = next((one for one in found if isinstance(one, PictureRefusedError)), None)
        if refused is not None:
            errors.show(self, refused)
        pictures = [one for one in found if isinstance(one, Picture)]
        if pictures and self._store is not None:
            self.keep(owner, pictures)

    def _remove(self, place: int) -> None:
        self.drop(self._owner, self._names[place])
