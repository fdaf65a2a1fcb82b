"""Papers that were given out as files of the data folder, each named by the hash of its content."""

import hashlib
from typing import TYPE_CHECKING, ClassVar, Final

from sqlalchemy.orm import Session
from typing_extensions import override

from crmdesk.db.content_store import ContentStore
from crmdesk.db.engine import HOME

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "papers"


class PaperStore(ContentStore):
    """The folder with the papers; a reader gets the bytes that were given out, or nothing."""

    __slots__ = ()
    suffix: ClassVar[str] = ".pdf"

    @override
    def read(self, name: str) -> bytes | None:
        """Give the paper; None when its file is gone or was changed."""
        content = super().read(name)
        return content if content is not None and hashlib.sha256(content).hexdigest() == name else None


def papers_of(session: Session) -> PaperStore:
    """Give the papers that lie beside the session's database.

    Raises:
        LookupError: the database is no file.
    """
    home: Path | None = session.info.get(HOME)
    if home is None:
        raise LookupError(HOME)
    return PaperStore(home / FOLDER)
