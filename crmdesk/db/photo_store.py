"""Photos as files of the data folder, each named by the hash of its content."""

from typing import ClassVar

from crmdesk.db.content_store import ContentStore


class PhotoStore(ContentStore):
    """The folder with the photos; the same picture is kept once."""

    __slots__ = ()
    suffix: ClassVar[str] = ".jpg"
