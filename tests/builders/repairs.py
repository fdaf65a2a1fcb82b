"""Repairs at every stage, made through the services."""

from datetime import date, timedelta

from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ApprovalChannel, ItemCategory, Liability, Payer, Remedy, TicketKind
from crmdesk.queries import ticket_detail
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services import judgement, members, quotes, repair, ticket_intake
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.judgement import Judge
from crmdesk.services.members import MemberFacts
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step
from tests.builders.shop import Shop


def taken_in(shop: Shop, **changes: object) -> int:
    """Take in a suitcase, of 周建国 unless ``name`` says otherwise, and give the ticket's key."""
    name = str(changes.pop("name", "周建国"))
    facts = MemberFacts(name, phones=(normalise("13805715678"),), tier=CardTier.GOLD, share_phones=True)
    member = shop.do(members.register, facts, shop.context(Role.MANAGER))
    request = {
        "kind": TicketKind.REPAIR,
        "member_id": member.id,
        "customer_words": "机场托运后左前轮断裂，无法拖行。",
        "private_notes": "客户很急",
        "subject": "轮子断",
        "item": ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20寸 银色", purchased_on=date(2026, 9, 18)),
        "faults": ("wheel_broken",),
        "accessories": ("密码锁",),
        "marks": (MarkFacts(0.12, 0.9, "wheel_broken", "左前轮"),),
        "promised_on": shop.context().today() + timedelta(days=5),
    } | changes
    return shop.do(ticket_intake.take_in, TakeIn(**request), shop.context()).id  # type: ignore[arg-type]


def seen(shop: Shop, ticket_id: int, role: Role = Role.CLERK) -> TicketDetail:
    """Give the ticket as a person with ``role`` sees it."""
    with shop.reading() as session:
        return ticket_detail.detail(session, ticket_id, shop.context(role))


def step(shop: Shop, ticket_id: int, note: str = "") -> Step:
    """Give the request of a plain step on the ticket as it is now."""
    return Step(ticket_id, seen(shop, ticket_id).version, note)


def quoted(shop: Shop, **changes: object) -> int:
    """Take in, judge and quote 80 yuan."""
    ticket_id = taken_in(shop, **changes)
    shares = {Payer.CARRIER: Money.yuan(80)}
    request = Judge(
        ticket_id, seen(shop, ticket_id).version, Liability.TRANSPORT, Remedy.REPAIR_PAID, "轮轴断裂", shares=shares
    )
    shop.do(judgement.judge, request, shop.context(Role.MANAGER))
    version = seen(shop, ticket_id).version
    price = MakeQuote(ticket_id, version, "更换轮组", Money.yuan(60), Money.yuan(20), days=3)
    shop.do(quotes.quote, price, shop.context())
    return ticket_id


def approved(shop: Shop, **changes: object) -> int:
    """Go on until the customer agreed by phone."""
    ticket_id = quoted(shop, **changes)
    version = seen(shop, ticket_id).version
    answer = RecordAnswer(
        ticket_id, version, agreed=True, channel=ApprovalChannel.PHONE, person="周建国", amount=Money.yuan(80)
    )
    shop.do(quotes.record_answer, answer, shop.context())
    return ticket_id


def ready(shop: Shop, **changes: object) -> int:
    """Go on until the goods lie on shelf A3."""
    ticket_id = approved(shop, **changes)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    shop.do(repair.finish_work, step(shop, ticket_id), shop.context())
    shop.do(repair.check_quality, step(shop, ticket_id), shop.context(), passed=True, shelf="A3")
    return ticket_id
