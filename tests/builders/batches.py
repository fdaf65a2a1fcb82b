"""Batches at every stage, made through the services."""

from crmdesk.core.batch_rules import Answer
from crmdesk.core.batches import BatchParty
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy, Route
from crmdesk.queries import batches as rows
from crmdesk.queries import batches_lines
from crmdesk.queries.batches import BatchRow
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches, batches_return
from crmdesk.services.batches import MakeBatch, PackTickets, SendBatch
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop

PEOPLE = ("周建国", "王芳", "李娜", "赵磊", "孙悦", "吴桐")
FREE = Answer(
    repairable=True,
    liability=Liability.PRODUCT_FAULT,
    remedy=Remedy.REPAIR_FREE,
    cost=Money.yuan(40),
    shares={Payer.HEAD_OFFICE: Money.yuan(40)},
    days=5,
    decided_by="总部 吴工",
    words="轮组批次问题，免费更换",
)
PAID = Answer(
    repairable=True,
    liability=Liability.CUSTOMER_USE,
    remedy=Remedy.REPAIR_PAID,
    cost=Money.yuan(120),
    shares={Payer.CUSTOMER: Money.yuan(80), Payer.STORE: Money.yuan(40)},
    days=7,
    decided_by="总部 吴工",
    words="拉杆受撞，换拉杆",
)
REFUSED = Answer(
    repairable=False,
    liability=Liability.WEAR,
    remedy=Remedy.REFUSE,
    decided_by="总部 吴工",
    words="箱体老化，无法修复",
)


def tickets(shop: Shop, count: int = 2) -> list[int]:
    """Take in suitcases of different people, all meant for head office."""
    return [taken_in(shop, name=name, route=Route.HEAD_OFFICE) for name in PEOPLE[:count]]


def begun(shop: Shop, party: BatchParty = BatchParty.HEAD_OFFICE, vendor_id: int | None = None) -> int:
    """Begin a batch and give its key."""
    return shop.do(batches.make, MakeBatch(party, vendor_id), shop.context()).id


def packed(shop: Shop, count: int = 2) -> int:
    """Begin a batch and pack so many suitcases."""
    batch_id = begun(shop)
    shop.do(batches.pack, PackTickets(batch_id, tuple(tickets(shop, count))), shop.context())
    return batch_id


def sent(shop: Shop, count: int = 2) -> int:
    """Go on until the batch has left."""
    batch_id = packed(shop, count)
    shop.do(batches.send, SendBatch(batch_id, None, "顺丰", "SF1234567890"), shop.context())
    return batch_id


def arrived(shop: Shop, count: int = 2) -> int:
    """Go on until everything is at head office."""
    batch_id = sent(shop, count)
    shop.do(batches_return.arrive, batch_id, shop.context())
    return batch_id


def batch_of(shop: Shop, batch_id: int) -> BatchRow:
    """Give the batch as the list shows it."""
    with shop.reading() as session:
        return rows.batch(session, batch_id, shop.context())


def lines_of(shop: Shop, batch_id: int) -> list[LineRow]:
    """Give the lines of a batch."""
    with shop.reading() as session:
        return batches_lines.lines(session, batch_id, shop.context())
