"""The photos of a form that is not saved yet: added by file, drag and paste, each with a few words."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.exchange.pictures import Picture, PictureRefusedError
from crmdesk.views.service.photo_taking import PictureTaker, Taken, TakenPicture
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import choose_files
from crmdesk.views.support.prompts import ask_line
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.text import Text, show_if

MOST_PHOTOS = 24
PATTERNS = "*.jpg *.jpeg *.png *.webp *.bmp"


class PhotoTray(QWidget):
    """The strip, what is in it, and in a line below what was not taken and why."""

    changed = Signal()

    def __init__(self, taker: PictureTaker) -> None:
        """Begin empty; without a place to keep photos it is not shown."""
        super().__init__()
        self._taker = taker
        self._taken: list[TakenPicture] = []
        self.strip = PhotoStrip()
        self.strip.files_dropped.connect(self.take_files)
        self.strip.image_pasted.connect(self.take_image)
        self.strip.add_asked.connect(self._ask_files)
        self.strip.opened.connect(self._ask_caption)
        self.strip.removed.connect(self._drop)
        self.refusal = Text("", "error", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)
        layout.addWidget(self.refusal)
        show_if(self.refusal, False)
        show_if(self, taker.keeps)

    @property
    def taken(self) -> tuple[TakenPicture, ...]:
        """The pictures in their order."""
        return tuple(self._taken)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures for the service."""
        return tuple(one.picture for one in self._taken)

    @property
    def captions(self) -> tuple[str, ...]:
        """What is said about each of them."""
        return tuple(one.caption for one in self._taken)

    # -- adding ------------------------------------------------------------------------------------

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take picture files in, as many as there is room for."""
        room = max(MOST_PHOTOS - len(self._taken), 0)
        over = len(paths) - room
        self._say(
            ngettext("{count} photo has no room here.", "{count} photos have no room here.", over).format(count=over)
            if over > 0
            else ""
        )
        if room:
            self._taker.files(list(paths)[:room], self._add)

    def take_image(self, image: QImage) -> None:
        """Take a pasted picture in."""
        if len(self._taken) < MOST_PHOTOS:
            self._taker.image(image, self._add)

    def _ask_files(self) -> None:
        pictures = gettext("Pictures ({patterns})").format(patterns=PATTERNS)
        choose_files(self, gettext("Add photos"), [pictures], self.take_files)

    def _add(self, taken: Taken) -> None:
        known = {one.name for one in self._taken if one.name}
        self._taken += [one for one in taken.pictures if one.name not in known]
        if taken.refused:
            self._say(refusal_words(taken.refused))
        self._show()

    def _say(self, words: str) -> None:
        self.refusal.setText(words)
        show_if(self.refusal, bool(words))

    # -- words, removing, draft --------------------------------------------------------------------

    def _ask_caption(self, place: int) -> None:
        if place < len(self._taken):
            title = gettext("Photo {number}").format(number=place + 1)
            label = gettext("What it shows")
            ask_line(self, title, label, gettext("Save"), lambda words: self._caption(place, words))

    def _caption(self, place: int, words: str) -> None:
        if place < len(self._taken):
            self._taken[place] = self._taken[place].said(words)
            self._show()

    def _drop(self, place: int) -> None:
        if place < len(self._taken):
            del self._taken[place]
            self._say("")
            self._show()

    def _show(self) -> None:
        self.strip.set_photos([one.small for one in self._taken], self.captions)
        self.changed.emit()

    def give(self) -> object:
        """Give what a draft keeps: names in the store of photos, and words."""
        return [[one.name, one.caption] for one in self._taken]

    def take_back(self, state: object) -> None:
        """Show what a draft kept; nothing empties the tray."""
        self._taken = []
        self._say("")
        self.strip.set_photos(())
        if isinstance(state, list) and state:
            self._taker.kept([_named(entry) for entry in state], self._add)


def _named(entry: object) -> tuple[str, str]:
    if isinstance(entry, list) and len(entry) > 1:
        return str(entry[0]), str(entry[1])
    return str(entry), ""


def refusal_words(refused: Sequence[PictureRefusedError]) -> str:
    """Say which files were not taken and why, one after the other."""
    sentences = [errors.explain(one) for one in refused]
    return "\n".join(dict.fromkeys(one.line() for one in sentences if one is not None))
