"""Replies taken from a judgement form that came back: looked at first, then all good rows at once (S5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import ReplySheetError, SheetTrouble
from crmdesk.core.batch_rules import OUT
from crmdesk.core.batches import BatchState
from crmdesk.core.context import Context
from crmdesk.core.judgement_sheet import SheetColumn
from crmdesk.core.outcome import Outcome
from crmdesk.core.workbook_facts import ImportErrorsFacts, RejectedRow
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.judgement_remarks import Remark, ReplyReason, remark_sentence
from crmdesk.exchange.judgement_replies import ReplyRow, ReplySheet
from crmdesk.models.batch import Batch, BatchLine
from crmdesk.models.ticket import Ticket
from crmdesk.services.batches_reply import Reply, reply
from crmdesk.services.batches_steps import CHANGED, require_desk


@dataclass(frozen=True, slots=True)
class CheckedReply:
    """One row against the batch: ``line_id`` and ``item`` of what it answers, ``remarks`` keep it out."""

    row: ReplyRow
    line_id: int | None
    remarks: tuple[Remark, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether the row can be taken."""
        return self.line_id is not None and self.row.answer is not None and not self.remarks


@dataclass(frozen=True, slots=True)
class ReplyCheck:
    """A form against its batch."""

    batch_id: int
    sheet: ReplySheet
    rows: tuple[CheckedReply, ...]

    @property
    def good(self) -> tuple[CheckedReply, ...]:
        """Give the rows that can be taken."""
        return tuple(one for one in self.rows if one.good)

    @property
    def refused(self) -> tuple[CheckedReply, ...]:
        """Give the rows that stay out."""
        return tuple(one for one in self.rows if one.remarks)

    @property
    def empty(self) -> int:
        """Count the rows that nobody filled in."""
        return sum(one.row.empty and not one.remarks for one in self.rows)


def check(session: Session, sheet: ReplySheet, context: Context) -> ReplyCheck:
    """Compare a form with its batch; nothing is written.

    Raises:
        NotAllowedError: the person does not work with batches.
        ReplySheetError: the batch is unknown here, or was never sent.
    """
    require_desk(context)
    batch = session.scalar(select(Batch).where(Batch.store_id == context.store.id, Batch.number == sheet.batch))
    if batch is None:
        raise ReplySheetError(sheet.name, SheetTrouble.UNKNOWN_BATCH, sheet.batch)
    if batch.state in (BatchState.PACKING, BatchState.CANCELLED):
        raise ReplySheetError(sheet.name, SheetTrouble.NOT_SENT, sheet.batch)
    wanted = select(Ticket.number, BatchLine).join(Ticket, BatchLine.ticket_id == Ticket.id)
    rows = session.execute(wanted.where(BatchLine.batch_id == batch.id))
    lines = {row.number: row.BatchLine for row in rows}
    return ReplyCheck(batch.id, sheet, tuple(_checked(row, lines.get(row.ticket)) for row in sheet.rows))


def _checked(row: ReplyRow, line: BatchLine | None) -> CheckedReply:
    known = line.id if line is not None else None
    if row.empty or row.remarks:
        return CheckedReply(row, known, row.remarks)
    if line is None:
        reason = ReplyReason.NOT_IN_BATCH
    elif line.replied_at is not None:
        reason = ReplyReason.ANSWERED
    elif line.state not in OUT:
        reason = ReplyReason.NOT_OUT
    else:
        return CheckedReply(row, known)
    return CheckedReply(row, known, (Remark(reason, SheetColumn.NUMBER, row.ticket),))


def take(session: Session, sheet: ReplySheet, context: Context) -> Outcome[ReplyCheck]:
    """Take every good row of a form, all in one transaction; gives what was taken and what stayed out.

    Raises:
        ReplySheetError: see `check`; or no row can be taken.
    """
    checked = check(session, sheet, context)
    if not checked.good:
        raise ReplySheetError(sheet.name, SheetTrouble.NOTHING)
    for one in checked.good:
        if one.line_id is not None and one.row.answer is not None:
            reply(session, Reply(one.line_id, None, one.row.answer), context)
    return Outcome(checked, CHANGED)


def refused_facts(checked: ReplyCheck, made_at: datetime) -> ImportErrorsFacts:
    """Give what the workbook of refused rows is written from, reasons in the present language."""
    return ImportErrorsFacts(checked.sheet.name, checked.sheet.header, _rejected(checked), made_at)


def _rejected(checked: ReplyCheck) -> Iterator[RejectedRow]:
    for one in checked.refused:
        cells = [text_of(cell) for cell in one.row.cells]
        yield RejectedRow(one.row.number, cells, [remark_sentence(remark) for remark in one.remarks])
