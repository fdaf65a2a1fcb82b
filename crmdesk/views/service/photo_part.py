"""The photos of a ticket: shown small, opened large with their words, added by drag, paste and file."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.services import photos
from crmdesk.services.photos import AddPhoto, CaptionPhoto
from crmdesk.views.service.photo_viewer import Album, PhotoViewer
from crmdesk.views.service.room import Room
from crmdesk.views.support.photo_panel import PhotoPanel

if TYPE_CHECKING:
    from crmdesk.db.session import Session


class PhotoPart(PhotoPanel):
    """Photos of the shown ticket; writes go through the page's room."""

    def __init__(self, room: Room) -> None:
        """Take where to keep photos from the desk; without such a place nothing can be added."""
        super().__init__(room.desk)
        self._room = room

    @override
    def keep(self, owner: int, pictures: Sequence[Picture]) -> None:
        if self._store is None:
            return
        words = [""] * (len(pictures) - 1) + [_added(len(pictures))]
        for picture, said in zip(pictures, words, strict=True):
            self._room.write(partial(_add_photo, self._store, AddPhoto(owner, picture)), partial(_say, said))

    @override
    def open_photo(self, place: int) -> None:
        if self._store is not None:
            words = dict(zip(self._names, self._captions, strict=False))
            may = self._room.desk.signin.context().may(Right.SERVE)
            album = Album(self._names, words, partial(self._caption, self._owner) if may else None)
            PhotoViewer(self, self._room.desk.jobs, self._store, album, place).open()

    def _caption(self, ticket_id: int, name: str, words: str) -> None:
        request = CaptionPhoto(ticket_id, name, words)
        self._room.write(
            lambda session, context: photos.caption_of_ticket(session, request, context),
            lambda _none: gettext("Words of the photo saved"),
        )

    @override
    def drop(self, owner: int, name: str) -> None:
        self._room.write(
            lambda session, context: photos.remove_from_ticket(session, owner, name, context),
            lambda _none: gettext("Photo removed"),
        )


def _add_photo(store: PhotoStore, request: AddPhoto, session: "Session", context: Context) -> Outcome[str]:
    return photos.add_to_ticket(session, request, context, store=store)


def _say(words: str, _name: str) -> str:
    return words


def _added(count: int) -> str:
    return ngettext("{count} photo added", "{count} photos added", count).format(count=count)
