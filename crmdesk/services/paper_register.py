"""The register of papers that were given out: the exact bytes, the versions, every print, how it was sent."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.tickets import TellChannel
from crmdesk.core.topics import Topic
from crmdesk.db.paper_store import papers_of
from crmdesk.models.loan import Loan
from crmdesk.models.paper import Paper, PaperPrint
from crmdesk.models.ticket import Ticket
from crmdesk.services import access_log, audit, ticket_notes

PAPERS = frozenset({Topic.PAPERS})


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """What a paper is; ``basis`` says what stands on it, ``copy_of`` is the kept paper that it is a copy of."""

    kind: PaperKind
    number: str
    language: str
    title: str = ""
    ticket_id: int | None = None
    loan_id: int | None = None
    member_id: int | None = None
    basis: str = ""
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class PaperKept:
    """A paper in the register; ``prints`` counts this print too."""

    id: int
    number: str
    version: int
    prints: int


def give_out(session: Session, request: RegisterPaper, out: GivenOut, context: Context) -> Outcome[PaperKept]:
    """Keep a paper exactly as it left the printer or was saved; call it after that, never for a look at it.

    A copy of a kept paper, and the same bytes again, are noted as a reprint of it; other bytes under the same number
    are its next version. Print and file of one preview are the same bytes: the ticket's time line notes them once.

    Raises:
        InvalidFieldError: no number, or nothing to keep.
        NotFoundError: there is no paper that this could be a copy of.
        OSError: the bytes cannot be written.
    """
    number = _number(request, out.content)
    digest = papers_of(session).put(out.content)
    again = _load(session, request.copy_of) if request.copy_of else _same(session, request.kind, number, digest)
    paper = again or _new_version(session, request, (number, digest), context)
    paper.prints += 1
    session.add(
        PaperPrint(
            store_id=context.store.id,
            paper_id=paper.id,
            at=context.now(),
            staff_id=context.actor.staff_id,
            way=out.way,
            printer=clean_line(out.printer),
            copies=out.copies,
            reprint=paper.prints - 1,
            sha256=digest,
        )
    )
    if paper.member_id is not None:
        access_log.note(session, [paper.member_id], (Look.PRINTED, f"paper:{paper.kind}"), context)
    detail: audit.Detail = {"kind": paper.kind, "version": paper.version, "prints": paper.prints, "way": out.way}
    act = "paper.reprint" if paper.prints > 1 else "paper.print"
    audit.record(session, context, act, (EntityKind.PAPER, paper.id), detail)
    changed = PAPERS
    if paper.ticket_id is not None and (again is None or request.copy_of):
        changed |= ticket_notes.note_print(session, paper.ticket_id, paper.kind, context).changed
    return Outcome(_kept(paper), changed)


def keep(session: Session, request: RegisterPaper, content: bytes, context: Context) -> Outcome[PaperKept]:
    """Keep a paper as a new version of its number without counting a print: it is issued, not printed yet.

    Raises:
        InvalidFieldError: no number, or nothing to keep.
        OSError: the bytes cannot be written.
    """
    number = _number(request, content)
    digest = papers_of(session).put(content)
    paper = _new_version(session, request, (number, digest), context)
    detail: audit.Detail = {"kind": paper.kind, "version": paper.version, "sha256": digest}
    audit.record(session, context, "paper.issue", (EntityKind.PAPER, paper.id), detail)
    return Outcome(_kept(paper), PAPERS)


def _number(request: RegisterPaper, content: bytes) -> str:
    number = clean_code(request.number)
    if not number or not content:
        raise InvalidFieldError("number" if not number else "content", "empty")
    return number


def _same(session: Session, kind: PaperKind, number: str, digest: str) -> Paper | None:
    newest = session.scalar(
        select(Paper).where(Paper.kind == kind, Paper.number == number).order_by(Paper.version.desc()).limit(1)
    )
    return newest if newest is not None and newest.sha256 == digest else None


def _new_version(session: Session, request: RegisterPaper, identity: tuple[str, str], context: Context) -> Paper:
    number, digest = identity
    known = select(func.max(Paper.version)).where(Paper.kind == request.kind, Paper.number == number)
    request = _with_member(session, request)
    paper = Paper(
        store_id=context.store.id,
        kind=request.kind,
        number=number,
        version=(session.scalar(known) or 0) + 1,
        language=request.language,
        title=clean_line(request.title),
        ticket_id=request.ticket_id,
        loan_id=request.loan_id,
        member_id=request.member_id,
        sha256=digest,
        basis=request.basis,
        made_at=context.now(),
        made_by_id=context.actor.staff_id,
        prints=0,
    )
    session.add(paper)
    session.flush()
    return paper


def _with_member(session: Session, request: RegisterPaper) -> RegisterPaper:
    """Say whose paper it is: the customer of its ticket or loan."""
    if request.member_id is not None:
        return request
    if request.ticket_id is not None:
        wanted = select(Ticket.member_id).where(Ticket.id == request.ticket_id)
    elif request.loan_id is not None:
        wanted = select(Loan.member_id).where(Loan.id == request.loan_id)
    else:
        return request
    return replace(request, member_id=session.scalar(wanted))


def note_sent(session: Session, paper_id: int, channel: TellChannel, context: Context) -> Outcome[PaperKept]:
    """Note that a kept paper was sent, how, when and by whom.

    Raises:
        NotFoundError: no such paper.
    """
    paper = _load(session, paper_id)
    paper.sent_at = context.now()
    paper.sent_channel = channel
    paper.sent_by_id = context.actor.staff_id
    detail: audit.Detail = {"kind": paper.kind, "version": paper.version, "channel": channel}
    audit.record(session, context, "paper.send", (EntityKind.PAPER, paper.id), detail)
    return Outcome(_kept(paper), PAPERS)


def _load(session: Session, paper_id: int) -> Paper:
    paper = session.get(Paper, paper_id)
    if paper is None:
        raise NotFoundError(EntityKind.PAPER, str(paper_id))
    return paper


def _kept(paper: Paper) -> PaperKept:
    return PaperKept(paper.id, paper.number, paper.version, paper.prints)
