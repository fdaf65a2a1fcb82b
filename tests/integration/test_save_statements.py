"""How many statements the saves of a counter's day take: one that creeps in is paid for by every customer who waits.

The numbers are what is needed today, `BEGIN` counted. A save that needs more gets a higher number here, by decision.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select

from crmdesk.core.care import CallbackReason, CallOutcome
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ApprovalChannel, ItemCategory, Liability, Payer, Remedy, TicketKind
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket, TicketAccessory
from crmdesk.services import desk_intake, members, pickup, quotes, repair
from crmdesk.services.callbacks import LogCall, log_call
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.desk_intake import DeskIntake, LoanChoice
from crmdesk.services.judgement import Judge, judge
from crmdesk.services.members import EditMember, MemberFacts
from crmdesk.services.pickup import HandBack
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step
from tests.builders.calls import add_customer, call_for, get
from tests.builders.loaners import add_loaner
from tests.builders.shop import Shop
from tests.builders.statements import statements

COST = Money(12_800)
# Three of each change of a ticket keep the days on which its clocks become yellow and red; four when it is new.
MOST = {
    "intake and loaner": 34,
    "intake": 18,
    "judged": 15,
    "quoted": 13,
    "answered": 14,
    "made ready": 11,
    "handed back": 21,
    "call logged": 12,
    "member edited": 8,
}
INTAKE = TakeIn(
    TicketKind.REPAIR,
    0,
    "机场托运后左前轮断裂，无法拖行。",
    item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20 寸", brand="Aurora"),
    faults=("luggage.wheel",),
    accessories=("密码锁", "防尘袋"),
    marks=(MarkFacts(0.2, 0.9, "luggage.wheel"), MarkFacts(0.8, 0.3)),
)


@dataclass
class Counted:
    """Saves at the counter, each with the statements it took."""

    shop: Shop
    took: dict[str, list[str]] = field(default_factory=dict)

    def save(self, name: str, work: Callable[[], object]) -> None:
        with statements(self.shop) as sent:
            work()
        self.took[name] = sent

    def ticket(self, ticket_id: int) -> tuple[int, int]:
        with self.shop.reading() as session:
            return ticket_id, session.get_one(Ticket, ticket_id).version


def test_the_saves_of_the_day_keep_to_their_number_of_statements(shop: Shop) -> None:
    day = Counted(shop)
    clerk, manager = shop.context(), shop.context(Role.MANAGER)
    member = add_customer(shop, "王芳")
    first, lent = (LoanChoice(add_loaner(shop, code).id, clerk.today() + timedelta(days=10)) for code in ("L-1", "L-2"))
    intake = replace(INTAKE, member_id=member)
    shop.do(desk_intake.save, DeskIntake(intake, loan=first), clerk)  # the day's counters begin
    day.save("intake and loaner", lambda: shop.do(desk_intake.save, DeskIntake(intake, loan=lent), clerk))
    day.save("intake", lambda: shop.do(desk_intake.save, DeskIntake(intake), clerk))
    with shop.reading() as session:
        ticket = session.scalars(select(Ticket.id).order_by(Ticket.id.desc())).first() or 0
        parts = frozenset(session.scalars(select(TicketAccessory.id).where(TicketAccessory.ticket_id == ticket)))
    found = Judge(
        *day.ticket(ticket), Liability.CUSTOMER_USE, Remedy.REPAIR_PAID, "磨损", shares={Payer.CUSTOMER: COST}
    )
    day.save("judged", lambda: shop.do(judge, found, manager))
    asked = MakeQuote(*day.ticket(ticket), "换一对万向轮", COST, days=7)
    day.save("quoted", lambda: shop.do(quotes.quote, asked, clerk))
    no = RecordAnswer(*day.ticket(ticket), agreed=False, channel=ApprovalChannel.PHONE, person="王女士", amount=COST)
    day.save("answered", lambda: shop.do(quotes.record_answer, no, clerk))
    lies = Step(*day.ticket(ticket))
    day.save("made ready", lambda: shop.do(repair.make_ready, lies, clerk, shelf="A3"))
    taken = HandBack(*day.ticket(ticket), "王女士", item_back=True, signed=True, accessories=parts)
    day.save("handed back", lambda: shop.do(pickup.hand_back, taken, clerk))
    due = call_for(shop, member, CallbackReason.AFTER_REPAIR)
    talk = LogCall(due, get(shop, due).version, CallOutcome.SATISFIED, "很满意")
    day.save("call logged", lambda: shop.do(log_call, talk, manager))
    with shop.reading() as session:
        version = session.get_one(Member, member).version
    facts = MemberFacts("王芳", (normalise("13805712345"),), notes="喜欢素色", share_phones=True)
    day.save("member edited", lambda: shop.do(members.edit, EditMember(member, version, facts), manager))
    too_many = {name: len(sent) for name, sent in day.took.items() if len(sent) > MOST[name]}
    assert not too_many, [text[:80] for name in too_many for text in day.took[name]]
