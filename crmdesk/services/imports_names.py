"""Whom and which store the words of a file mean."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.text_clean import clean_line, clean_name
from crmdesk.exchange.fields import Field
from crmdesk.exchange.problems import Reason, Remarks
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store


class Names:
    """Guides by name and stores by name or code; people of the store at hand come first."""

    def __init__(self, session: Session, context: Context) -> None:
        """Read all names once."""
        here = context.store.id
        staff = session.execute(select(Staff.id, Staff.name, Staff.store_id).order_by(Staff.id)).all()
        self._guides: dict[str, int] = {}
        self._names = {row.id: row.name for row in staff}
        for row in sorted(staff, key=lambda row: row.store_id != here):
            self._guides.setdefault(_plain(row.name), row.id)
        stores = session.execute(select(Store.id, Store.name, Store.code)).all()
        self._stores: dict[str, int] = {_plain(row.name): row.id for row in stores}
        self._stores |= {_plain(row.code): row.id for row in stores}
        self._only = len(stores) == 1
        self._here = here

    def guide(self, word: str, field: Field, remarks: Remarks) -> int | None:
        """Give the key of the guide; an unknown one is told and left out."""
        if not word:
            return None
        found = self._guides.get(_plain(word))
        if found is None:
            remarks.warn(field, word, Reason.UNKNOWN_GUIDE)
        return found

    def of_guide(self, staff_id: int | None) -> str:
        """Give the name of a guide, empty for nobody."""
        return self._names.get(staff_id, "") if staff_id is not None else ""

    def store(self, word: str, field: Field, remarks: Remarks) -> int:
        """Give the key of the store; where there is only one, an unknown name is told and that one taken."""
        if not word:
            return self._here
        found = self._stores.get(_plain(word))
        if found is not None:
            return found
        note = remarks.warn if self._only else remarks.error
        note(field, word, Reason.UNKNOWN_STORE)
        return self._here


def _plain(word: str) -> str:
    return clean_name(clean_line(word)).casefold()
