"""Taking pictures in: each file is checked by itself, in the pool; one that is refused holds up no other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QImage

from crmdesk.core.progress import Progress
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import MOST_BYTES, Picture, PictureRefusedError, take_picture
from crmdesk.views.support.jobs import JobRunner

_SMALL = 176

Make = Callable[[], Picture]


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """A picture taken in: its name in the store of photos, itself, a small one for the strip, and its words."""

    name: str
    picture: Picture
    small: QImage
    caption: str = ""

    def said(self, caption: str) -> "TakenPicture":
        """Give the same picture with other words."""
        return replace(self, caption=caption)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of several files."""

    pictures: list[TakenPicture]
    refused: list[PictureRefusedError]


class PictureTaker:
    """Reads, checks and keeps pictures for one page; the window goes on meanwhile."""

    def __init__(self, jobs: JobRunner, store: PhotoStore | None, owner: QObject) -> None:
        """Work for `owner`; answers are dropped when it is gone."""
        self._jobs = jobs
        self._store = store
        self._owner = owner

    @property
    def keeps(self) -> bool:
        """Whether photos can be kept here."""
        return self._store is not None

    def files(self, paths: Iterable[Path], done: Callable[[Taken], None]) -> None:
        """Take picture files in."""
        self._take([partial(_read, path) for path in paths], done)

    def image(self, image: QImage, done: Callable[[Taken], None]) -> None:
        """Take a pasted picture in."""
        self._take([partial(_pasted, image.copy())], done)

    def _take(self, makers: Sequence[Make], done: Callable[[Taken], None]) -> None:
        def work(progress: Progress) -> Taken:
            taken = Taken([], [])
            for number, make in enumerate(makers):
                progress.report(number, len(makers))
                progress.check()
                try:
                    taken.pictures.append(self._keep(make()))
                except PictureRefusedError as refused:
                    taken.refused.append(refused)
            return taken

        self._jobs.compute(self._owner, work, done)

    def _keep(self, picture: Picture) -> TakenPicture:
        # Kept at once, so that a draft can name it; a file without a row does no harm.
        name = self._store.put(picture.jpeg) if self._store is not None else ""
        return TakenPicture(name, picture, _small(QImage.fromData(picture.jpeg)))

    def kept(self, names: Sequence[tuple[str, str]], done: Callable[[Taken], None]) -> None:
        """Give pictures back that a draft names with their words; those whose file is gone are left out."""
        store = self._store

        def work(_progress: Progress) -> Taken:
            found = [(name, words, store.read(name)) for name, words in names] if store is not None else []
            return Taken([_as_kept(name, words, content) for name, words, content in found if content], [])

        self._jobs.compute(self._owner, work, done)


def _read(path: Path) -> Picture:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PictureRefusedError("too_large", path.name)
        return take_picture(path.read_bytes(), path.name)
    except OSError:
        raise PictureRefusedError("unreadable", path.name) from None


def _pasted(image: QImage) -> Picture:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")  # type: ignore[call-overload] # the binding takes the format as text
    return take_picture(bytes(buffer.data().data()))


def _as_kept(name: str, words: str, content: bytes) -> TakenPicture:
    image = QImage.fromData(content)
    return TakenPicture(name, Picture(content, image.width(), image.height()), _small(image), words)


def _small(image: QImage) -> QImage:
    return image.scaledToWidth(_SMALL, Qt.TransformationMode.SmoothTransformation)
