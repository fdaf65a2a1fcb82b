"""A store in which everything has happened, and what of its customers nobody sees who did not ask for it."""

from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason
from crmdesk.core.members import MemberKind
from crmdesk.core.money import Money
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import Payer
from crmdesk.models.address import MemberAddress
from crmdesk.models.callback import Contact
from crmdesk.models.hand_over import Posting
from crmdesk.models.judgement import Approval
from crmdesk.models.member import Member, MemberPhone, MemberPrivate
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.services.paper_register import RegisterPaper, give_out
from tests.builders import batches, calls
from tests.builders.cases import add_complaint, add_return
from tests.builders.loaner_shop import busy_shop
from tests.builders.repairs import approved, ready, taken_in
from tests.builders.shop import STORE_ID, Shop, staff_id

SPOKEN = "13977778888"  # a number that somebody wrote into a note
_NOTE = f"也可以打她先生 139 7777-8888 或 {SPOKEN}"
_STORE_PHONE = "057188886666"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Numbers as digits, other things as they are written; ``things`` are what has a page of its own."""

    numbers: frozenset[str]
    words: frozenset[str]
    things: dict[EntityKind, int]

    def but(self, asked: set[str]) -> "Secrets":
        """Give the rest, when some numbers were asked for."""
        return replace(self, numbers=self.numbers - asked)

    def shown_in(self, text: str) -> list[str]:
        """Give what of it stands in a text, however its digits are grouped."""
        digits = "".join(one for one in text if one not in " -\u2009\u00a0\u202f")
        found = [one for one in self.numbers if one in digits]
        return found + [one for one in self.words if one in text]


def lived_in(shop: Shop) -> Secrets:
    """Let something stand in every list, everywhere with phones, addresses and notes that hold a number."""
    busy_shop(shop)
    ready(shop)
    approved(shop)
    add_complaint(shop)
    batch = batches.sent(shop)
    ticket = taken_in(shop)
    calls.call_for(shop, calls.add_customer(shop, "欧阳锦程", "13700001111"), CallbackReason.CADENCE)
    with shop.reading() as session:
        found = session.get_one(Ticket, ticket)
        member, item = found.member_id, found.item_id
    returned = add_return(shop, member)
    paper = RegisterPaper(PaperKind.LETTER, "L-1", "zh_CN", "信", member_id=member)
    shop.do(give_out, paper, GivenOut(b"%PDF-1", printer="HP"), shop.context(Role.CLERK))
    with shop.database.transaction() as session:
        words = _fill(session, member)
    with shop.reading() as session:
        numbers = {one.lstrip("+") for one in session.scalars(select(MemberPhone.digits))} | {SPOKEN}
    assert item is not None
    things = {
        EntityKind.MEMBER: member,
        EntityKind.ITEM: item,
        EntityKind.BATCH: batch,
        EntityKind.TICKET: returned,
    }
    return Secrets(frozenset(numbers - {_STORE_PHONE}), frozenset(words), things)


def _fill(session: Session, member_id: int) -> set[str]:
    words: set[str] = set()
    for place, one in enumerate(session.scalars(select(Member).order_by(Member.id))):
        one.email, one.address = f"mail{place}@geheim.example", f"杭州市滨江区江南大道{place}88号隐园{place}幢"
        one.notes = _NOTE
        one.guide_id = None  # so a guide has no members of her own, and sees no number at all
        one.kind = MemberKind.INTERMEDIATE if place == 0 else one.kind
        line = f"浙江省绍兴市越城区鲁迅路{place}77号"
        session.add(MemberAddress(store_id=STORE_ID, member_id=one.id, recipient="收件", line=line))
        session.add(MemberPrivate(store_id=STORE_ID, member_id=one.id, family=f"私事{place}号", notes=f"私话{place}号"))
        words |= {one.email, one.address, line, f"私事{place}号", f"私话{place}号"}
    session.execute(update(Ticket).values(private_notes=_NOTE, customer_words=_NOTE))
    session.execute(update(TicketEvent).values(note=_NOTE))
    session.execute(update(Contact).values(note=_NOTE))
    session.execute(update(Approval).values(phone=SPOKEN, words=_NOTE))
    ticket = session.scalars(select(Ticket).where(Ticket.member_id == member_id).order_by(Ticket.id)).first()
    if ticket is not None:
        street = "上海市静安区南京西路9988号"
        session.add(
            Posting(
                store_id=STORE_ID,
                ticket_id=ticket.id,
                courier="顺丰",
                tracking="SF1",
                recipient="周",
                phone=SPOKEN,
                address=street,
                fee=Money(0),
                payer=Payer.CUSTOMER,
                sent_at=ticket.received_at,
                staff_id=staff_id(Role.CLERK),
            )
        )
        words.add(street)
    return words
