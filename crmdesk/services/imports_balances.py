"""Lists of balances: a member without movements gets an opening, anybody else a correction to what the list says."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.core.topics import Topic
from crmdesk.exchange.members import MemberRow, check_members
from crmdesk.exchange.policy import FieldRule
from crmdesk.exchange.problems import CheckedRow, Remarks
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member
from crmdesk.queries.settings import store_settings
from crmdesk.services import ledger
from crmdesk.services.imports_changes import amount_words
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_noting import Noting
from crmdesk.services.imports_owners import Owners
from crmdesk.services.imports_report import Fate, FieldChange
from crmdesk.services.imports_update import FIELD_OF
from crmdesk.services.imports_work import Decided
from crmdesk.services.ledger import Post

Row = CheckedRow[MemberRow]
_DECEMBER: Final = (12, 31)


class BalanceWork:
    """Goes through a list of balances."""

    topics = frozenset({Topic.MEMBERS, Topic.IMPORTS})

    def __init__(self, request: ImportFile, context: Context) -> None:
        """Take the file; nothing is read yet."""
        self._request = request
        self._today = context.today()
        self._owners = Owners()
        self._until = self._today

    def open(self, session: Session, context: Context) -> None:
        """Read how long points live."""
        years = store_settings(session, context.store.id).get(POINTS_YEARS)
        self._until = date(self._today.year + years, *_DECEMBER)

    def remember(self, session: Session, run_id: int) -> None:
        """Earlier parts made nobody."""

    def units(self) -> Iterator[Row]:
        """Yield the rows, checked."""
        return check_members(self._request.table, self._request.mapping, self._today)

    def size(self, unit: Row) -> int:  # noqa: ARG002 - every row stands alone
        """Give 1."""
        return 1

    def keep(self, units: Sequence[Row], decided: Sequence[Decided]) -> None:
        """Nothing is remembered."""

    def take(self, session: Session, context: Context, units: Sequence[Row], run_id: int) -> list[Decided]:
        """Decide about rows, and post what differs."""
        self._owners.look_up(session, [one.row for one in units if one.row is not None])
        return [self._decide(session, context, one, run_id) for one in units]

    def _decide(self, session: Session, context: Context, one: Row, run_id: int) -> Decided:
        if one.row is None:
            return Decided(one, Fate.REJECTED if one.refused else Fate.SKIPPED, one.problems)
        remarks = Remarks(one.number)
        member_id = self._owners.match(one.row, remarks)
        problems = (*one.problems, *remarks.problems)
        if member_id is None or remarks.failed:
            return Decided(one, Fate.REJECTED, problems)
        moves = list(self._moves(session, member_id, one.row))
        if not moves:
            return Decided(one, Fate.SKIPPED, problems, noted_at=one.number)
        if run_id:
            self._post(session, context, (one.number, member_id, run_id), moves)
        changes = tuple(
            FieldChange(
                FIELD_OF[move.kind], amount_words(move.kind, present), amount_words(move.kind, present + move.amount)
            )
            for move, present in moves
        )
        return Decided(one, Fate.UPDATED, problems, changes, noted_at=one.number)

    def _moves(self, session: Session, member_id: int, row: MemberRow) -> Iterator[tuple[Post, int]]:
        for kind, amount in _said(row).items():
            rule = self._request.policy.rule(FIELD_OF[kind])
            standing = ledger.standing(session, member_id, kind)
            moved = standing != ledger.Balance() or _moved(session, member_id, kind)
            if rule is FieldRule.KEEP or amount == standing.amount or (rule is FieldRule.FILL and moved):
                continue
            reason = LedgerReason.CORRECTION if moved else LedgerReason.OPENING
            delta = amount - standing.amount
            until = self._until if kind is LedgerKind.POINTS and delta > 0 else None
            paper = f"import {row.row}"
            yield Post(member_id, kind, reason, delta, paper_number=paper, expires_on=until), standing.amount

    def _post(
        self, session: Session, context: Context, whose: tuple[int, int, int], moves: list[tuple[Post, int]]
    ) -> None:
        row, member_id, run_id = whose
        done = {move.kind.value: [move.amount, ledger.post(session, move, context)] for move, _present in moves}
        version = session.scalars(select(Member.version).where(Member.id == member_id)).one()
        Noting(session, context, run_id).note(row, (EntityKind.MEMBER, member_id), version, {"ledger": done})


def _said(row: MemberRow) -> dict[LedgerKind, int]:
    """Give the balances that a row states; 0 is a balance too."""
    said = {
        LedgerKind.POINTS: row.points,
        LedgerKind.PRINCIPAL: row.stored_value.fen if row.stored_value is not None else None,
        LedgerKind.BONUS: row.bonus.fen if row.bonus is not None else None,
    }
    return {kind: amount for kind, amount in said.items() if amount is not None}


def _moved(session: Session, member_id: int, kind: LedgerKind) -> bool:
    lines = select(LedgerEntry.id).where(LedgerEntry.member_id == member_id, LedgerEntry.kind == kind)
    return session.scalar(lines.limit(1)) is not None
