"""Goods that left the store in the weeks before the day: a batch that is closed, one that waits, one being packed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from crmdesk.core.batch_rules import Answer
from crmdesk.core.batches import BatchParty
from crmdesk.core.money import Money
from crmdesk.core.tickets import ApprovalChannel, Gate, Liability, Payer, Remedy, Route, TellChannel
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import batches, batches_reply, batches_return, batches_vendors, conditions, pickup, quotes, repair
from crmdesk.services.batches import MakeBatch, PackTickets, SendBatch
from crmdesk.services.batches_reply import Reply
from crmdesk.services.batches_return import GoodsBack
from crmdesk.services.batches_vendors import VendorFacts
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.conditions import NoteCondition
from crmdesk.services.quotes import RecordAnswer

if TYPE_CHECKING:
    from crmdesk.demo.weeks import Weeks

Story = Iterator[float]
_ASKED: Final = "请判定责任并报价"
_BY: Final = "总部 吴工"
_FREE: Final = Answer(
    repairable=True,
    liability=Liability.PRODUCT_FAULT,
    remedy=Remedy.REPAIR_FREE,
    cost=Money.yuan(60),
    shares={Payer.HEAD_OFFICE: Money.yuan(60)},
    days=5,
    decided_by=_BY,
    words="轮组批次问题，免费更换",
)
_PAID: Final = Answer(
    repairable=True,
    liability=Liability.CUSTOMER_USE,
    remedy=Remedy.REPAIR_PAID,
    cost=Money.yuan(120),
    shares={Payer.CUSTOMER: Money.yuan(80), Payer.STORE: Money.yuan(40)},
    days=7,
    decided_by=_BY,
    words="拉杆受撞，换拉杆",
)
_REFUSED: Final = Answer(
    repairable=False,
    liability=Liability.WEAR,
    remedy=Remedy.REFUSE,
    decided_by=_BY,
    words="箱体老化，无法修复",
)
_VENDORS: Final = (
    VendorFacts("老周修鞋皮具", "周师傅", "13957112233", "杭州市古墩路 18 号", "换底、补皮、配扣"),
    VendorFacts("杭城箱包维修", "许师傅", "13857114455", "杭州市莫干山路 201 号", "拉杆、轮组、密码锁"),
)


def came_back(weeks: "Weeks") -> Story:
    """Three suitcases went to head office and are back: one free, one paid, one not to be repaired."""
    yield 26 + 60
    bought = [weeks.customer(style) for style in ("LX2001", "LX2401", "LX2801")]
    yield 26
    faults = ("wheel_broken", "rod_jam", "shell_crack")
    marks = [(MarkFacts(0.22, 0.93, fault),) for fault in faults]
    tickets = [
        weeks.take(one, fault, route=Route.HEAD_OFFICE, marks=mark)
        for one, fault, mark in zip(bought, faults, marks, strict=True)
    ]
    for ticket, mark in zip(tickets, marks, strict=True):
        _look(weeks, [ticket], Gate.TO_HEAD_OFFICE, *mark)
    lines = _sent(weeks, tickets, "SF1386620481725")
    yield 19
    for line, answer in zip(lines, (_FREE, _PAID, _REFUSED), strict=True):
        weeks.shop.run(batches_reply.reply, Reply(line, None, answer), weeks.shop.clerk)
    yield 18
    _agreed(weeks, tickets[1])
    yield 14
    for line, shelf in zip(lines, ("A1", "A3", "A4"), strict=True):
        back = GoodsBack(line, condition="外观完好", courier="顺丰", tracking="SF1386620497003", shelf=shelf)
        weeks.shop.run(batches_return.take_back, back, weeks.shop.clerk)
    _look(weeks, tickets[:1], Gate.FROM_HEAD_OFFICE, MarkFacts(0.7, 0.35, "", "箱面新划痕 4 厘米"))
    _told(weeks, tickets)
    weeks.kept["compared"], weeks.kept["collected"] = tickets[:2]


def waits(weeks: "Weeks") -> Story:
    """Three went to head office eleven days ago; one is answered, the others are overdue."""
    yield 13 + 60
    bought = [weeks.customer(style) for style in ("LX2401", "SD1102", "LX2001")]
    yield 13
    tickets = [
        weeks.take(one, fault, route=Route.HEAD_OFFICE, declared_value=Money.yuan(one.goods.yuan))
        for one, fault in zip(bought, ("wheel_broken", "hardware_rust", "lock_fault"), strict=True)
    ]
    yield 11
    _look(weeks, tickets, Gate.TO_HEAD_OFFICE)
    lines = _sent(weeks, tickets, "SF1386621033918")
    yield 10
    weeks.shop.run(batches_return.arrive, weeks.kept["sent batch"], weeks.shop.clerk)
    yield 6
    weeks.shop.run(batches_reply.reply, Reply(lines[0], None, _FREE), weeks.shop.clerk)
    weeks.kept["waiting line"], weeks.kept["waiting line 2"] = lines[1:]


def is_packed(weeks: "Weeks") -> Story:
    """A batch to the repairer round the corner lies open; the day adds to it and sends it."""
    shop = weeks.shop
    yield 40
    vendors = [shop.run(batches_vendors.add, facts, shop.manager) for facts in _VENDORS]
    yield 2 + 40
    bought = [weeks.customer(style) for style in ("XZ4208", "DX3705", "XZ4208")]
    yield 2
    *tickets, later = [weeks.take(one, "sole", route=Route.VENDOR) for one in bought]
    yield 1
    batch = shop.run(batches.make, MakeBatch(BatchParty.VENDOR, vendors[0], "换底两双"), shop.clerk)
    shop.run(batches.pack, PackTickets(batch.id, tuple(tickets), "请报换底价格"), shop.clerk)
    weeks.kept["open batch"], weeks.kept["to pack"] = batch.id, later


STORIES = (came_back, waits, is_packed)


def _sent(weeks: "Weeks", tickets: list[int], tracking: str) -> list[int]:
    """Send goods to head office in one batch, where they arrive; gives its lines."""
    shop = weeks.shop
    batch = shop.run(batches.make, MakeBatch(BatchParty.HEAD_OFFICE), shop.clerk)
    packed = shop.run(batches.pack, PackTickets(batch.id, tuple(tickets), _ASKED), shop.clerk)
    shop.run(batches.send, SendBatch(batch.id, None, "顺丰", tracking), shop.clerk)
    weeks.kept["sent batch"] = batch.id
    return [one.line_id for one in packed]


def _look(weeks: "Weeks", tickets: list[int], gate: Gate, *marks: MarkFacts) -> None:
    """Note what goods look like at one of their gates."""
    for ticket in tickets:
        noted = NoteCondition(ticket, version_of(weeks.shop.session, ticket), gate, marks)
        weeks.shop.run(conditions.note_condition, noted, weeks.shop.clerk)


def _agreed(weeks: "Weeks", ticket_id: int) -> None:
    seen = weeks.repairs.see(ticket_id)
    total = seen.quote.total if seen.quote is not None else Money(0)
    answer = RecordAnswer(ticket_id, seen.version, True, ApprovalChannel.PHONE, seen.member_name, total, words="可以")
    weeks.shop.run(quotes.record_answer, answer, weeks.shop.clerk)


def _told(weeks: "Weeks", tickets: list[int]) -> None:
    """Check what was repaired, and tell everybody; one has not come yet."""
    shop = weeks.shop
    for ticket, shelf in zip(tickets[:2], ("A1", "A3"), strict=True):
        shop.run(repair.check_quality, weeks.repairs.step(ticket), shop.manager, passed=True, shelf=shelf)
    for ticket in tickets:
        shop.run(pickup.tell, weeks.repairs.step(ticket), shop.clerk, channel=TellChannel.PHONE)
    for ticket in tickets[1:]:
        weeks.repairs.collect(ticket)
