"""Lists of cards: numbers that members carry are taken over, the state of known ones is brought up to date."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.labels import label
from crmdesk.core.members import CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.topics import Topic
from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow, check_members
from crmdesk.exchange.policy import FieldRule
from crmdesk.exchange.problems import CheckedRow, Reason, Remarks
from crmdesk.models.card import Card
from crmdesk.models.member import Member
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_noting import Noting
from crmdesk.services.imports_numbers import RunningNumbers
from crmdesk.services.imports_owners import Owners
from crmdesk.services.imports_report import Fate, FieldChange
from crmdesk.services.imports_work import Decided

Row = CheckedRow[MemberRow]
FIELDS: Final = {
    "state": MemberField.CARD_STATE,
    "tier": MemberField.LEVEL,
    "valid_until": MemberField.VALID_UNTIL,
}


class CardWork:
    """Goes through a list of cards."""

    topics = frozenset({Topic.CARDS, Topic.MEMBERS, Topic.IMPORTS})

    def __init__(self, request: ImportFile, context: Context) -> None:
        """Take the file; nothing is read yet."""
        self._request = request
        self._today = context.today()
        self._owners = Owners(by_card=False)

    def open(self, session: Session, context: Context) -> None:
        """Nothing is needed for the whole."""

    def remember(self, session: Session, run_id: int) -> None:
        """Cards of earlier parts are on file."""

    def units(self) -> Iterator[Row]:
        """Yield the rows, checked."""
        return check_members(self._request.table, self._request.mapping, self._today)

    def size(self, unit: Row) -> int:  # noqa: ARG002 - every row stands alone
        """Give 1."""
        return 1

    def keep(self, units: Sequence[Row], decided: Sequence[Decided]) -> None:
        """Nothing is remembered."""

    def take(self, session: Session, context: Context, units: Sequence[Row], run_id: int) -> list[Decided]:
        """Decide about rows, and write them."""
        rows = [one.row for one in units if one.row is not None]
        self._owners.look_up(session, rows)
        batch = _Cards(session, context, {row.card for row in rows if row.card}, run_id)
        decided = [self._decide(batch, one) for one in units]
        batch.close()
        return decided

    def _decide(self, batch: "_Cards", one: Row) -> Decided:
        if one.row is None:
            return Decided(one, Fate.REJECTED if one.refused else Fate.SKIPPED, one.problems)
        remarks = Remarks(one.number)
        fate, changes = self._card(batch, one.row, remarks)
        return Decided(one, fate, (*one.problems, *remarks.problems), changes, noted_at=one.number)

    def _card(self, batch: "_Cards", row: MemberRow, remarks: Remarks) -> tuple[Fate, tuple[FieldChange, ...]]:
        if not row.card:
            remarks.error(MemberField.CARD, "", Reason.NO_KEY)
            return Fate.REJECTED, ()
        known = batch.known.get(row.card)
        named = bool(row.member_number or row.phones)
        owner = self._owners.match(row, remarks) if named or known is None else known.member_id
        if known is not None and owner is not None and known.member_id != owner:
            remarks.error(MemberField.CARD, row.card, Reason.CARD_OF_ANOTHER)
        if remarks.failed or owner is None:
            return Fate.REJECTED, ()
        if known is None:
            batch.add(row, owner)
            return Fate.CREATED, ()
        new = self._new(known, row)
        if not new:
            return Fate.SKIPPED, ()
        told = tuple(FieldChange(FIELDS[name], _words(getattr(known, name)), _words(new[name])) for name in new)
        batch.change(row, known, new)
        return Fate.UPDATED, told

    def _new(self, card: Card, row: MemberRow) -> dict[str, Any]:
        wanted = {"state": row.card_state, "tier": row.level, "valid_until": row.valid_until}
        rules = {name: self._request.policy.rule(field) for name, field in FIELDS.items()}
        return {
            name: value
            for name, value in wanted.items()
            if value is not None
            and value != getattr(card, name)
            and rules[name] is not FieldRule.KEEP
            and (rules[name] is FieldRule.OVERWRITE or getattr(card, name) is None)
        }


class _Cards:
    """The cards of one part: those on file, and what is written."""

    def __init__(self, session: Session, context: Context, numbers: set[str], run_id: int) -> None:
        self._session = session
        self._context = context
        self._noting = Noting(session, context, run_id) if run_id else None
        self._running = RunningNumbers(session, context, "V")
        self.known = {card.number: card for card in session.scalars(select(Card).where(Card.number.in_(numbers)))}
        self._in_use: dict[int, bool] = {}

    def add(self, row: MemberRow, member_id: int) -> None:
        state = row.card_state or CardState.ISSUED
        if state is CardState.ISSUED and self._has_card(member_id):
            # One card is in use; the number of another one still finds its member.
            state = CardState.REPLACED
        self._in_use[member_id] = self._has_card(member_id) or state is CardState.ISSUED
        if self._noting is None:
            return
        tier = row.level or self._session.scalar(select(Member.tier).where(Member.id == member_id))
        card = Card(
            store_id=self._context.store.id,
            member_id=member_id,
            number=row.card,
            tier=tier or CardTier.ORDINARY,
            state=state,
            issued_at=_moment(row.issued_on) if row.issued_on else self._context.now(),
            valid_until=row.valid_until,
            fee=Money(0),
        )
        self._session.add(card)
        self._session.flush()
        self._running.meet(row.card)
        self._noting.note(row.row, (EntityKind.CARD, card.id), card.version, None)

    def change(self, row: MemberRow, card: Card, new: dict[str, Any]) -> None:
        if self._noting is None:
            return
        before = {"columns": {name: getattr(card, name) for name in new}, "new": new}
        for name, value in new.items():
            setattr(card, name, value)
        self._session.flush()
        self._noting.note(row.row, (EntityKind.CARD, card.id), card.version, before)

    def close(self) -> None:
        if self._noting is not None:
            self._running.keep()

    def _has_card(self, member_id: int) -> bool:
        if member_id not in self._in_use:
            issued = select(Card.id).where(Card.member_id == member_id, Card.state == CardState.ISSUED).limit(1)
            self._in_use[member_id] = self._session.scalar(issued) is not None
        return self._in_use[member_id]


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def _words(value: object) -> str:
    if isinstance(value, (CardState, CardTier)):
        return label(value)
    return "" if value is None else str(value)
