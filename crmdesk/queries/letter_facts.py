"""Facts of complaint letters: the first draft from the case, the words of the last version, what is printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.case_errors import NotAComplaintError, NotDecidedError
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.labels import label_in
from crmdesk.core.letter_words import LANGUAGES, LetterSource, draft
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.numbers import running_number
from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.paper_facts.letter import LetterFacts, LetterWords
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import Compensation, TicketKind, TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintRemedy
from crmdesk.models.member import Member
from crmdesk.models.paper import LetterText, Paper
from crmdesk.models.store import Counter
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_papers import PaperSources

SERIES = "F"
BEFORE_DECISION = frozenset(
    {
        TicketState.RECEIVED,
        TicketState.ACKNOWLEDGED,
        TicketState.ASSESSED,
        TicketState.INVESTIGATING,
        TicketState.PROPOSED,
        TicketState.PROPOSAL_APPROVED,
        TicketState.REOPENED,
        TicketState.ESCALATED,
        TicketState.CANCELLED,
    }
)
_FORM = {Gender.FEMALE: ("女士", "Ms"), Gender.MALE: ("先生", "Mr")}


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What the composer begins with; ``facts`` carry the words of all languages and the number to come."""

    ticket_id: int
    ticket_version: int
    language: str
    facts: LetterFacts
    replaces: int
    decided: bool
    told: bool


@dataclass(frozen=True, slots=True)
class LetterBody:
    """What the composer changes: the words by language, and whom the customer may ask."""

    words: Mapping[str, LetterWords]
    contact: str


def compose(session: Session, ticket_id: int, context: Context) -> LetterDraft:
    """Give the draft of a complaint's next letter: the last version's words, or sentences made from the case.

    Raises:
        NotAComplaintError: another kind of ticket.
        NotDecidedError: nothing is decided, so there is nothing to write.
    """
    ticket = decided_complaint(session, ticket_id)
    latest = latest_letter(session, ticket_id)
    source = _source(session, ticket, context)
    words = {language: draft(source, language) for language in LANGUAGES}
    number, version = next_number(session, context), 1
    contact, language = _contact(session, ticket_id, context), context.language
    if latest is not None:
        number, version, language = latest.number, latest.version + 1, latest.language
        kept = texts_of(session, latest.id)
        words |= {known: text for known, (text, _contact) in kept.items()}
        contact = next((said for _text, said in kept.values() if said), contact)
    facts = letter_facts(session, ticket, (number, version), LetterBody(words, contact), context)
    told = ticket.state is not TicketState.DECIDED
    return LetterDraft(ticket_id, ticket.version, language, facts, version - 1, decided=True, told=told)


def decided_complaint(session: Session, ticket_id: int) -> Ticket:
    """Give the ticket of a complaint that is decided.

    Raises:
        NotAComplaintError: another kind of ticket.
        NotDecidedError: nothing is decided.
    """
    ticket = session.get_one(Ticket, ticket_id)
    if ticket.kind is not TicketKind.COMPLAINT:
        raise NotAComplaintError(ticket.number)
    if ticket.state in BEFORE_DECISION:
        raise NotDecidedError(ticket.number)
    return ticket


def next_number(session: Session, context: Context) -> str:
    """Give the number that the next letter will get if nobody issues one before."""
    given = session.scalar(select(Counter.value).where(Counter.store_id == context.store.id, Counter.series == SERIES))
    return running_number(SERIES, context.store.code, (given or 0) + 1)


def latest_letter(session: Session, ticket_id: int) -> Paper | None:
    """Give the newest version of a complaint's letter."""
    return session.scalars(
        select(Paper)
        .where(Paper.ticket_id == ticket_id, Paper.kind == PaperKind.LETTER)
        .order_by(Paper.version.desc())
        .limit(1)
    ).one_or_none()


def texts_of(session: Session, paper_id: int) -> dict[str, tuple[LetterWords, str]]:
    """Give the words and the contact of an issued letter by language."""
    found = session.scalars(select(LetterText).where(LetterText.paper_id == paper_id))
    return {
        text.language: (
            LetterWords(text.salutation, text.facts, text.finding, text.remedy, text.promise, text.closing),
            text.contact,
        )
        for text in found
    }


def letter_facts(
    session: Session, ticket: Ticket, identity: tuple[str, int], body: LetterBody, context: Context
) -> LetterFacts:
    """Give what the letter is printed from; ``identity`` is number and version."""
    sources = PaperSources(session, ticket.id, context, context.language)
    member = session.get_one(Member, ticket.member_id)
    zone = context.store.zone
    return LetterFacts(
        number=identity[0],
        version=identity[1],
        store=sources.store(),
        recipient=_recipient(member, context.language),
        dated=context.today(),
        complaint_number=ticket.number,
        complaint_on=day_in_zone(ticket.received_at, zone),
        words=dict(body.words),
        signed_by=context.actor.name,
        signed_role=label_in(context.language, context.actor.role),
        contact=body.contact,
        printed=PrintFacts(local_time(context.now(), zone), context.actor.name),
        address=tuple(line.strip() for line in member.address.splitlines() if line.strip()),
    )


def _recipient(member: Member, language: str) -> str:
    form = _FORM.get(member.gender) if member.gender is not None else None
    if form is None:
        return member.name
    return f"{member.name} {form[0]}" if language == LANGUAGES[0] else f"{form[1]} {member.name}"


def _contact(session: Session, ticket_id: int, context: Context) -> str:
    store = PaperSources(session, ticket_id, context, context.language).store()
    return " ".join(part for part in (context.actor.name, store.phone) if part)


def _source(session: Session, ticket: Ticket, context: Context) -> LetterSource:
    case = session.execute(select(Complaint).where(Complaint.ticket_id == ticket.id)).scalar_one()
    member = session.get_one(Member, ticket.member_id)
    return LetterSource(
        name=member.name,
        gender=member.gender,
        received_on=day_in_zone(ticket.received_at, context.store.zone),
        subject=ticket.subject,
        customer_words=ticket.customer_words,
        wanted=case.wanted,
        root_cause=case.root_cause,
        findings=case.findings,
        compensation=case.compensation,
        amount=case.compensation_amount,
        decision=case.decision,
        corrective_action=case.corrective_action,
        corrective_due=case.corrective_due,
        carried_out=_carried_out(session, case),
    )


def _carried_out(session: Session, case: Complaint) -> tuple[tuple[Compensation, Money, int], ...]:
    """Give the remedies of the present round that somebody carried out."""
    done = select(ComplaintRemedy.compensation, ComplaintRemedy.amount, ComplaintRemedy.points).where(
        ComplaintRemedy.ticket_id == case.ticket_id,
        ComplaintRemedy.round == case.round,
        ComplaintRemedy.done_at.is_not(None),
    )
    return tuple((one, amount, points) for one, amount, points in session.execute(done.order_by(ComplaintRemedy.id)))
