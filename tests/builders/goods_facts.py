"""Believable facts for the papers around goods in the shop."""

from datetime import date, datetime, timedelta
from typing import Final

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import ConditionFacts, CustomerFacts, ItemFacts, MarkFacts, PrintFacts, StoreFacts
from crmdesk.core.paper_facts.condition import ConditionReportFacts, GateFacts
from crmdesk.core.paper_facts.goods import ReminderLetterFacts, ShelfLabelFacts, ShelfLabelsFacts
from crmdesk.core.paper_facts.signature import SignatureFacts
from crmdesk.core.paper_facts.ticket_papers import EarlierFacts, PickupNoteFacts
from crmdesk.core.strokes import Strokes
from crmdesk.core.tickets import Gate

STROKES: Final[Strokes] = (
    ((120, 180), (180, 90), (240, 60), (250, 140), (210, 230), (160, 250)),
    ((300, 70), (310, 160), (320, 260)),
    ((360, 80), (440, 80), (450, 160), (370, 160), (360, 240), (470, 250)),
    ((560, 60), (520, 150), (600, 150), (560, 260), (640, 220), (700, 120)),
    ((760, 200),),
)


def parted_note(now: datetime, store: StoreFacts, customer: CustomerFacts, item: ItemFacts) -> PickupNoteFacts:
    """Give the note of a second visit of three: accessories for the wife, signed on screen, a strap is left."""
    return PickupNoteFacts(
        number="R-01-261121-0053",
        store=store,
        customer=customer,
        item=item,
        received_at=now - timedelta(days=9),
        collected_at=now,
        handed_by="陈可",
        collector="李秀英",
        printed=PrintFacts(now, "周敏"),
        work_done="更换左前万向轮一只，试拖正常。",
        accessories=("密码锁", "防尘袋"),
        paid=Money(8_000),
        stands_for="妻子",
        item_back=False,
        left=("行李绑带",),
        earlier=(EarlierFacts(now - timedelta(days=2), "周建国", (item.words,)),),
        note="右上角旧划痕与收件时一致",
        signature=SignatureFacts("李秀英", now, STROKES),
    )


def reminder_letter(store: StoreFacts, printed: PrintFacts) -> ReminderLetterFacts:
    """Give the letter about a suitcase that waits for thirty days."""
    return ReminderLetterFacts(
        number="U-01-261021-0029",
        ticket_number="R-01-261021-0029",
        store=store,
        recipient="周建国",
        salutation="尊敬的周先生：",
        dated=date(2026, 11, 21),
        item="拉杆箱 20寸 银色",
        words="您交给我们的拉杆箱已处理完毕，至今已等候 30 天。\n\n请您在收到本函后尽快携带服务单到店领取。",
        signed_by="周敏",
        signed_role="店长",
        contact="周敏 0571-8888 1234",
        printed=printed,
        address=("浙江省杭州市西湖区翠苑街道", "文一西路 88 号 3 幢 502 室"),
    )


SHELF_LABELS: Final = ShelfLabelsFacts((ShelfLabelFacts("A3", "靠窗第二层"), ShelfLabelFacts("B12")), "文三路店")


def condition_report(
    now: datetime, store: StoreFacts, customer: CustomerFacts, item: ItemFacts
) -> ConditionReportFacts:
    """Give a suitcase that came back from head office with a dent nobody had seen, and waits to be handed back."""
    wheel = MarkFacts(1, 0.18, 0.915, "左前轮 断裂")
    dent = MarkFacts(2, 0.62, 0.4, "箱面凹痕", new=True)
    received = ConditionFacts("suitcase", (wheel,), "箱内有异味", all_views=True)
    back = ConditionFacts("suitcase", (wheel, dent), "外箱破损", all_views=True)
    return ConditionReportFacts(
        number="R-01-261121-0064",
        store=store,
        customer=customer,
        item=item,
        gates=(
            GateFacts(Gate.INTAKE, now - timedelta(days=9), "陈可", received, 2),
            GateFacts(Gate.TO_HEAD_OFFICE, skipped=True),
            GateFacts(Gate.FROM_HEAD_OFFICE, now - timedelta(days=1), "周敏", back, 1),
            GateFacts(Gate.HAND_BACK),
        ),
        printed=PrintFacts(now, "周敏"),
        accessories=("密码锁", "防尘袋"),
    )
