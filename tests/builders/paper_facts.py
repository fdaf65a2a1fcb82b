"""Believable facts for every paper; each function takes what a test wants to differ."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.card import CardDesignFacts, CardFacts, CardsFacts
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
from crmdesk.core.paper_facts.erasure import ErasureFacts
from crmdesk.core.paper_facts.letter import LetterFacts, LetterWords
from crmdesk.core.paper_facts.listing import ListColumn, ListFacts
from crmdesk.core.paper_facts.loan import DepositReceiptFacts, LoanAgreementFacts, LoanerFacts, LoanReturnFacts
from crmdesk.core.paper_facts.posting import PostingNoteFacts
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.core.paper_facts.tag import TagFacts
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts, QuoteFacts, ReturnLineFacts, ReturnNoteFacts
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, TicketKind
from crmdesk.documents.pdf.papers import PaperFacts
from tests.builders import batch_facts, goods_facts, ledger_facts, mailing_facts

NOW: Final = datetime(2026, 11, 21, 14, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
TICKET: Final = "R-01-261121-0037"
STORE: Final = StoreFacts(
    "文三路店", "01", "杭州市西湖区文三路 388 号 1 楼", "0571-8888 1234", "10:00-21:00", "杭州行远箱包有限公司"
)
PRINTED: Final = PrintFacts(NOW, "周敏")
CUSTOMER: Final = CustomerFacts("周建国", "138 **** 5678", "M010000123", "金卡会员")
ITEM: Final = ItemFacts(
    "拉杆箱 20寸 银色", "行远", "XY-20A", "银色", "20寸", "SN-88217", date(2026, 5, 18), Money(128_000)
)
CONDITION: Final = ConditionFacts(
    "suitcase", (MarkFacts(1, 0.18, 0.915, "左前轮 断裂"), MarkFacts(2, 0.8, 0.28, "右上角 旧划痕"))
)
LOANER: Final = LoanerFacts("L-009", "20寸 黑色 登机箱", Money(68_000), "SN-L-009", ("密码锁",))
TERMS: Final = (
    "凭本单取件；遗失请携带身份证件到店登记。",
    "维修前如需收费，本店先报价，经您同意后再修。",
    "修复部位自取件之日起保修 30 天。",
)


def slip() -> ServiceSlipFacts:
    return ServiceSlipFacts(
        number=TICKET,
        kind=TicketKind.REPAIR,
        store=STORE,
        customer=CUSTOMER,
        item=ITEM,
        received_at=NOW,
        received_by="周敏",
        printed=PRINTED,
        customer_words="机场托运后左前轮断裂，无法拖行。希望 25 日出差前能用。",
        faults=("轮子断",),
        accessories=("密码锁", "防尘袋"),
        declared_value=Money(128_000),
        condition=CONDITION,
        promised_on=date(2026, 11, 26),
        estimate=Money(8_000),
        route_words="总部维修部",
        loan_words="已借出备用品 L-009，归还日 11月28日",
        shelf="A-12",
        notices=(NoticeFacts("5 天内修不好，本店借给同类备用品", "浙江省消保条例 第26条"),),
        terms=TERMS,
    )


def tag() -> TagFacts:
    return TagFacts(
        TICKET, "文三路店", "周建国", "尾号 5678", "拉杆箱 20寸", "轮子断", date(2026, 11, 26), "A-12", 1, 2
    )


def loan() -> LoanAgreementFacts:
    return LoanAgreementFacts(
        number="L010000457",
        store=STORE,
        customer=CUSTOMER,
        loaner=LOANER,
        lent_at=NOW,
        lent_by="周敏",
        due_on=date(2026, 11, 28),
        deposit=Money(20_000),
        printed=PRINTED,
        ticket_number=TICKET,
        ticket_item_words="拉杆箱 20寸 银色",
        late_fee_per_day=Money(1_000),
        condition=replace(CONDITION, marks=(MarkFacts(1, 0.5, 0.5, "面板轻微划痕"),)),
        terms=TERMS,
    )


def loan_return() -> LoanReturnFacts:
    return LoanReturnFacts(
        number="L010000457",
        store=STORE,
        customer=CUSTOMER,
        loaner=LOANER,
        lent_at=NOW,
        due_on=date(2026, 11, 28),
        returned_at=NOW + timedelta(days=9),
        taken_by="周敏",
        deposit=Money(20_000),
        printed=PRINTED,
        charges=(AmountLine("逾期 2 天", Money(2_000), "¥10.00 × 2"), AmountLine("轮子维修", Money(8_051))),
        settled_words="现金退还",
        condition_words="右侧新增划痕一处",
        before=CONDITION,
        after=CONDITION,
        ticket_number=TICKET,
    )


def deposit() -> DepositReceiptFacts:
    return DepositReceiptFacts(
        number="D010000123",
        store=STORE,
        customer=CUSTOMER,
        amount=Money(20_000),
        purpose="借用备用品 L-009 登机箱",
        taken_at=NOW,
        taken_by="周敏",
        paid_by="微信支付",
        printed=PRINTED,
        loan_number="L010000457",
        ticket_number=TICKET,
    )


def quote() -> QuoteFacts:
    return QuoteFacts(
        number="Q010000315",
        version=2,
        store=STORE,
        customer=CUSTOMER,
        item=ITEM,
        lines=(AmountLine("更换左前万向轮", Money(6_000), "原厂配件"), AmountLine("工时", Money(2_050))),
        customer_pays=Money(8_050),
        made_at=NOW,
        made_by="周敏",
        printed=PRINTED,
        ticket_number=TICKET,
        finding="左前轮轮架断裂，轴承完好。",
        work_days=5,
        valid_until=date(2026, 11, 28),
        terms=TERMS,
    )


def pickup() -> PickupNoteFacts:
    return PickupNoteFacts(
        number=TICKET,
        store=STORE,
        customer=CUSTOMER,
        item=ITEM,
        received_at=NOW,
        collected_at=NOW + timedelta(days=5),
        handed_by="周敏",
        collector="周建国",
        printed=PRINTED,
        work_done="更换左前万向轮一只，试拖正常。",
        accessories=("密码锁", "防尘袋"),
        paid=Money(8_000),
        guarantee_until=date(2026, 12, 26),
        loaner_words="L-009 已归还",
        terms=TERMS,
    )


def posting() -> PostingNoteFacts:
    return PostingNoteFacts(
        number=TICKET,
        store=STORE,
        customer=CUSTOMER,
        item=ITEM,
        recipient="周建国（家人代收）",
        phone="138 0571 5678",
        address="杭州市西湖区文三路 398 号东信大厦 6 楼 601 室",
        courier="顺丰",
        tracking="SF1234567890123",
        sent_at=NOW + timedelta(days=5),
        sent_by="陈可",
        printed=PRINTED,
        fee=Money(1_250),
        fee_payer="客户",
        accessories=("密码锁", "防尘袋"),
        work_done="更换左前万向轮一只，试拖正常。",
        paid=Money(9_250),
        guarantee_until=date(2026, 12, 26),
        note="易碎，轻放",
    )


def return_note() -> ReturnNoteFacts:
    return ReturnNoteFacts(
        number="T-01-261121-0029",
        store=STORE,
        customer=CUSTOMER,
        lines=(
            ReturnLineFacts(
                item=ITEM,
                decision=ReturnDecision.REFUND,
                reason="拉链脱齿",
                condition=GoodsCondition.TRIED,
                price_paid=Money(128_000),
                refund=Money(123_100),
                points_taken_back=1280,
                points_given_back=300,
                stored_given_back=Money(20_000),
                gift="行李牌",
                gift_kept=Money(4_900),
            ),
            ReturnLineFacts(
                item=ItemFacts("女式风衣 M 卡其"),
                decision=ReturnDecision.EXCHANGE,
                reason="尺码不合",
                condition=GoodsCondition.UNUSED,
                price_paid=Money(59_900),
                refund=Money(0),
                exchange_words="女式风衣 L 卡其",
                difference=Money(4_000),
                note="吊牌完整",
            ),
        ),
        decided_at=NOW,
        decided_by="周敏",
        printed=PRINTED,
        receipt_number="S2026111900123",
        refund_words="原路退回微信",
        clock_words="7 天内因质量问题可退货",
        clock_source="浙江省消保条例 第26条",
        terms=TERMS,
    )


def letter() -> LetterFacts:
    return LetterFacts(
        number="LT01000007",
        version=2,
        store=STORE,
        recipient="周建国 先生",
        dated=date(2026, 11, 21),
        complaint_number="C-01-261118-0012",
        complaint_on=date(2026, 11, 18),
        words={
            "zh_CN": LetterWords(
                "尊敬的周建国先生：",
                "您反映拉杆箱维修两次仍未修好，且期间未得到及时回复。",
                "第一次维修更换的轮组批次存在轴承缺陷，责任在我方。",
                "免费更换整套原厂轮组；退还前两次维修费共 ¥160.00。",
                "更换部位自取件之日起保修 90 天。",
                "如有异议，您可以随时联系我们，也可以向消费者协会投诉。",
            ),
            "en": LetterWords(
                "Dear Mr Zhou,",
                "You told us that two repairs of your suitcase did not last.",
                "The wheels of the first repair had a bearing defect. The responsibility is ours.",
                "We replace the whole set free of charge and refund ¥160.00.",
                "The new part is guaranteed for 90 days.",
                "If you do not agree, please contact us or the consumers' association.",
            ),
        },
        signed_by="周敏",
        signed_role="店长",
        contact="周敏 0571-8888 1234",
        printed=PrintFacts(NOW, "周敏", 1),
        address=("杭州市拱墅区莫干山路 100 号", "3 幢 2 单元 501 室", "310005"),
    )


def cards(count: int = 12) -> CardsFacts:
    names = ("周建国", "𠮷田", "欧阳䶮", "㛃𬱖", "Alexandra Montgomery")
    design = CardDesignFacts(
        "行远箱包 文三路店",
        "VIP",
        "0571-8888 1234",
        "杭州市西湖区文三路 388 号 1 楼",
        ("消费时请出示本卡，积分当日到账。", "本卡仅限本人使用；遗失请及时到店挂失补办。"),
    )
    levels = (("金卡会员", "gold"), ("钻石卡会员", "diamond"), ("银卡会员", "silver"), ("会员", "ordinary"))
    made = (
        CardFacts(f"V01{n:06d}7", names[n % 5], levels[n % 4][0], date(2028, 12, 31), levels[n % 4][1])
        for n in range(count)
    )
    return CardsFacts(tuple(made), design)


def listing(rows: int = 45) -> ListFacts:
    columns = (ListColumn("姓名", 1.2), ListColumn("手机", 1.4), ListColumn("礼品", 2), ListColumn("签名", box=True))
    lines = tuple((f"会员{n}", f"138 **** {n:04d}", "羊绒围巾 一条", "") for n in range(rows))
    return ListFacts("生日礼品领取单", STORE, columns, lines, PRINTED, "G010000019", "2026年11月")


def erasure() -> ErasureFacts:
    gone = (("电话、地址、联系方式", 4), ("私密资料、自定义字段、标签", 6), ("照片", 3))
    kept = (("服务单", 2), ("小票", 11))
    return ErasureFacts("E010000017", STORE, "M010000123", NOW, "周敏", "客户来信要求", gone, kept, PRINTED)


ALL: Final[dict[str, PaperFacts]] = {
    "slip": slip(),
    "tag": tag(),
    "loan": loan(),
    "loan_return": loan_return(),
    "deposit": deposit(),
    "quote": quote(),
    "pickup": pickup(),
    "posting": posting(),
    "return_note": return_note(),
    "letter": letter(),
    "cards": cards(),
    "listing": listing(),
    "erasure": erasure(),
    "packing_list": batch_facts.packing_list(STORE, PRINTED),
    "judgement_form": batch_facts.judgement_form(STORE, PRINTED),
    "pickup_parted": goods_facts.parted_note(NOW, STORE, CUSTOMER, ITEM),
    "reminder_letter": goods_facts.reminder_letter(STORE, PRINTED),
    "shelf_labels": goods_facts.SHELF_LABELS,
    "address_labels": mailing_facts.labels(),
    "member_letters": mailing_facts.letters(STORE, PRINTED),
    "condition": goods_facts.condition_report(NOW, STORE, CUSTOMER, ITEM),
    **ledger_facts.papers(NOW, STORE, CUSTOMER, PRINTED),
}
