"""One save of the intake form: person, ticket, return lines, loan and photos, all of them or nothing."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import Phone
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, ReturnReason
from crmdesk.core.topics import Topic
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.ticket import Ticket
from crmdesk.services import loans, members, photos, return_lines
from crmdesk.services.loans import LendLoaner, LoanMade
from crmdesk.services.members import MemberFacts
from crmdesk.services.photos import AddPhoto
from crmdesk.services.return_lines import AddLine
from crmdesk.services.ticket_intake import TakeIn, TicketMade, take_in
from crmdesk.services.ticket_steps import note_event


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is not on file yet; ``share_phone`` was agreed when another member has the phone."""

    name: str
    phone: Phone | None = None
    gender: Gender | None = None
    walk_in: bool = False
    share_phone: bool = False


@dataclass(frozen=True, slots=True)
class LoanChoice:
    """The loaner that goes along; the deposit by the store's rule when None."""

    loaner_id: int
    due_on: date
    deposit: Money | None = None


@dataclass(frozen=True, slots=True)
class ReturnPiece:
    """One line of a return: bought here, perhaps at a distance, or without a receipt with the reason."""

    reason: ReturnReason
    quantity: int = 1
    purchase_line_id: int | None = None
    name: str = ""
    price_paid: Money = Money(0)
    no_receipt_reason: str = ""
    distance_sale: bool = False
    arrived_on: date | None = None

    @property
    def without_receipt(self) -> bool:
        """Tell whether nothing shows that it was bought here."""
        return self.purchase_line_id is None


@dataclass(frozen=True, slots=True)
class DeskIntake:
    """Everything one save writes.

    Attributes:
        ticket: what is taken in; its member counts only when ``person`` is None.
        person: somebody who is not on file yet.
        loan: the loaner that goes along.
        pieces: lines of a return.
        pictures: photos of the goods.
        captions: what is said about each of them, in their order; may be shorter.
        approved_by_id: who approved pieces without a receipt with her PIN, where the person at the desk may not.
        no_loan_words: why none is lent, where the reason of the ticket is "other".
    """

    ticket: TakeIn
    person: NewPerson | None = None
    loan: LoanChoice | None = None
    pieces: tuple[ReturnPiece, ...] = ()
    pictures: tuple[Picture, ...] = ()
    no_loan_words: str = ""
    captions: tuple[str, ...] = ()
    approved_by_id: int | None = None

    def needs_approval(self, context: Context) -> bool:
        """Tell whether somebody else has to approve pieces without a receipt."""
        without = any(piece.without_receipt for piece in self.pieces)
        return without and self.approved_by_id is None and not context.may(Right.OVERRIDE)


@dataclass(frozen=True, slots=True)
class IntakeMade:
    """What was written; ``goods_here`` when there are goods that want a place."""

    ticket: TicketMade
    member_id: int
    loan: LoanMade | None = None
    goods_here: bool = False


def save(
    session: Session, request: DeskIntake, context: Context, *, photo_store: PhotoStore | None = None
) -> Outcome[IntakeMade]:
    """Write the whole form in the transaction of ``session``; any refusal leaves nothing behind.

    Raises:
        NotAllowedError: the person does not work at the desk.
        SharedPhoneError: the new person's phone belongs to somebody and sharing was not agreed.
        InvalidFieldError: a field cannot be taken.
        LoanerTakenError: the loaner was lent or reserved meanwhile.
        AlreadyReturnedError: more pieces than were bought.
    """
    context.require(Right.SERVE)
    member_id = _member(session, request, context)
    made = take_in(session, replace(request.ticket, member_id=member_id), context)
    changed = made.changed
    for piece in request.pieces:
        changed |= return_lines.add_line(session, _line(session, made.value.id, piece, request), context).changed
    loan = _lend(session, request, made.value.id, member_id, context)
    if loan is not None:
        changed |= loan.changed
    if photo_store is not None:
        for place, picture in enumerate(request.pictures):
            caption = request.captions[place] if place < len(request.captions) else ""
            added = AddPhoto(made.value.id, picture, caption=caption)
            photos.add_to_ticket(session, added, context, store=photo_store)
    if request.person is not None:
        changed |= {Topic.MEMBERS}
    return Outcome(_made(session, made.value, member_id, loan.value if loan else None), changed)


def _member(session: Session, request: DeskIntake, context: Context) -> int:
    if request.person is None:
        return members.load(session, request.ticket.member_id).id
    new = request.person
    facts = MemberFacts(
        name=new.name,
        phones=(new.phone,) if new.phone else (),
        gender=new.gender,
        walk_in=new.walk_in,
        share_phones=new.share_phone,
    )
    return members.register(session, facts, context).value.id


def _line(session: Session, ticket_id: int, piece: ReturnPiece, request: DeskIntake) -> AddLine:
    session.flush()
    return AddLine(
        ticket_id=ticket_id,
        seen_version=session.get_one(Ticket, ticket_id).version,
        reason=piece.reason,
        purchase_line_id=piece.purchase_line_id,
        name=piece.name,
        quantity=piece.quantity,
        price_paid=piece.price_paid,
        no_receipt_reason=piece.no_receipt_reason,
        approved_by_id=request.approved_by_id,
        distance_sale=piece.distance_sale,
        arrived_on=piece.arrived_on,
    )


def _lend(
    session: Session, request: DeskIntake, ticket_id: int, member_id: int, context: Context
) -> Outcome[LoanMade] | None:
    choice = request.loan
    if choice is None:
        if request.ticket.no_loan_reason is not None:
            ticket = session.get_one(Ticket, ticket_id)
            why = clean_line(request.no_loan_words) or request.ticket.no_loan_reason.value
            note_event(session, ticket, TicketAct.LOAN_REFUSED, context, why)
        return None
    wanted = LendLoaner(choice.loaner_id, ticket_id, member_id, due_on=choice.due_on, deposit=choice.deposit)
    return loans.lend(session, wanted, context)


def _made(session: Session, ticket: TicketMade, member_id: int, loan: LoanMade | None) -> IntakeMade:
    session.flush()
    made = session.get_one(Ticket, ticket.id)
    here = made.goods_place is GoodsPlace.COUNTER
    return IntakeMade(replace(ticket, version=made.version), member_id, loan, goods_here=here)
