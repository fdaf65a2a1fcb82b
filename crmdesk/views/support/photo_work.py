"""Work on photos that the window does not wait for: reading them small, checking what is added."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage

from crmdesk.core.progress import Progress
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import MOST_BYTES, Picture, PictureRefusedError, take_picture

_SMALL = QSize(352, 240)  # four times a tile, sharp at 200 %
Make = Callable[[], Picture]
Attempt = Picture | PictureRefusedError


def read_small(store: PhotoStore, names: Sequence[str], _progress: Progress) -> list[QImage]:
    """Give the photos with these hashes, small; one whose file is gone is an empty picture."""
    return [_small(store.read(name)) for name in names]


def attempt_all(makers: Sequence[Make], progress: Progress) -> list[Attempt]:
    """Check one picture after the other; one that is refused holds up no other."""
    found: list[Attempt] = []
    for done, make in enumerate(makers):
        progress.report(done, len(makers))
        progress.check()
        found.append(_attempt(make))
    return found


def from_file(path: Path) -> Picture:
    """Take a file in.

    Raises:
        PictureRefusedError: it is no picture that can be taken in.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise PictureRefusedError("too_large", path.name)
    return take_picture(path.read_bytes(), path.name)


def png_of(image: QImage) -> bytes:
    """Give a pasted picture as a file, to be checked like any other."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the binding takes the format as text
    return bytes(buffer.data().data())


def _attempt(make: Make) -> Attempt:
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
