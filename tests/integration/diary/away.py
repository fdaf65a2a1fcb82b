"""Repairs that leave the store: head office and a repairer outside, answers, money, and goods that went missing."""

from sqlalchemy import select

from crmdesk.core.batch_errors import GoodsAwayError
from crmdesk.core.batch_rules import Answer
from crmdesk.core.batches import BatchParty
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy, TicketState
from crmdesk.models.batch import BatchLine
from crmdesk.services import batches, batches_reply, batches_return, batches_vendors, repair
from crmdesk.services.batches import MakeBatch, PackTickets, SendBatch
from crmdesk.services.batches_reply import Reply
from crmdesk.services.batches_return import GoodsBack
from crmdesk.services.batches_steps import LineStep
from crmdesk.services.batches_vendors import VendorFacts
from tests.builders.diary import MANAGER, Diary, Story, Told, at
from tests.integration.diary.ordinary import BAG, COAT, answered, handed_back, judged, paid, quoted, repair_of, told


def sent(diary: Diary, ticket: int, party: BatchParty = BatchParty.HEAD_OFFICE, vendor: int | None = None) -> int:
    """Pack one ticket's goods and send them; gives the batch."""
    batch = diary.do(batches.make, MakeBatch(party, vendor)).id
    diary.do(batches.pack, PackTickets(batch, (ticket,), "请判定责任"))
    diary.do(batches.send, SendBatch(batch, None, "顺丰", "SF0001"))
    return batch


def line_of(diary: Diary, ticket: int) -> int:
    """Give the ticket's line in its newest batch."""
    wanted = select(BatchLine.id).where(BatchLine.ticket_id == ticket).order_by(BatchLine.id.desc())
    with diary.shop.reading() as session:
        return session.scalars(wanted).first() or 0


def replied(diary: Diary, ticket: int, remedy: Remedy, cost: int, payer: Payer, words: str = "") -> None:
    """Take the other end's answer in."""
    amount = Money.yuan(cost)
    answer = Answer(
        remedy is not Remedy.REFUSE, Liability.PRODUCT_FAULT, remedy, amount, {payer: amount}, 5, "吴工", words
    )
    diary.do(batches_reply.reply, Reply(line_of(diary, ticket), None, answer))


def back(diary: Diary, ticket: int, *, repaired: bool = True, shelf: str = "A4") -> None:
    """Take the goods out of the parcel; repaired ones are checked and put on the shelf."""
    diary.do(
        batches_return.take_back, GoodsBack(line_of(diary, ticket), repaired=repaired, condition="完好", shelf=shelf)
    )
    if diary.seen(ticket).state is TicketState.RECEIVED_BACK:
        diary.step(repair.finish_work, ticket)
    if diary.seen(ticket).state is TicketState.QUALITY_CHECK:
        diary.step(repair.check_quality, ticket, passed=True, shelf=shelf)


def free_at_head_office(diary: Diary) -> Story:
    """邓丽's suitcase goes to head office: product fault, repaired there, back in nine days, free."""
    yield at("11-04 09:30")
    ticket = repair_of(diary, "邓丽", "拉杆断裂", faults=("rod_jam",))
    batch = sent(diary, ticket)
    yield at("11-06 10:00")
    diary.shop.do(batches_return.arrive, batch, diary.shop.context())
    replied(diary, ticket, Remedy.REPAIR_FREE, 60, Payer.HEAD_OFFICE)
    yield at("11-13 14:00")
    back(diary, ticket)
    told(diary, ticket)
    yield at("11-14 10:00")
    handed_back(diary, ticket, "邓丽")
    return Told(ticket)


def dear_at_head_office(diary: Diary) -> Story:
    """许强's bag: head office wants 120 from him; he agrees by phone, it is repaired and comes back."""
    yield at("11-05 09:30")
    ticket = repair_of(diary, "许强", "五金断裂", BAG)
    sent(diary, ticket)
    yield at("11-07 10:00")
    replied(diary, ticket, Remedy.REPAIR_PAID, 120, Payer.CUSTOMER)
    assert diary.seen(ticket).state is TicketState.QUOTED
    diary.refused(GoodsAwayError, lambda: diary.step(repair.start_work, ticket))
    answered(diary, ticket, 120, person="许强")
    yield at("11-16 10:00")
    back(diary, ticket)
    told(diary, ticket)
    yield at("11-17 10:00")
    paid(diary, ticket, 120)
    handed_back(diary, ticket, "许强")
    return Told(ticket, paid="120.00")


def missing_and_found(diary: Diary) -> Story:
    """曹颖's coat is not in the parcel that comes back; declared missing by the manager, found a week later."""
    yield at("11-06 09:30")
    ticket = repair_of(diary, "曹颖", "跑绒", COAT)
    batch = sent(diary, ticket)
    yield at("11-09 10:00")
    diary.shop.do(batches_return.arrive, batch, diary.shop.context())
    replied(diary, ticket, Remedy.REPAIR_FREE, 40, Payer.SUPPLIER)
    yield at("11-18 10:00")
    gone = LineStep(line_of(diary, ticket), note="回程包裹里没有")
    diary.refused(NotAllowedError, lambda: diary.do(batches_return.declare_missing, gone))
    diary.do(batches_return.declare_missing, gone, MANAGER)
    yield at("11-25 10:00")
    diary.do(batches_return.find_again, LineStep(line_of(diary, ticket), note="总部仓库找到"), MANAGER)
    yield at("11-28 10:00")
    back(diary, ticket)
    told(diary, ticket)
    yield at("11-29 10:00")
    handed_back(diary, ticket, "曹颖")
    return Told(ticket)


def at_the_cobbler(diary: Diary) -> Story:
    """蒋勇 agreed to 65 beforehand; the leather man round the corner does it."""
    yield at("11-09 09:30")
    vendor = diary.do(batches_vendors.add, VendorFacts("老李皮具", phone="0571-87654321", work="皮具修补"), MANAGER)
    ticket = repair_of(diary, "蒋勇", "皮面划破", BAG)
    judged(diary, ticket, Liability.CUSTOMER_USE, Remedy.REPAIR_PAID)
    quoted(diary, ticket, 65)
    answered(diary, ticket, 65, person="蒋勇")
    sent(diary, ticket, BatchParty.VENDOR, vendor)
    yield at("11-13 17:00")
    back(diary, ticket, shelf="B3")
    told(diary, ticket)
    yield at("11-14 12:00")
    paid(diary, ticket, 65)
    handed_back(diary, ticket, "蒋勇")
    return Told(ticket, paid="65.00")


STORIES = (free_at_head_office, dear_at_head_office, missing_and_found, at_the_cobbler)
