"""The facts of a ticket's papers: service slip, bag tag, quote, pick-up note; private notes are in none of them."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.clocks import opening_rule
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import NoQuoteError
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.labels import label_in
from crmdesk.core.loaners import LoanState
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import (
    AmountLine,
    ConditionFacts,
    CustomerFacts,
    ItemFacts,
    MarkFacts,
    NoticeFacts,
    PrintFacts,
    StoreFacts,
)
from crmdesk.core.paper_facts.service_slip import BroughtBackFacts, ServiceSlipFacts
from crmdesk.core.paper_facts.tag import TagFacts
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts, QuoteFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.phone import mask
from crmdesk.core.settings_service import PART_GUARANTEE_DAYS
from crmdesk.core.settings_store import (
    PAPER_ADDRESS,
    PAPER_HOURS,
    PAPER_PHONE,
    SLIP_TERMS_CHINESE,
    SLIP_TERMS_ENGLISH,
)
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import SHAPE_OF, Gate, Priority, TicketKind
from crmdesk.models.complaint import Complaint
from crmdesk.models.item import Item
from crmdesk.models.judgement import Quote
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries import signatures
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.item_values import told_of
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_detail import detail

_CHINESE = "zh_CN"
_TAIL = 4
_LENT = mark("Lent meanwhile: {loaner}, back by {day}")
_LOANER_BACK = mark("{loaner} is back")
_LOANER_KEPT = mark("{loaner} stays out until {day}")
_GUARANTEE = mark("The repaired part is guaranteed for {days} days from collection.")
_GUARANTEE_SOURCE = mark("Zhejiang consumer regulation, art. 15")
_PARTS, _LABOUR, _FEE = mark("Parts"), mark("Labour"), mark("Other fees")


class PaperSources:
    """What all papers of one ticket are made from."""

    def __init__(self, session: Session, ticket_id: int, context: Context, language: str) -> None:
        """Read the ticket; the paper speaks ``language``."""
        self.session = session
        self.context = context
        self.language = language
        self.ticket = detail(session, ticket_id, context)
        self.settings = store_settings(session, context.store.id)

    def say(self, message: str) -> str:
        """Give a message in the paper's language."""
        return gettext_in(self.language, message)

    def moment(self, moment: datetime | None) -> datetime:
        """Give a moment, or the present one, in the store's zone."""
        return local_time(moment or self.context.now(), self.context.store.zone)

    def day(self, day: date) -> str:
        """Give a day as a line of text writes it."""
        return f"{day.month}月{day.day}日" if self.language == _CHINESE else f"{day.day} {day:%b}"

    def store(self) -> StoreFacts:
        """Give the store that received the ticket."""
        store = self.session.scalars(
            select(Store).join(Ticket, Ticket.store_id == Store.id).where(Ticket.id == self.ticket.id)
        ).one()
        return StoreFacts(
            name=store.name,
            code=store.code,
            address=self.settings.get(PAPER_ADDRESS) or store.address,
            phone=self.settings.get(PAPER_PHONE) or store.phone,
            hours=self.settings.get(PAPER_HOURS),
        )

    def digits(self) -> str:
        """Give the digits of the customer's first phone."""
        return (
            self.session.scalar(
                select(MemberPhone.digits)
                .where(MemberPhone.member_id == self.ticket.member_id)
                .order_by(MemberPhone.ordinal)
                .limit(1)
            )
            or ""
        )

    def customer(self) -> CustomerFacts:
        """Give the customer; the phone is masked."""
        digits = self.digits()
        return CustomerFacts(
            name=self.ticket.member_name,
            phone=mask(digits) if digits else "",
            member_number=self.session.scalar(select(Member.number).where(Member.id == self.ticket.member_id)) or "",
            level=label_in(self.language, self.ticket.member_tier),
        )

    def item(self) -> ItemFacts:
        """Give the goods."""
        ticket = self.ticket
        model = self.session.scalar(select(Item.model).where(Item.id == ticket.item_id)) if ticket.item_id else ""
        return ItemFacts(
            words=ticket.item or ticket.subject,
            brand=ticket.brand,
            model=model or "",
            colour=ticket.colour,
            size=ticket.size,
            serial=ticket.serial,
            purchased_on=ticket.purchased_on,
            price=ticket.price,
            details=self._details(),
        )

    def _details(self) -> tuple[tuple[str, str], ...]:
        ticket = self.ticket
        if ticket.item_id is None or ticket.category is None:
            return ()
        return told_of(self.session, ticket.item_id, ticket.category, self.context.store.id, self.language)

    def condition(self, gate: Gate) -> ConditionFacts | None:
        """Give the drawing of one gate; None without goods."""
        if self.ticket.category is None:
            return None
        marks = tuple(
            MarkFacts(one.ordinal, one.x, one.y, one.note or fault_name(one.code, self.language))
            for one in self.ticket.marks
            if one.gate is gate
        )
        return ConditionFacts(SHAPE_OF[self.ticket.category], marks)

    def terms(self) -> tuple[str, ...]:
        """Give the store's terms, one a line."""
        text = self.settings.get(SLIP_TERMS_CHINESE if self.language == _CHINESE else SLIP_TERMS_ENGLISH)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def printed(self, kind: PaperKind) -> PrintFacts:
        """Give who prints now, and how often this paper was printed before."""
        before = self.session.scalar(
            select(func.count()).where(
                TicketEvent.ticket_id == self.ticket.id,
                TicketEvent.act == TicketAct.PRINTED.value,
                TicketEvent.note == kind.value,
            )
        )
        return PrintFacts(self.moment(None), self.context.actor.name, before or 0)

    def guarantee_days(self) -> int:
        """Give the days a repaired part is guaranteed."""
        return self.settings.get(PART_GUARANTEE_DAYS)


def service_slip(session: Session, ticket_id: int, context: Context, language: str) -> ServiceSlipFacts:
    """Give the facts of the slip for goods handed in.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    repair = ticket.kind is TicketKind.REPAIR
    return ServiceSlipFacts(
        number=ticket.number,
        kind=ticket.kind,
        store=sources.store(),
        customer=sources.customer(),
        item=sources.item(),
        received_at=sources.moment(ticket.received_at),
        received_by=ticket.received_by,
        printed=sources.printed(PaperKind.SERVICE_SLIP),
        customer_words=ticket.customer_words,
        faults=tuple(fault_name(code, language) for code in ticket.faults),
        accessories=tuple(one.name for one in ticket.accessories),
        declared_value=ticket.declared_value,
        condition=sources.condition(Gate.INTAKE),
        promised_on=_due_on(sources),
        estimate=ticket.quote.total if repair and ticket.quote else None,
        route_words=label_in(language, ticket.route) if repair else "",
        loan_words=_loan_words(sources),
        shelf=ticket.shelf,
        notices=_notices(sources),
        terms=sources.terms() if repair else (),
        wanted=session.scalar(select(Complaint.wanted).where(Complaint.ticket_id == ticket_id)) or "",
        lines=_brought_back(sources),
        express=ticket.priority is Priority.EXPRESS,
        estimate_only=ticket.estimate_only,
    )


def _due_on(sources: PaperSources) -> date | None:
    """Give the promised day; a complaint or return without one is due when its clock says."""
    ticket = sources.ticket
    if ticket.promised_on is not None or ticket.kind is TicketKind.REPAIR:
        return ticket.promised_on
    rule = opening_rule(clock_book(sources.session, sources.context.store.id), ticket.kind)
    return None if rule is None else sources.moment(ticket.received_at).date() + timedelta(days=rule.days)


def _brought_back(sources: PaperSources) -> tuple[BroughtBackFacts, ...]:
    lines = sources.session.scalars(
        select(ReturnLine).where(ReturnLine.ticket_id == sources.ticket.id).order_by(ReturnLine.ordinal)
    )
    return tuple(
        BroughtBackFacts(
            f"{line.name} × {line.quantity}" if line.quantity > 1 else line.name,
            label_in(sources.language, line.reason),
            line.price_paid,
        )
        for line in lines
    )


def _loan_words(sources: PaperSources) -> str:
    out = next((loan for loan in sources.ticket.loans if loan.state is LoanState.OUT), None)
    if out is None:
        return ""
    loaner = f"{out.loaner_code} {out.loaner_name}"
    return sources.say(_LENT).format(loaner=loaner, day=sources.day(out.due_on))


def _notices(sources: PaperSources) -> tuple[NoticeFacts, ...]:
    if sources.ticket.kind is not TicketKind.REPAIR:
        return ()
    words = sources.say(_GUARANTEE).format(days=sources.guarantee_days())
    return (NoticeFacts(words, sources.say(_GUARANTEE_SOURCE)),)


def bag_tag(session: Session, ticket_id: int, context: Context, language: str) -> TagFacts:
    """Give the facts of the tag that is tied to the goods, one for the item and one for each accessory.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    return TagFacts(
        number=ticket.number,
        store_name=sources.store().name,
        customer_name=ticket.member_name,
        phone_tail=sources.digits()[-_TAIL:],
        item_words=ticket.item or ticket.subject,
        fault_words=gettext_in(language, ", ").join(fault_name(code, language) for code in ticket.faults),
        promised_on=ticket.promised_on,
        shelf=ticket.shelf,
        parts=1 + len(ticket.accessories),
    )


def quote(session: Session, ticket_id: int, context: Context, language: str) -> QuoteFacts:
    """Give the facts of the newest quote.

    Raises:
        NotFoundError: no such ticket.
        NoQuoteError: nothing was quoted.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    newest = session.execute(
        select(Quote.id, Quote.ordinal, Staff.name)
        .join(Staff, Quote.staff_id == Staff.id)
        .where(Quote.ticket_id == ticket_id)
        .order_by(Quote.ordinal.desc())
        .limit(1)
    ).one_or_none()
    if ticket.quote is None or newest is None:
        raise NoQuoteError(ticket.number)
    amounts = ((_PARTS, ticket.quote.parts), (_LABOUR, ticket.quote.labour), (_FEE, ticket.quote.fee))
    lines = [AmountLine(sources.say(words), amount) for words, amount in amounts if amount]
    first = lines[0] if lines else AmountLine(sources.say(_LABOUR), Money(0))
    return QuoteFacts(
        number=quote_number(ticket.number),
        version=newest.ordinal,
        store=sources.store(),
        customer=sources.customer(),
        item=sources.item(),
        lines=(AmountLine(first.words, first.amount, ticket.quote.work), *lines[1:]),
        customer_pays=ticket.quote.total,
        made_at=sources.moment(ticket.quote.made_at),
        made_by=newest.name,
        printed=sources.printed(PaperKind.QUOTE),
        ticket_number=ticket.number,
        finding=_finding(sources),
        work_days=ticket.quote.days,
        valid_until=ticket.quote.valid_until,
        signature=signatures.of_quote(session, newest.id, context),
    )


def quote_number(ticket_number: str) -> str:
    """Give the number of a ticket's quotes: the ticket's own with another letter."""
    return f"Q{ticket_number[1:]}"


def _finding(sources: PaperSources) -> str:
    judged = sources.ticket.judgement
    if judged is None:
        return ""
    return " · ".join(part for part in (label_in(sources.language, judged.liability), judged.cause) if part)


def pickup_note(session: Session, ticket_id: int, context: Context, language: str) -> PickupNoteFacts:
    """Give the facts of the note that goes with the goods; before hand-back with the present moment.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    collected = ticket.handed_back_at or context.now()
    handed_by = next((event.person for event in ticket.events if event.act is TicketAct.COLLECTED), context.actor.name)
    worked = any(event.act is TicketAct.WORK_DONE for event in ticket.events)
    until = day_in_zone(collected, context.store.zone) + timedelta(days=sources.guarantee_days())
    return PickupNoteFacts(
        number=ticket.number,
        store=sources.store(),
        customer=sources.customer(),
        item=sources.item(),
        received_at=sources.moment(ticket.received_at),
        collected_at=sources.moment(collected),
        handed_by=handed_by,
        collector=ticket.collected_by or ticket.member_name,
        printed=sources.printed(PaperKind.PICKUP_NOTE),
        work_done=_work_words(sources, worked=worked),
        accessories=tuple(one.name for one in ticket.accessories),
        paid=ticket.paid or None,
        guarantee_until=until if worked else None,
        loaner_words=_loaner_words(sources),
    )


def _work_words(sources: PaperSources, *, worked: bool) -> str:
    ticket = sources.ticket
    if not worked:
        return ""
    if ticket.quote is not None:
        return ticket.quote.work
    return ticket.judgement.cause if ticket.judgement is not None else ""


def _loaner_words(sources: PaperSources) -> str:
    words = []
    for loan in sources.ticket.loans:
        known = {LoanState.BACK: _LOANER_BACK, LoanState.OUT: _LOANER_KEPT}.get(loan.state)
        if known is not None:
            loaner = f"{loan.loaner_code} {loan.loaner_name}"
            words.append(sources.say(known).format(loaner=loaner, day=sources.day(loan.due_on)))
    return gettext_in(sources.language, ", ").join(words)
