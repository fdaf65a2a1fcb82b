"""The photos of a loaner."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.exchange.pictures import Picture
from crmdesk.services import loaner_photos
from crmdesk.services.loaner_photos import AddLoanerPhoto
from crmdesk.views.support.photo_panel import PhotoPanel

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.photo_store import PhotoStore
    from crmdesk.db.session import Session


class LoanerPhotos(PhotoPanel):
    """Shown, added and taken off again."""

    @override
    def keep(self, owner: int, pictures: Sequence[Picture]) -> None:
        if self._store is None:
            return
        for picture in pictures:
            work = partial(_add_photo, self._store, AddLoanerPhoto(owner, picture))
            self._desk.jobs.write(self, work, self._added)

    def _added(self, _name: str) -> None:
        self._desk.toasts.show(gettext("Photo added"))

    @override
    def drop(self, owner: int, name: str) -> None:
        self._desk.jobs.write(
            self,
            lambda session, context: loaner_photos.remove_photo(session, owner, name, context),
            lambda _none: self._desk.toasts.show(gettext("Photo removed")),
        )


def _add_photo(store: "PhotoStore", request: AddLoanerPhoto, session: "Session", context: "Context") -> "Outcome[str]":
    return loaner_photos.add_photo(session, request, context, store=store)
