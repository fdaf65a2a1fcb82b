"""Lists of members, and of their tags: each row is matched, then a member is made or filled up."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.topics import Topic
from crmdesk.exchange.fields import OF_KNOWN, MemberField
from crmdesk.exchange.members import MemberRow, check_members
from crmdesk.exchange.problems import CheckedRow, Remarks
from crmdesk.models.import_run import ImportedRow
from crmdesk.services.imports_changes import changes_of
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_match import Matcher
from crmdesk.services.imports_names import Names
from crmdesk.services.imports_new_members import NewMembers
from crmdesk.services.imports_owners import Owners
from crmdesk.services.imports_report import Fate
from crmdesk.services.imports_update import Additions, KnownMembers, apply
from crmdesk.services.imports_work import Decided

Row = CheckedRow[MemberRow]
_PREVIEWED: Final = 1000


class MemberWork:
    """Goes through a member list; of tags it makes nobody new."""

    topics = frozenset({Topic.MEMBERS, Topic.CARDS, Topic.IMPORTS})

    def __init__(self, request: ImportFile, context: Context) -> None:
        """Take the file; nothing is read yet."""
        self._request = request
        self._today = context.today()
        self._matcher = Owners() if request.kind in OF_KNOWN else Matcher(request.policy.key)
        self._names: Names | None = None
        self._told = 0

    def open(self, session: Session, context: Context) -> None:
        """Read the names of guides and stores."""
        self._names = Names(session, context)

    def remember(self, session: Session, run_id: int) -> None:
        """Read whom earlier parts brought."""
        brought = (ImportedRow.run_id == run_id, ImportedRow.before == "")
        self._matcher.bring(session.scalars(select(ImportedRow.entity_id).where(*brought).order_by("entity_id")))

    def units(self) -> Iterator[Row]:
        """Yield the rows, checked."""
        return check_members(self._request.table, self._request.mapping, self._today)

    def size(self, unit: Row) -> int:  # noqa: ARG002 - every row stands alone
        """Give 1."""
        return 1

    def take(self, session: Session, context: Context, units: Sequence[Row], run_id: int) -> list[Decided]:
        """Decide about rows, and write them."""
        writer = NewMembers(session, context, run_id) if run_id else None
        self._matcher.look_up(session, [one.row for one in units if one.row is not None])
        matched = [self._match(one) for one in units]
        keys = sorted({key for key, _ in matched if key is not None})
        known = KnownMembers(session, keys, self._request.policy)
        batch = _Batch(session, self._named(session, context), writer, known)
        decided = [self._decide(batch, one, key, told) for one, (key, told) in zip(units, matched, strict=True)]
        if writer is not None:
            writer.flush()
            writer.keep_numbers()
        return decided

    def keep(self, units: Sequence[Row], decided: Sequence[Decided]) -> None:  # noqa: ARG002 - as the protocol has it
        """Learn whom a part brought."""
        self._matcher.bring(one.made for one in decided if one.made)

    def _named(self, session: Session, context: Context) -> Names:
        if self._names is None:
            self._names = Names(session, context)
        return self._names

    def _match(self, one: Row) -> tuple[int | None, Remarks]:
        remarks = Remarks(one.number)
        return (None if one.row is None else self._matcher.match(one.row, remarks)), remarks

    def _decide(self, batch: "_Batch", one: Row, member_id: int | None, remarks: Remarks) -> Decided:
        if one.row is None:
            return Decided(one, Fate.REJECTED if one.refused else Fate.SKIPPED, one.problems)
        guide_id = batch.names.guide(one.row.guide, MemberField.GUIDE, remarks)
        store_id = batch.names.store(one.row.store, MemberField.STORE, remarks)
        if remarks.failed:
            return _told(one, Fate.REJECTED, remarks)
        if member_id is None:
            made = batch.writer.add(one.row, store_id, guide_id) if batch.writer is not None else 0
            return _told(one, Fate.CREATED, remarks, made)
        return self._fill(batch, one, batch.known.additions(member_id, one.row, guide_id), remarks)

    def _fill(self, batch: "_Batch", one: Row, additions: Additions, remarks: Remarks) -> Decided:
        if not additions:
            return _told(one, Fate.SKIPPED, remarks)
        if batch.writer is not None:
            apply(batch.session, additions, batch.writer)
            return _told(one, Fate.UPDATED, remarks)
        self._told += 1
        changes = changes_of(additions, batch.names) if self._told <= _PREVIEWED else ()
        return Decided(one, Fate.UPDATED, (*one.problems, *remarks.problems), changes, noted_at=one.number)


class _Batch:
    """What deciding about a batch of rows needs."""

    def __init__(self, session: Session, names: Names, writer: NewMembers | None, known: KnownMembers) -> None:
        self.session = session
        self.names = names
        self.writer = writer
        self.known = known


def _told(one: Row, fate: Fate, remarks: Remarks, made: int = 0) -> Decided:
    return Decided(one, fate, (*one.problems, *remarks.problems), made=made, noted_at=one.number)
