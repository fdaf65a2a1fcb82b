"""Who bought: the member whom a till's line means."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from crmdesk.exchange.fields import PurchaseField
from crmdesk.exchange.problems import Reason, Remarks
from crmdesk.exchange.purchases import PurchaseRow
from crmdesk.services.imports_match import GONE, Asked, Known, look_up, same_name


class Buyers:
    """Finds the buyers of a batch of lines: by member number, card, phone, or a name that only one member has."""

    def __init__(self, session: Session, rows: Sequence[PurchaseRow]) -> None:
        """Ask for everybody once."""
        asked = Asked(
            numbers={row.member_number for row in rows if row.member_number},
            cards={row.card for row in rows if row.card},
            phones={row.phone.digits for row in rows if row.phone},
            names={row.name for row in rows if row.name and not (row.phone or row.card or row.member_number)},
        )
        self._found = look_up(session, asked)

    def find(self, row: PurchaseRow, remarks: Remarks) -> int | None:
        """Give the buyer; None for a walk-in. Somebody who is on no file is told, the purchase stays without buyer."""
        for found in (self._found.by_number.get(row.member_number), self._found.by_card.get(row.card)):
            if found is not None and found.state not in GONE:
                return found.id
        sharing = self._found.by_phone.get(row.phone.digits, []) if row.phone else []
        if sharing:
            return self._of_household(row, sharing, remarks)
        called = self._found.by_name.get(row.name, [])
        if len(called) == 1:
            return called[0].id
        if not row.anonymous:
            remarks.warn(*_told(row), Reason.UNKNOWN_MEMBER)
        return None

    def _of_household(self, row: PurchaseRow, sharing: list[Known], remarks: Remarks) -> int:
        named = next((one for one in sharing if row.name and same_name(one.name, row.name)), None)
        if named is None and len(sharing) > 1 and row.phone:
            remarks.warn(PurchaseField.PHONE, row.phone.digits, Reason.PHONE_SHARED_IN_STORE)
        return (named or sharing[0]).id


def _told(row: PurchaseRow) -> tuple[PurchaseField, str]:
    if row.phone:
        return PurchaseField.PHONE, row.phone.digits
    if row.member_number:
        return PurchaseField.MEMBER_NUMBER, row.member_number
    return (PurchaseField.CARD, row.card) if row.card else (PurchaseField.NAME, row.name)
