"""Photos as files of the data folder, each named by the hash of its content."""

from typing import TYPE_CHECKING, ClassVar, Final

from sqlalchemy.orm import Session

from crmdesk.db.content_store import ContentStore
from crmdesk.db.engine import HOME

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "photos"


class PhotoStore(ContentStore):
    """The folder with the photos; the same picture is kept once."""

    __slots__ = ()
    suffix: ClassVar[str] = ".jpg"


def photos_of(session: Session) -> PhotoStore | None:
    """Give the photos that lie beside the session's database; None when it is no file."""
    home: Path | None = session.info.get(HOME)
    return PhotoStore(home / FOLDER) if home is not None else None
