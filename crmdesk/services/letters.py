"""Letters that settle complaints (P4): numbered, kept exactly as issued, sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.case_errors import LetterReplacedError, LetterUnchangedError
from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.letter_words import languages_of
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.letter import LetterWords
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.paper import LetterText, Paper
from crmdesk.models.ticket import Ticket
from crmdesk.queries.letter_facts import (
    SERIES,
    LetterBody,
    decided_complaint,
    latest_letter,
    letter_facts,
    texts_of,
)
from crmdesk.services import audit, complaints, paper_register
from crmdesk.services.complaints import Tell
from crmdesk.services.numbers import next_running_number
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.services.ticket_steps import note_event

_CHANGED = frozenset({Topic.PAPERS, Topic.TICKETS})
_NEEDED = ("salutation", "facts", "finding", "remedy")
_PARTS = (*_NEEDED, "promise", "closing")
_LONGEST, _LONGEST_LINE = 4000, 120
_NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class IssueLetter:
    """The words of a letter in ``zh_CN``, ``en`` or ``both``; ``seen_version`` is the letter's newest when composed."""

    ticket_id: int
    language: str
    body: LetterBody
    seen_version: int = 0


@dataclass(frozen=True, slots=True)
class LetterIssued:
    """An issued letter."""

    paper_id: int
    number: str
    version: int


@dataclass(frozen=True, slots=True)
class SendLetter:
    """How a letter went out and on which of the store's days; ``tell`` also notes the decision as told."""

    paper_id: int
    channel: TellChannel
    sent_on: date | None = None
    tell: bool = False


def issue(session: Session, request: IssueLetter, context: Context) -> Outcome[LetterIssued]:
    """Give the letter its number and version, make the document and keep exactly that.

    The document is made inside the write: a number without its letter, or a letter that differs from what the register
    keeps, cannot come to be.

    Raises:
        NotAllowedError: the person neither serves nor decides.
        NotAComplaintError: another kind of ticket.
        NotDecidedError: nothing is decided.
        InvalidFieldError: a part that must not be empty is, or is too long; the field is ``part_language``.
        StaleError: somebody issued another version since this one was composed.
        LetterUnchangedError: it says what the newest version says already.
    """
    from crmdesk.documents.pdf.letter import render

    if not context.may(Right.JUDGE):
        context.require(Right.SERVE)
    ticket = decided_complaint(session, request.ticket_id)
    words = _checked(request)
    latest = latest_letter(session, ticket.id)
    present = latest.version if latest is not None else 0
    if present != request.seen_version:
        raise StaleError(EntityKind.LETTER, ticket.id, request.seen_version, present)
    contact = clean_line(request.body.contact)
    if latest is not None and _says(session, latest, request.language, words, contact):
        raise LetterUnchangedError(latest.number, latest.version)
    number = latest.number if latest is not None else next_running_number(session, context, SERIES)
    body = LetterBody(words, contact)
    facts = letter_facts(session, ticket, (number, present + 1), body, context)
    paper = _keep(session, ticket, number, render(facts, request.language), request.language, context)
    session.add_all(_text(paper, language, text, contact) for language, text in words.items())
    note_event(session, ticket, TicketAct.LETTER_ISSUED, context, f"{paper.number} v{paper.version}")
    return Outcome(LetterIssued(paper.id, paper.number, paper.version), _CHANGED)


def _checked(request: IssueLetter) -> dict[str, LetterWords]:
    """Clean the words of every language asked for."""
    found = {}
    for language in languages_of(request.language):
        text = request.body.words.get(language) or LetterWords("", "", "", "")
        parts = {part: clean_note(getattr(text, part)) for part in _PARTS}
        for part, words in parts.items():
            longest = _LONGEST_LINE if part == "salutation" else _LONGEST
            if part in _NEEDED and not words:
                raise InvalidFieldError(f"{part}_{language}", "empty")
            if len(words) > longest:
                raise InvalidFieldError(f"{part}_{language}", "too_long")
        found[language] = LetterWords(**parts)
    if not clean_line(request.body.contact):
        raise InvalidFieldError("contact", "empty")
    return found


def _says(session: Session, latest: Paper, language: str, words: dict[str, LetterWords], contact: str) -> bool:
    kept = texts_of(session, latest.id)
    return latest.language == language and kept == {known: (text, contact) for known, text in words.items()}


def _keep(session: Session, ticket: Ticket, number: str, content: bytes, language: str, context: Context) -> Paper:
    wanted = RegisterPaper(
        PaperKind.LETTER,
        number,
        language,
        ticket.subject or ticket.number,
        ticket_id=ticket.id,
        member_id=ticket.member_id,
    )
    kept = paper_register.keep(session, wanted, content, context).value
    return session.get_one(Paper, kept.id)


def _text(paper: Paper, language: str, text: LetterWords, contact: str) -> LetterText:
    parts = {part: getattr(text, part) for part in _PARTS}
    return LetterText(store_id=paper.store_id, paper_id=paper.id, language=language, contact=contact, **parts)


def send(session: Session, request: SendLetter, context: Context) -> Outcome[TicketState]:
    """Note that the newest version went out: how, when, by whom; may also note the decision as told.

    Raises:
        NotAllowedError: the person neither serves nor decides.
        NotFoundError: no such letter.
        LetterReplacedError: a newer version is out.
        InvalidFieldError: a day in the future.
        IllegalMoveError: the decision was told already, or the complaint is not at that point.
    """
    if not context.may(Right.JUDGE):
        context.require(Right.SERVE)
    paper = _load(session, request.paper_id)
    newest = session.scalar(select(func.max(Paper.version)).where(Paper.number == paper.number)) or paper.version
    if paper.version != newest:
        raise LetterReplacedError(paper.number, paper.version, newest)
    moment = _moment(request.sent_on, context)
    ticket = session.get_one(Ticket, paper.ticket_id)
    paper_register.note_sent(session, paper.id, request.channel, context)
    paper.sent_at = moment
    note_event(session, ticket, TicketAct.LETTER_SENT, context, f"{paper.number} v{paper.version}")
    changed = _CHANGED
    if request.tell:
        words = {language: text for language, (text, _contact) in texts_of(session, paper.id).items()}
        told = words.get(context.language) or next(iter(words.values()), None)
        remedy = told.remedy if told is not None else paper.number
        session.flush()
        changed |= complaints.tell(session, Tell(ticket.id, ticket.version, request.channel, remedy), context).changed
    detail: audit.Detail = {"number": paper.number, "version": paper.version, "channel": request.channel}
    audit.record(session, context, "letter.send", (EntityKind.TICKET, ticket.id), detail)
    return Outcome(ticket.state, changed)


def _moment(sent_on: date | None, context: Context) -> datetime:
    if sent_on is None or sent_on == context.today():
        return context.now()
    if sent_on > context.today():
        raise InvalidFieldError("sent_on", "in_the_future", sent_on.isoformat())
    return start_of_day(sent_on, context.store.zone) + _NOON


def _load(session: Session, paper_id: int) -> Paper:
    paper = session.get(Paper, paper_id)
    if paper is None or paper.kind is not PaperKind.LETTER or paper.ticket_id is None:
        raise NotFoundError(EntityKind.LETTER, str(paper_id))
    return paper
