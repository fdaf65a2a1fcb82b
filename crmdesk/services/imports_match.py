"""Which member on file a row means: by member number, by card, by a phone together with the name."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.members import MemberState
from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow
from crmdesk.exchange.policy import MatchKey
from crmdesk.exchange.problems import Reason, Remarks
from crmdesk.models.card import Card
from crmdesk.models.member import Member, MemberPhone
from crmdesk.queries.merged import kept_key

GONE = (MemberState.MERGED, MemberState.ERASED)


class Known(NamedTuple):
    """A member on file, as far as matching needs."""

    id: int
    name: str
    state: MemberState


class Sharer(NamedTuple):
    """Somebody on file with a phone of a row."""

    digits: str
    known: Known


@dataclass(slots=True)
class OnFile:
    """Everybody on file who has a number, card or phone that occurs in a batch of rows."""

    by_number: dict[str, Known] = field(default_factory=dict)
    by_card: dict[str, Known] = field(default_factory=dict)
    by_phone: dict[str, list[Known]] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    """What to look for."""

    numbers: set[str] = field(default_factory=set)
    cards: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _who_stayed(session: Session, known: Known) -> Known:
    """Follow a file that was merged to the one that stayed."""
    if known.state is not MemberState.MERGED:
        return known
    wanted = select(Member.id, Member.name, Member.state).where(Member.id == kept_key(session, known.id))
    return Known(*session.execute(wanted).one())


def look_up(session: Session, asked: Asked) -> OnFile:
    """Ask once for a whole batch. Numbers and cards of members who are gone are found too: they stay taken."""
    found = OnFile()
    who = (Member.id, Member.name, Member.state)
    if wanted := list(asked.numbers):
        rows = session.execute(select(Member.number, *who).where(Member.number.in_(wanted)))
        found.by_number = {row[0]: _who_stayed(session, Known(*row[1:])) for row in rows}
    if wanted := list(asked.cards):
        of_cards = select(Card.number, *who).join(Member, Member.id == Card.member_id).where(Card.number.in_(wanted))
        found.by_card = {row[0]: Known(*row[1:]) for row in session.execute(of_cards)}
    if wanted := list(asked.phones):
        of_phones = (
            select(MemberPhone.digits, *who)
            .join(Member, Member.id == MemberPhone.member_id)
            .where(MemberPhone.digits.in_(wanted), Member.state.not_in(GONE))
            .order_by(Member.id)
        )
        for row in session.execute(of_phones):
            found.by_phone.setdefault(row[0], []).append(Known(*row[1:]))
    if wanted := list(asked.names):
        of_names = select(Member.name, *who).where(Member.name.in_(wanted), Member.state.not_in(GONE))
        for row in session.execute(of_names.order_by(Member.id)):
            found.by_name.setdefault(row[0], []).append(Known(*row[1:]))
    return found


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same but for case."""
    return one.casefold() == other.casefold()


class Matcher:
    """Finds for each row of a member list whom it means; people whom the same file brought are no match."""

    def __init__(self, key: MatchKey = MatchKey.ANY) -> None:
        """Begin with nobody brought yet.

        Args:
            key: by what a row's member is known; it decides where keys disagree.
        """
        self._key = key
        # Keys rise while they are made; a set of a hundred thousand would take ten times the room.
        self._brought = array("q")
        self._anybody = False
        self._found = OnFile()

    def bring(self, member_ids: Iterable[int]) -> None:
        """Note people whom the file brought, in the order of their keys."""
        self._brought.extend(member_ids)

    def _is_brought(self, member_id: int) -> bool:
        place = bisect_left(self._brought, member_id)
        return place < len(self._brought) and self._brought[place] == member_id

    def look_up(self, session: Session, rows: Sequence[MemberRow]) -> None:
        """Ask for everybody whom a batch of rows may mean; a store with nobody else in it is not asked for phones."""
        if not self._anybody:
            self._anybody = (session.scalar(select(func.count(Member.id))) or 0) > len(self._brought)
        asked = Asked(
            numbers={row.member_number for row in rows if row.member_number},
            cards={row.card for row in rows if row.card},
        )
        if self._anybody:
            asked.phones = {phone.digits for row in rows for phone in row.phones}
            asked.names = {row.name for row in rows if _keyless(row)}
        self._found = look_up(session, asked)

    def match(self, row: MemberRow, remarks: Remarks) -> int | None:
        """Give the key of the member whom a row means, None for a new one; what is in the way is told."""
        if self._key is not MatchKey.ANY:
            return self._by_chosen_key(row, remarks)
        sharing = self._sharing(row)
        by_number = self._found.by_number.get(row.member_number) if row.member_number else None
        by_card = self._found.by_card.get(row.card) if row.card else None
        if by_number is not None:
            return self._by_number(row, by_number, by_card, sharing, remarks)
        by_phone = _by_phone(row, sharing)
        if by_card is not None:
            return self._by_card(row, by_card, by_phone, sharing, remarks)
        if by_phone is not None:
            remarks.warn(MemberField.PHONE, by_phone.digits, Reason.KNOWN_MEMBER)
            return by_phone.known.id
        if sharing:
            remarks.warn(MemberField.PHONE, sharing[0].digits, Reason.PHONE_SHARED_IN_STORE)
        return self._by_name(row, remarks) if _keyless(row) else None

    def _by_chosen_key(self, row: MemberRow, remarks: Remarks) -> int | None:
        """Only the key that was chosen says who is meant; what the others say of somebody else is told."""
        sharing = self._sharing(row)
        found = self._whom(row, sharing, remarks)
        by_card = self._found.by_card.get(row.card) if row.card else None
        by_number = self._found.by_number.get(row.member_number) if row.member_number else None
        if found is not None and (found.state in GONE or self._is_brought(found.id)):
            remarks.error(MemberField(self._key.value), found.name, Reason.KNOWN_MEMBER)
            return None
        if by_card is not None and (found is None or by_card.id != found.id):
            remarks.error(MemberField.CARD, row.card, Reason.CARD_OF_ANOTHER)
        if by_number is not None and found is None:
            remarks.error(MemberField.MEMBER_NUMBER, row.member_number, Reason.KNOWN_MEMBER)
        elif by_number is not None and found is not None and by_number.id != found.id:
            remarks.warn(MemberField.MEMBER_NUMBER, row.member_number, Reason.KEY_CONFLICT)
        others = [one for one in sharing if found is not None and one.known.id != found.id]
        if others and not any(found is not None and one.known.id == found.id for one in sharing):
            remarks.warn(MemberField.PHONE, others[0].digits, Reason.KEY_CONFLICT)
        if found is None or remarks.failed:
            return None
        remarks.warn(MemberField(self._key.value), _told(row, self._key), Reason.KNOWN_MEMBER)
        return found.id

    def _whom(self, row: MemberRow, sharing: list[Sharer], remarks: Remarks) -> Known | None:
        if self._key is MatchKey.MEMBER_NUMBER:
            return self._found.by_number.get(row.member_number) if row.member_number else None
        if self._key is MatchKey.CARD:
            return self._found.by_card.get(row.card) if row.card else None
        people = {one.known.id: one.known for one in sharing}
        named = [one for one in people.values() if row.name and same_name(row.name, one.name)]
        if len(named or people) > 1:
            remarks.error(MemberField.PHONE, sharing[0].digits, Reason.WHO_UNCLEAR)
        return next(iter(named or people.values()), None)

    def _by_name(self, row: MemberRow, remarks: Remarks) -> int | None:
        """Only a name: whoever is called so and is on file is taken for the same person, or the list would double."""
        others = [one for one in self._found.by_name.get(row.name, ()) if not self._is_brought(one.id)]
        if not others:
            remarks.warn(None, row.name, Reason.NO_KEY)
            return None
        remarks.warn(MemberField.NAME, row.name, Reason.KNOWN_MEMBER)
        return others[0].id

    def _by_number(
        self, row: MemberRow, found: Known, by_card: Known | None, sharing: list[Sharer], remarks: Remarks
    ) -> int | None:
        if not self._is_person(row, found, sharing):
            remarks.error(MemberField.MEMBER_NUMBER, row.member_number, Reason.KNOWN_MEMBER)
        elif by_card is not None and by_card.id != found.id:
            remarks.error(MemberField.CARD, row.card, Reason.CARD_OF_ANOTHER)
        else:
            remarks.warn(MemberField.MEMBER_NUMBER, row.member_number, Reason.KNOWN_MEMBER)
            return found.id
        return None

    def _by_card(
        self, row: MemberRow, found: Known, by_phone: Sharer | None, sharing: list[Sharer], remarks: Remarks
    ) -> int | None:
        other = by_phone is not None and by_phone.known.id != found.id
        if other or not self._is_person(row, found, sharing):
            remarks.error(MemberField.CARD, row.card, Reason.CARD_OF_ANOTHER)
            return None
        remarks.warn(MemberField.CARD, row.card, Reason.KNOWN_MEMBER)
        return found.id

    def _is_person(self, row: MemberRow, found: Known, sharing: list[Sharer]) -> bool:
        if found.state in GONE or self._is_brought(found.id):
            return False
        same = not row.name or same_name(row.name, found.name)
        return same or any(one.known.id == found.id for one in sharing)

    def _sharing(self, row: MemberRow) -> list[Sharer]:
        return [
            Sharer(phone.digits, known)
            for phone in row.phones
            for known in self._found.by_phone.get(phone.digits, ())
            if not self._is_brought(known.id)
        ]


def _told(row: MemberRow, key: MatchKey) -> str:
    if key is MatchKey.MEMBER_NUMBER:
        return row.member_number
    return row.card if key is MatchKey.CARD else row.phones[0].digits


def _keyless(row: MemberRow) -> bool:
    return not (row.phones or row.card or row.member_number)


def _by_phone(row: MemberRow, sharing: list[Sharer]) -> Sharer | None:
    if not row.name:
        return sharing[0] if sharing else None
    return next((one for one in sharing if same_name(row.name, one.known.name)), None)
