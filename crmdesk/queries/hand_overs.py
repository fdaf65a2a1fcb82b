"""What was handed over of a ticket's goods and what is left; pick-up note, and the letter about what nobody fetches."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import UnknownCodeError
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.i18n import mark
from crmdesk.core.labels import label_in
from crmdesk.core.names import address_form
from crmdesk.core.number_guess import guess_ticket
from crmdesk.core.numbers import parse_ticket_number
from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.paper_facts.goods import ReminderLetterFacts
from crmdesk.core.paper_facts.ticket_papers import EarlierFacts, PickupNoteFacts
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.uncollected import ReminderStage
from crmdesk.models.hand_over import HandOver
from crmdesk.models.member import Member
from crmdesk.models.reminder import Reminder
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket, TicketAccessory
from crmdesk.queries import signatures, ticket_papers
from crmdesk.queries.find_things import store_codes
from crmdesk.queries.reminders import WAITING_STATES
from crmdesk.queries.ticket_papers import PaperSources

_DEAR = mark("Dear {name},")
_LINE = 60


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One hand-over; ``accessories`` are the names of those that went."""

    id: int
    at: datetime
    person: str
    stands_for: str
    seen: str
    item_back: bool
    whole: bool
    note: str
    handed_by: str
    accessories: tuple[str, ...]


def of_ticket(session: Session, ticket_id: int) -> list[HandOverRow]:
    """Give the hand-overs of a ticket, oldest first."""
    statement = (
        select(HandOver, Staff.name)
        .join(Staff, HandOver.staff_id == Staff.id)
        .where(HandOver.ticket_id == ticket_id)
        .order_by(HandOver.id)
    )
    went: dict[int | None, list[str]] = {}
    for key, name in session.execute(
        select(TicketAccessory.hand_over_id, TicketAccessory.name)
        .where(TicketAccessory.ticket_id == ticket_id, TicketAccessory.hand_over_id.is_not(None))
        .order_by(TicketAccessory.ordinal)
    ):
        went.setdefault(key, []).append(name)
    return [
        HandOverRow(
            one.id,
            one.at,
            one.person,
            one.stands_for,
            one.seen,
            one.item_back,
            one.whole,
            one.note,
            staff,
            tuple(went.get(one.id, ())),
        )
        for one, staff in session.execute(statement)
    ]


def pickup_note(session: Session, ticket_id: int, context: Context, language: str) -> PickupNoteFacts:
    """Give the facts of the note for the newest hand-over: what goes, what went before, what is left.

    Raises:
        NotFoundError: no such ticket.
    """
    facts = ticket_papers.pickup_note(session, ticket_id, context, language)
    known = of_ticket(session, ticket_id)
    if not known:
        return facts
    zone, newest = context.store.zone, known[-1]
    item = facts.item.words
    signed = signatures.of_ticket(session, ticket_id, SignPurpose.HAND_BACK, context)
    at = local_time(newest.at, zone)
    return replace(
        facts,
        collected_at=at,
        handed_by=newest.handed_by,
        collector=newest.person,
        accessories=newest.accessories,
        stands_for=newest.stands_for,
        item_back=newest.item_back,
        left=_left(session, ticket_id, item, item_went=any(one.item_back for one in known)),
        earlier=tuple(_earlier(one, item, zone) for one in known[:-1]),
        note=newest.note,
        signature=signed if signed is not None and signed.at == at else None,
        guarantee_until=facts.guarantee_until if newest.item_back or newest.whole else None,
    )


def _left(session: Session, ticket_id: int, item: str, *, item_went: bool) -> tuple[str, ...]:
    stays = (
        select(TicketAccessory.name)
        .where(TicketAccessory.ticket_id == ticket_id, TicketAccessory.handed_back.is_(False))
        .order_by(TicketAccessory.ordinal)
    )
    return (() if item_went else (item,)) + tuple(session.scalars(stays))


def _earlier(one: HandOverRow, item: str, zone: str) -> EarlierFacts:
    things = ((item,) if one.item_back else ()) + one.accessories
    return EarlierFacts(local_time(one.at, zone), one.person, things)


def letter_number(ticket_number: str) -> str:
    """Give the number of a ticket's reminder letter: the ticket's own with another letter."""
    return f"U{ticket_number[1:]}"


def reminder_letter(session: Session, ticket_id: int, context: Context, language: str) -> ReminderLetterFacts:
    """Give the facts of the letter that went out about uncollected goods, in the words that were kept.

    Raises:
        NotFoundError: no such ticket, or no letter went out.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    newest = (
        select(Reminder.at, Reminder.words, Staff.name, Staff.role)
        .join(Staff, Reminder.staff_id == Staff.id)
        .where(Reminder.ticket_id == ticket_id, Reminder.stage == ReminderStage.LETTER)
        .order_by(Reminder.id.desc())
        .limit(1)
    )
    sent = session.execute(newest).one_or_none()
    if sent is None:
        raise NotFoundError(EntityKind.LETTER, ticket.number)
    member = session.get_one(Member, ticket.member_id)
    store = sources.store()
    form = address_form(ticket.member_name, ticket.member_gender, language)
    return ReminderLetterFacts(
        number=letter_number(ticket.number),
        ticket_number=ticket.number,
        store=store,
        recipient=member.name,
        salutation=sources.say(_DEAR).format(name=form),
        dated=day_in_zone(sent.at, context.store.zone),
        item=ticket.item or ticket.subject,
        words=sent.words,
        signed_by=sent.name,
        signed_role=label_in(language, sent.role),
        contact=" ".join(part for part in (sent.name, store.phone) if part),
        printed=PrintFacts(sources.moment(None), context.actor.name),
        address=tuple(line.strip() for line in member.address.splitlines() if line.strip()),
    )


def ticket_by_code(session: Session, code: str, context: Context) -> int:
    """Give the key of the ticket whose slip was scanned; of a typed end of a number, the one that waits.

    Raises:
        UnknownCodeError: no ticket has this number, or several could be meant.
    """
    whole = parse_ticket_number(clean_line(code))
    numbers = (whole,) if whole else guess_ticket(clean_code(code), store_codes(session), *_here(context)).exact
    found = session.execute(select(Ticket.id, Ticket.state).where(Ticket.number.in_(numbers))).all()
    waits: list[int] = [row.id for row in found if row.state in WAITING_STATES]
    keys = waits or [row.id for row in found]
    if len(keys) != 1:
        raise UnknownCodeError(clean_line(code)[:_LINE])
    return keys[0]


def _here(context: Context) -> tuple[str, date]:
    return context.store.code, context.today()
