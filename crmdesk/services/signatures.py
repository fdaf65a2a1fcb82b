"""Signatures made on screen: what was written, by whom, for what."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import NotSignedError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.strokes import from_text, is_signature, to_text
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.hand_over import Signature
from crmdesk.services.ticket_steps import TICKETS, load, note_event

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Sign:
    """Somebody signed; ``strokes`` as `core.strokes.to_text` gives them, for a ticket or a loan."""

    purpose: SignPurpose
    person: str
    strokes: str
    ticket_id: int | None = None
    loan_id: int | None = None


def sign(session: Session, request: Sign, context: Context) -> Outcome[int]:
    """Keep a signature that was given apart from another step; gives its key.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: nobody's name, or no strokes of a pen.
        NotSignedError: too little ink to be a signature.
    """
    context.require(Right.SERVE)
    return Outcome(add_signature(session, request, context).id, TICKETS)


def add_signature(session: Session, request: Sign, context: Context) -> Signature:
    """Keep a signature inside another step, such as a hand-over or the customer's answer.

    Raises:
        InvalidFieldError: nobody's name, or no strokes of a pen.
        NotSignedError: too little ink to be a signature.
    """
    person = clean_line(request.person)[:_NAME_LENGTH]
    if not person:
        raise InvalidFieldError("person", "empty")
    strokes = from_text(request.strokes)
    if not is_signature(strokes):
        raise NotSignedError
    made = Signature(
        store_id=context.store.id,
        ticket_id=request.ticket_id,
        loan_id=request.loan_id,
        purpose=request.purpose,
        person=person,
        strokes=to_text(strokes),
        at=context.now(),
        staff_id=context.actor.staff_id,
    )
    session.add(made)
    session.flush()
    if request.ticket_id is not None:
        note_event(session, load(session, request.ticket_id), TicketAct.SIGNED, context, person)
    return made
