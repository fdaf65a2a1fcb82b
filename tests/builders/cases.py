"""Complaints and returns of a test store, brought forward through the services."""

from datetime import date

from sqlalchemy import select

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import (
    Compensation,
    GoodsCondition,
    ItemCategory,
    Level3,
    ReturnDecision,
    ReturnReason,
    RootCause,
    TellChannel,
    TicketKind,
)
from crmdesk.models.member import Member
from crmdesk.models.purchase import PurchaseLine
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import complaint_proposals, complaints, purchases, return_decisions, return_lines
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaints import Assess, Investigate, Tell
from crmdesk.services.purchases import LineFacts, PurchaseFacts
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_lines import AddLine
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.services.ticket_steps import Step
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def version(shop: Shop, ticket_id: int) -> int:
    """Give a ticket's version as it stands."""
    with shop.reading() as session:
        return version_of(session, ticket_id)


def step(shop: Shop, ticket_id: int, note: str = "") -> Step:
    """Give the request of a plain step on the ticket as it stands."""
    return Step(ticket_id, version(shop, ticket_id), note)


def add_complaint(shop: Shop, member_id: int | None = None) -> int:
    """Take in 周敏霞's complaint about a bag that lost its colour; gives the ticket's key."""
    member = _complainer(shop) if member_id is None else member_id
    request = TakeIn(
        TicketKind.COMPLAINT,
        member,
        "手提包用了两周就掉色，染到浅色大衣上，希望退货并赔偿干洗费。",
        subject="手提包掉色",
        item=ItemFacts(ItemCategory.BAG, "手提包 酒红", purchased_on=date(2026, 11, 5)),
        wanted="退货并赔偿干洗费",
    )
    return shop.do(take_in, request, shop.context()).id


def _complainer(shop: Shop) -> int:
    with shop.reading() as session:
        known = session.scalar(select(Member.id).where(Member.name == "周敏霞"))
    return known or add_member(shop, "周敏霞", "13905718888")


def proposed(shop: Shop, amount: Money = Money.yuan(300), compensation: Compensation = Compensation.REFUND) -> int:
    """Bring a new complaint to the proposal."""
    ticket_id = add_complaint(shop)
    shop.do(complaints.acknowledge, step(shop, ticket_id), shop.context())
    shop.do(complaints.assess, Assess(ticket_id, version(shop, ticket_id), Level3.HIGH, Level3.MEDIUM), shop.context())
    found = Investigate(
        ticket_id, version(shop, ticket_id), RootCause.PRODUCT, "同批次皮料固色不足，已有 2 件同样反馈。"
    )
    shop.do(complaints.investigate, found, shop.context())
    wanted = Propose(ticket_id, version(shop, ticket_id), compensation, "退款并承担大衣干洗费", amount)
    shop.do(complaint_proposals.propose, wanted, shop.context())
    return ticket_id


def decided(shop: Shop, amount: Money = Money.yuan(300), compensation: Compensation = Compensation.REFUND) -> int:
    """Bring a new complaint to the decision."""
    ticket_id = proposed(shop, amount, compensation)
    shop.do(complaint_proposals.approve, step(shop, ticket_id), shop.context(Role.OWNER))
    shop.do(
        complaint_proposals.decide, step(shop, ticket_id, "退款 300 元，并承担大衣干洗费。"), shop.context(Role.MANAGER)
    )
    return ticket_id


def told(shop: Shop) -> int:
    """Bring a new complaint to where the customer knows the decision."""
    ticket_id = decided(shop)
    words = Tell(ticket_id, version(shop, ticket_id), TellChannel.PHONE, "电话告知退款与干洗费，客户接受。")
    shop.do(complaints.tell, words, shop.context())
    return ticket_id


def add_purchase(
    shop: Shop, member_id: int, *lines: LineFacts, number: str = "S-1", day: date = date(2026, 11, 18)
) -> list[int]:
    """Keep a purchase; gives the keys of its lines."""
    facts = PurchaseFacts(number, day, lines, member_id)
    made = shop.do(purchases.record, facts, shop.context())
    with shop.reading() as session:
        return list(
            session.scalars(
                select(PurchaseLine.id).where(PurchaseLine.purchase_id == made.id).order_by(PurchaseLine.ordinal)
            )
        )


def add_return(shop: Shop, member_id: int) -> int:
    """Take in a return without lines yet; gives the ticket's key."""
    request = TakeIn(TicketKind.RETURN, member_id, "尺码不合，想退。", subject="尺码不合")
    return shop.do(take_in, request, shop.context()).id


def add_line(shop: Shop, ticket_id: int, purchase_line_id: int, quantity: int = 1) -> int:
    """Put a bought line on a return."""
    request = AddLine(
        ticket_id, version(shop, ticket_id), ReturnReason.SIZE, purchase_line_id=purchase_line_id, quantity=quantity
    )
    return shop.do(return_lines.add_line, request, shop.context())


def check_all(shop: Shop, ticket_id: int, condition: GoodsCondition = GoodsCondition.UNUSED) -> list[int]:
    """Look at all goods of a return; gives the keys of its lines."""
    with shop.reading() as session:
        lines = [line.id for line in return_lines.lines_of(session, ticket_id)]
    request = CheckLines(ticket_id, version(shop, ticket_id), tuple(LineCheck(line, condition) for line in lines))
    shop.do(return_decisions.check, request, shop.context())
    return lines


def decide_refund(shop: Shop, ticket_id: int, line_id: int, refund: Money, role: Role = Role.MANAGER) -> Money:
    """Refund one line; gives the sum of the refunds."""
    decision = LineDecision(line_id, ReturnDecision.REFUND, refund)
    request = DecideLines(ticket_id, version(shop, ticket_id), (decision,))
    return shop.do(return_decisions.decide, request, shop.context(role))
