"""The facts of the papers around a loan: agreement, return note, receipts of deposit and fees (P3)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.labels import label_in
from crmdesk.core.loaners import DepositMove
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import (
    AmountLine,
    ConditionFacts,
    CustomerFacts,
    ItemFacts,
    MarkFacts,
    PrintFacts,
    StoreFacts,
)
from crmdesk.core.paper_facts.condition import ConditionReportFacts
from crmdesk.core.paper_facts.loan import (
    DepositReceiptFacts,
    FeeReceiptFacts,
    LoanAgreementFacts,
    LoanerFacts,
    LoanReturnFacts,
)
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_store import PAPER_ADDRESS, PAPER_HOURS, PAPER_PHONE
from crmdesk.core.tickets import SHAPE_OF, Gate
from crmdesk.models.item import Item
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries import conditions, signatures
from crmdesk.queries.condition_papers import gate_facts
from crmdesk.queries.loan_fees import fees_of_loan
from crmdesk.queries.loans import DepositRow, LoanMark, deposit_rows, marks
from crmdesk.queries.settings import store_settings

_LATE_FEE = mark("Late fee")
_DAMAGE_FEE = mark("Damage fee")
_SET_OFF = mark("Set off against the bill")
_DEPOSIT_FOR = mark("Deposit for {loaner}")
_FEES_FOR = mark("Fees for {loaner}")
_PAID_BEFORE = mark("Paid before")
_PAID_NOW = mark("Paid now")
_LOOKS = mark("Looks {looks}/10")


class _Sources:
    """What all papers of one loan are made from."""

    def __init__(self, session: Session, loan_id: int, context: Context, language: str) -> None:
        loan = session.get(Loan, loan_id)
        if loan is None:
            raise NotFoundError(EntityKind.LOAN, str(loan_id))
        self.session = session
        self.loan = loan
        self.loaner = session.get_one(Loaner, loan.loaner_id)
        self.ticket = session.get(Ticket, loan.ticket_id) if loan.ticket_id else None
        self.context = context
        self.language = language

    def moment(self, moment: datetime | None) -> datetime:
        """Give a moment in the store's zone, the present one for none."""
        return local_time(moment or self.context.now(), self.context.store.zone)

    def store(self) -> StoreFacts:
        """Give the heading; what the settings leave open comes from the store itself."""
        store = self.session.get_one(Store, self.loan.store_id)
        values = store_settings(self.session, store.id)
        return StoreFacts(
            name=store.name,
            code=store.code,
            address=values.get(PAPER_ADDRESS) or store.address,
            phone=values.get(PAPER_PHONE) or store.phone,
            hours=values.get(PAPER_HOURS),
        )

    def customer(self) -> CustomerFacts:
        """Give the borrower; the phone masked."""
        member = self.session.get_one(Member, self.loan.member_id)
        digits = self.session.scalar(
            select(MemberPhone.digits).where(MemberPhone.member_id == member.id).order_by(MemberPhone.ordinal).limit(1)
        )
        return CustomerFacts(
            name=member.name,
            phone=mask(digits) if digits else "",
            member_number=member.number,
            level=label_in(self.language, member.tier),
        )

    def item(self) -> LoanerFacts:
        """Give what is lent."""
        one = self.loaner
        return LoanerFacts(
            code=one.code,
            words="  ".join(part for part in (one.name, one.brand, one.colour, one.size) if part),
            value=one.value,
            serial=one.serial,
            accessories=tuple(part for part in one.accessories.replace(",", "、").split("、") if part.strip()),
        )

    def condition(self, gate: Gate, note: str, drawn: Sequence[LoanMark]) -> ConditionFacts:
        """Give the drawing of one gate."""
        found = tuple(
            MarkFacts(one.ordinal, one.x, one.y, one.note or fault_name(one.code, self.language))
            for one in drawn
            if one.gate is gate
        )
        return ConditionFacts(SHAPE_OF[self.loaner.category], found, note)

    def person(self, staff_id: int | None) -> str:
        """Give a staff member's name."""
        return (self.session.scalar(select(Staff.name).where(Staff.id == staff_id)) or "") if staff_id else ""

    def printed(self) -> PrintFacts:
        """Give who prints now."""
        return PrintFacts(self.moment(None), self.context.actor.name)

    def say(self, message: str) -> str:
        """Give ``message`` in the paper's language."""
        return gettext_in(self.language, message)


def agreement(session: Session, loan_id: int, context: Context, language: str) -> LoanAgreementFacts:
    """Give the facts of the agreement, with the terms as they were agreed.

    Raises:
        NotFoundError: no such loan.
    """
    sources = _Sources(session, loan_id, context, language)
    loan = sources.loan
    looks = sources.say(_LOOKS).format(looks=loan.looks_out)
    note = "  ".join(part for part in (looks, loan.condition_out) if part)
    return LoanAgreementFacts(
        number=loan.number,
        store=sources.store(),
        customer=sources.customer(),
        loaner=sources.item(),
        lent_at=sources.moment(loan.out_at),
        lent_by=sources.person(loan.lent_by_id),
        due_on=loan.due_on,
        deposit=loan.deposit,
        printed=sources.printed(),
        ticket_number=sources.ticket.number if sources.ticket else "",
        ticket_item_words=_item_words(session, sources.ticket),
        late_fee_per_day=loan.late_fee_per_day or None,
        condition=sources.condition(Gate.LOAN_OUT, note, marks(session, loan.id)),
        terms=tuple(line.strip() for line in loan.terms.splitlines() if line.strip()),
        signature=signatures.of_loan(session, loan.id, SignPurpose.LOAN_OUT, context),
    )


def return_note(session: Session, loan_id: int, context: Context, language: str) -> LoanReturnFacts:
    """Give the facts of the return note: both conditions and the settlement.

    Raises:
        NotFoundError: no such loan.
    """
    sources = _Sources(session, loan_id, context, language)
    loan = sources.loan
    drawn = marks(session, loan.id)
    grade = label_in(language, loan.grade) if loan.grade else ""
    return LoanReturnFacts(
        number=loan.number,
        store=sources.store(),
        customer=sources.customer(),
        loaner=sources.item(),
        lent_at=sources.moment(loan.out_at),
        due_on=loan.due_on,
        returned_at=sources.moment(loan.back_at),
        taken_by=sources.person(loan.taken_back_by_id),
        deposit=loan.deposit,
        printed=sources.printed(),
        charges=_charges(sources, deposit_rows(session, loan.id)),
        condition_words="  ".join(part for part in (grade, loan.condition_back) if part),
        before=sources.condition(Gate.LOAN_OUT, loan.condition_out, drawn),
        after=sources.condition(Gate.LOAN_BACK, "", drawn),
        signature=signatures.of_loan(session, loan.id, SignPurpose.LOAN_BACK, context),
        ticket_number=sources.ticket.number if sources.ticket else "",
    )


def deposit_receipt(session: Session, loan_id: int, context: Context, language: str) -> DepositReceiptFacts | None:
    """Give the facts of the receipt for the deposit; None when none was taken.

    Raises:
        NotFoundError: no such loan.
    """
    sources = _Sources(session, loan_id, context, language)
    loan = sources.loan
    taken = next((one for one in deposit_rows(session, loan.id) if one.move is DepositMove.TAKEN), None)
    if taken is None:
        return None
    loaner = f"{sources.loaner.code}  {sources.loaner.name}"
    return DepositReceiptFacts(
        number=taken.receipt,
        store=sources.store(),
        customer=sources.customer(),
        amount=taken.amount,
        purpose=sources.say(_DEPOSIT_FOR).format(loaner=loaner),
        taken_at=sources.moment(taken.at),
        taken_by=taken.person,
        paid_by=taken.note,
        printed=sources.printed(),
        loan_number=loan.number,
        ticket_number=sources.ticket.number if sources.ticket else "",
    )


def condition_report(session: Session, loan_id: int, context: Context, language: str) -> ConditionReportFacts:
    """Give how the loaner went out and came back, side by side.

    Raises:
        NotFoundError: no such loan.
    """
    sources = _Sources(session, loan_id, context, language)
    lent = sources.item()
    return ConditionReportFacts(
        number=sources.loan.number,
        store=sources.store(),
        customer=sources.customer(),
        item=ItemFacts(f"{lent.code}  {lent.words}", serial=lent.serial),
        gates=gate_facts(session, conditions.of_loan(session, loan_id), context, language),
        printed=sources.printed(),
        accessories=lent.accessories,
        ticket_number=sources.ticket.number if sources.ticket else "",
    )


def fee_receipt(session: Session, payment_id: int, context: Context, language: str) -> FeeReceiptFacts:
    """Give the facts of the receipt for a payment on a loan's fees, as they were after it.

    Raises:
        NotFoundError: no such payment on a loan.
    """
    payment = session.get(Payment, payment_id)
    if payment is None or payment.loan_id is None:
        raise NotFoundError(EntityKind.LOAN, str(payment_id))
    sources = _Sources(session, payment.loan_id, context, language)
    known = fees_of_loan(session, payment.loan_id)
    asked = [one for one in known.fees if one.waived_at is None]
    paid_before = Money.total(one.amount for one in known.payments if one.id < payment.id)
    owed = Money.total(one.amount for one in asked)
    lines = [AmountLine(label_in(language, one.kind), one.amount) for one in asked]
    if paid_before:
        lines.append(AmountLine(sources.say(_PAID_BEFORE), -paid_before))
    lines.append(AmountLine(sources.say(_PAID_NOW), -payment.amount))
    loaner = f"{sources.loaner.code}  {sources.loaner.name}"
    return FeeReceiptFacts(
        number=payment.receipt,
        store=sources.store(),
        customer=sources.customer(),
        amount=payment.amount,
        purpose=sources.say(_FEES_FOR).format(loaner=loaner),
        paid_at=sources.moment(payment.at),
        taken_by=sources.person(payment.staff_id),
        paid_by=payment.method,
        printed=sources.printed(),
        fees=tuple(lines),
        open_after=owed - paid_before - payment.amount,
        loan_number=sources.loan.number,
        ticket_number=sources.ticket.number if sources.ticket else "",
    )


def _charges(sources: _Sources, entries: Sequence[DepositRow]) -> tuple[AmountLine, ...]:
    loan = sources.loan
    set_off = Money.total(one.amount for one in entries if one.move is DepositMove.SET_OFF)
    lines = ((_LATE_FEE, loan.late_fee), (_DAMAGE_FEE, loan.damage_fee), (_SET_OFF, set_off))
    return tuple(AmountLine(sources.say(words), amount) for words, amount in lines if amount)


def _item_words(session: Session, ticket: Ticket | None) -> str:
    item = session.get(Item, ticket.item_id) if ticket is not None and ticket.item_id else None
    return item.name if item else (ticket.subject if ticket else "")
