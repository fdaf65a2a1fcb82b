"""Asking the other end: the form that goes to it as a workbook, and chasing replies that are overdue (S5)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batch_rules import UNANSWERED
from crmdesk.core.batches import BatchLineState
from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.ticket_events import TicketAct
from crmdesk.services import paper_register
from crmdesk.services.batches_steps import CHANGED, LineStep, load_batch, load_line, note, require_desk
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.services.ticket_steps import note_event


def chase(session: Session, line_ids: tuple[int, ...], words: str, context: Context) -> Outcome[int]:
    """Note that the other end was asked again about these lines; gives how many.

    Raises:
        IllegalMoveError: a line has its reply, or its goods are back.
    """
    require_desk(context)
    for line_id in line_ids:
        line, batch, ticket = load_line(session, LineStep(line_id), context)
        if line.state not in UNANSWERED:
            raise IllegalMoveError(EntityKind.BATCH, ticket.number, line.state, BatchLineState.REPLIED)
        line.chases += 1
        line.chased_on = context.today()
        note_event(session, ticket, TicketAct.CHASED, context, f"{line.chases} {words}".strip())
        note(session, batch, BatchAct.CHASED, context, f"{ticket.number} {words}".strip(), line)
    return Outcome(len(line_ids), CHANGED)


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """The judgement form of a batch as a workbook called ``name``; ``out`` is the paper of it that is kept."""

    batch_id: int
    name: str
    language: str
    out: GivenOut


def note_form(session: Session, form: WrittenForm, context: Context) -> Outcome[str]:
    """Note that the judgement form of a batch was written to a workbook; the register keeps what it asked.

    Raises:
        InvalidFieldError: nothing to keep.
    """
    require_desk(context)
    batch = load_batch(session, form.batch_id, context)
    paper = RegisterPaper(PaperKind.JUDGEMENT_FORM, batch.number, form.language, title=form.name)
    kept = paper_register.give_out(session, paper, form.out, context)
    note(session, batch, BatchAct.FORM_WRITTEN, context, form.name)
    return Outcome(batch.number, CHANGED | kept.changed)
