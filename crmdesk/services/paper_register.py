"""The register of papers that were given out: the exact document, its versions, its prints, how it was sent."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.tickets import TellChannel
from crmdesk.core.topics import Topic
from crmdesk.models.paper import Paper
from crmdesk.services import audit

PAPERS = frozenset({Topic.PAPERS})


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """A paper that goes to somebody; ``content`` is the PDF as it is given out."""

    kind: PaperKind
    number: str
    content: bytes
    language: str
    title: str = ""
    ticket_id: int | None = None
    loan_id: int | None = None
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaperKept:
    """A paper in the register; ``prints`` counts this print too."""

    id: int
    number: str
    version: int
    prints: int


def register(session: Session, request: RegisterPaper, context: Context) -> Outcome[PaperKept]:
    """Keep a paper exactly as it is given out; the same bytes again are a reprint, others a new version.

    Raises:
        InvalidFieldError: no number, or nothing to keep.
    """
    number = clean_code(request.number)
    if not number or not request.content:
        raise InvalidFieldError("number" if not number else "content", "empty")
    digest = hashlib.sha256(request.content).hexdigest()
    latest = session.scalars(
        select(Paper).where(Paper.number == number).order_by(Paper.version.desc()).limit(1)
    ).one_or_none()
    if latest is None or latest.sha256 != digest:
        latest = _new_version(request, (number, latest.version + 1 if latest else 1, digest), context)
        session.add(latest)
    latest.prints += 1
    session.flush()
    detail: audit.Detail = {"kind": latest.kind, "version": latest.version, "prints": latest.prints}
    audit.record(session, context, "paper.print", (EntityKind.PAPER, latest.id), detail)
    return Outcome(_kept(latest), PAPERS)


def keep(session: Session, request: RegisterPaper, context: Context) -> Outcome[PaperKept]:
    """Keep a paper as a new version of its number without counting a print: it is issued, not printed yet.

    Raises:
        InvalidFieldError: no number, or nothing to keep.
    """
    number = clean_code(request.number)
    if not number or not request.content:
        raise InvalidFieldError("number" if not number else "content", "empty")
    newest = session.scalar(select(func.max(Paper.version)).where(Paper.number == number)) or 0
    digest = hashlib.sha256(request.content).hexdigest()
    paper = _new_version(request, (number, newest + 1, digest), context)
    session.add(paper)
    session.flush()
    detail: audit.Detail = {"kind": paper.kind, "version": paper.version, "sha256": digest}
    audit.record(session, context, "paper.issue", (EntityKind.PAPER, paper.id), detail)
    return Outcome(_kept(paper), PAPERS)


def _new_version(request: RegisterPaper, identity: tuple[str, int, str], context: Context) -> Paper:
    number, version, digest = identity
    return Paper(
        store_id=context.store.id,
        kind=request.kind,
        number=number,
        version=version,
        language=request.language,
        title=clean_line(request.title),
        ticket_id=request.ticket_id,
        loan_id=request.loan_id,
        member_id=request.member_id,
        sha256=digest,
        made_at=context.now(),
        made_by_id=context.actor.staff_id,
        prints=0,
        content=request.content,
    )


def reprint(session: Session, paper_id: int, context: Context) -> Outcome[PaperKept]:
    """Count one more print of a kept paper.

    Raises:
        NotFoundError: no such paper.
    """
    paper = _load(session, paper_id)
    paper.prints += 1
    detail: audit.Detail = {"kind": paper.kind, "version": paper.version, "prints": paper.prints}
    audit.record(session, context, "paper.reprint", (EntityKind.PAPER, paper.id), detail)
    return Outcome(_kept(paper), PAPERS)


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
