"""Whom a row about somebody on file means: by number, by card, by phone; whoever is not clear is asked for."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow
from crmdesk.exchange.problems import Reason, Remarks
from crmdesk.services.imports_match import GONE, Asked, Known, OnFile, look_up, same_name


class Owners:
    """Finds the members of rows that make nobody new."""

    def __init__(self, *, by_card: bool = True) -> None:
        """Begin; in a list of cards the card is what the row is about and finds nobody (``by_card`` false)."""
        self._by_card = by_card
        self._found = OnFile()

    def bring(self, member_ids: Iterable[int]) -> None:
        """Nobody is brought by such a list."""

    def look_up(self, session: Session, rows: Sequence[MemberRow]) -> None:
        """Ask for everybody whom a batch of rows may mean."""
        asked = Asked(
            numbers={row.member_number for row in rows if row.member_number},
            cards={row.card for row in rows if row.card and self._by_card},
            phones={phone.digits for row in rows for phone in row.phones},
        )
        self._found = look_up(session, asked)

    def match(self, row: MemberRow, remarks: Remarks) -> int | None:
        """Give the member's key; None with the reason in ``remarks``."""
        by_number = _there(self._found.by_number.get(row.member_number))
        by_card = _there(self._found.by_card.get(row.card)) if self._by_card else None
        sharing = self._sharing(row)
        found = by_number or by_card
        if found is None:
            return self._by_phone(row, sharing, remarks)
        if by_card is not None and by_card.id != found.id:
            remarks.warn(MemberField.CARD, row.card, Reason.KEY_CONFLICT)
        if sharing and found.id not in sharing:
            remarks.warn(MemberField.PHONE, row.phones[0].digits, Reason.KEY_CONFLICT)
        return self._called(row, found, sharing, remarks)

    def _by_phone(self, row: MemberRow, sharing: dict[int, Known], remarks: Remarks) -> int | None:
        named = [one for one in sharing.values() if row.name and same_name(row.name, one.name)]
        people = named or list(sharing.values())
        if len(people) > 1:
            remarks.error(MemberField.PHONE, row.phones[0].digits, Reason.WHO_UNCLEAR)
        elif not people:
            _unknown(row, remarks, by_card=self._by_card)
        elif row.name and not named:
            remarks.error(MemberField.NAME, row.name, Reason.PERSON_DIFFERS)
        return None if remarks.failed else people[0].id

    def _called(self, row: MemberRow, found: Known, sharing: dict[int, Known], remarks: Remarks) -> int | None:
        if row.name and not same_name(row.name, found.name) and found.id not in sharing:
            remarks.error(MemberField.NAME, row.name, Reason.PERSON_DIFFERS)
            return None
        return found.id

    def _sharing(self, row: MemberRow) -> dict[int, Known]:
        return {known.id: known for phone in row.phones for known in self._found.by_phone.get(phone.digits, ())}


def _there(known: Known | None) -> Known | None:
    return None if known is None or known.state in GONE else known


def _unknown(row: MemberRow, remarks: Remarks, *, by_card: bool) -> None:
    keys = [
        (MemberField.MEMBER_NUMBER, row.member_number),
        (MemberField.CARD, row.card if by_card else ""),
        (MemberField.PHONE, row.phones[0].digits if row.phones else ""),
    ]
    told = next(((field, value) for field, value in keys if value), None)
    if told is None:
        remarks.error(None, row.name, Reason.NO_KEY)
    else:
        remarks.error(*told, Reason.UNKNOWN_MEMBER)
