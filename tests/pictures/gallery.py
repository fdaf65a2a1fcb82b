"""The pages of the drawings of intent, composed of the real widgets with the words of a real day."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from crmdesk.core.tones import Tone
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.bar_chart import Bar, BarChart
from crmdesk.views.support.widgets.big_number import BigNumber
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.outcome_button import OutcomeButton
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.painting import paint_pill
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader, SubHeading
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.spoken import SpokenWords
from crmdesk.views.support.widgets.text import ShortText, Text
from crmdesk.views.support.widgets.timeline import Event, TimeLine
from crmdesk.views.support.widgets.toolbar import Toolbar

Say = Callable[[str, str], str]


def chinese(_english: str, text: str) -> str:
    return text


def english(text: str, _chinese: str) -> str:
    return text


def in_widget(layout: QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def photo() -> QImage:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(tokens().accent_pale)
    return image


def rows_card(title: str, icon: str, tone: Tone, figure: str, rows: list[tuple[str, str, str, Tone | None]]) -> Card:
    card = Card(title, icon, tone, ruled=True)
    card.set_figure(figure)
    for key, text, value, colour in rows:
        card.add(CardRow(text, value, colour, key))
    return card


def today(say: Say) -> QWidget:
    late, wait = Tone.LATE, Tone.WAITING
    upper = [
        rows_card(say("Late and due", "逾期与到期"), "alarm-clock", late, say("4", "4 项"), [
            ("1", "R-01-261114-003 " + say("wheel · Zhou Jianguo", "拉杆箱轮子 · 周建国"), say("1 day late", "逾期 1 天"), late),
            ("2", "C-01-261119-001 " + say("colour · Lin Wanqing", "皮衣褪色投诉 · 林婉清"), say("answer today", "今日须答复"), late),
            ("3", "R-01-261116-002 " + say("clasp · Shan Xueqin", "表扣 · 单雪芹"), say("1 day left", "还剩 1 天"), wait),
            ("4", "T-01-261120-001 " + say("return · Ouyang", "七天退货 · 欧阳晓明"), say("2 days left", "还剩 2 天"), wait),
        ]),
        rows_card(say("Ready and to notify", "待取与通知"), "package-check", Tone.OK, say("6 items", "6 件"), [
            ("5", "R-01-261110-001 " + say("zip · shelf A3", "手袋换拉链 · A3 架"), say("2 days", "已到 2 天"), None),
            ("6", "R-01-261112-004 " + say("rod · shelf B1", "旅行箱拉杆 · B1 架"), say("to notify", "待通知"), wait),
            ("7", "R-01-261028-002 " + say("heel · shelf C2", "皮鞋换跟 · C2 架"), say("24 days", "24 天未取"), late),
            ("8", "R-01-261118-003 " + say("sleeve · shelf A1", "衬衣改袖 · A1 架"), say("today", "已到今天"), None),
        ]),
        rows_card(say("Loaners", "备用品"), "luggage", Tone.INFO, say("6 out", "借出 6"), [
            ("9", say("20-inch silver L-007 → Zhou Jianguo", "20寸 银色 L-007 → 周建国 · 押金 300"), say("due 20 Nov", "应还 11-20"), late),
            ("0", say("24-inch black L-012 → He Yutong", "24寸 黑色 L-012 → 何雨桐"), say("back today", "今日归还"), wait),
            ("", say("Repair ready, loaner still out: 1", "维修已好，备用品未还：1"), say("show", "查看"), None),
            ("", say("On shelf 14 · out 6 · to inspect 2", "在架 14 · 借出 6 · 待检 2"), "", None),
        ]),
    ]  # fmt: skip
    chart = Card(
        say("Repair turnaround, last 8 weeks (days, median)", "近 8 周 维修周转（天，中位数）"), "chart-column"
    )
    chart.add(
        BarChart(
            [Bar(f"W{week}", days) for week, days in zip(range(40, 48), (13, 12, 12, 9, 8, 8, 7, 6), strict=True)]
        ),
        1,
    )
    lower = [
        rows_card(say("Callbacks", "回访"), "phone-call", Tone.INFO, say("17 today · 7 done", "今日 17 · 已完成 7"), [
            ("", say("Key members · monthly", "核心客户 · 每月"), "3 / 5", None),
            ("", say("3 days after purchase", "购买后 3 天 · 穿着体验"), "4 / 9", None),
            ("", say("3 days after collection", "维修取件后 3 天"), "0 / 2", None),
            ("", say("Complaint satisfaction", "投诉满意度"), "0 / 1", None),
        ]),
        rows_card(say("Birthdays and benefits", "生日与权益"), "cake", wait, say("23 this month", "本月 23"), [
            ("", say("Today: Yuchi Min (lunar 13th of 10th)", "今天：尉迟敏（农历十月十三）"), say("not called", "未致电"), wait),
            ("", say("Birthday gifts to collect", "本月生日礼待领"), say("8", "8 份"), None),
            ("", say("Benefits ending in 7 days", "权益 7 天内到期"), say("12", "12 项"), wait),
            ("", say("Next month's list", "下月名单"), say("print", "打印"), None),
        ]),
        chart,
    ]  # fmt: skip
    result = QWidget()
    lines = [Columns(*cards) for cards in (upper, lower)]
    result.setLayout(
        page(SectionHeader(say("Today", "今日"), say("Saturday 21 November", "11月21日 周六 · 小雪")), *lines, None)
    )
    return result


TICKETS: Final = (
    ("R-01-261114-003", ("Zhou Jianguo", "周建国"), ("suitcase 20″ silver", "拉杆箱 20寸 银"), ("wheel", "轮子断"), ("sent", "已送修", Tone.LATE, "truck"), ("1 day late", "逾期 1 天")),
    ("C-01-261119-001", ("Lin Wanqing", "林婉清"), ("leather jacket M", "皮衣 黑 M"), ("colour loss", "褪色"), ("to judge", "待判定", Tone.WAITING, "scale"), ("answer today", "今日须答复")),
    ("R-01-261116-002", ("Shan Xueqin", "单雪芹"), ("watch", "腕表"), ("loose clasp", "表扣松"), ("awaits consent", "待客户同意", Tone.WAITING, "phone-call"), ("1 day left", "还剩 1 天")),
    ("T-01-261120-001", ("Ouyang Xiaoming", "欧阳晓明"), ("trench coat L", "风衣 卡其 L"), ("wrong size", "尺码不合"), ("taken in", "已收件", Tone.INFO, "inbox"), ("2 days left", "还剩 2 天")),
    ("R-01-261110-001", ("He Yutong", "何雨桐"), ("handbag", "手袋"), ("zip", "拉链"), ("to collect", "待取件", Tone.OK, "package-check"), ("shelf A3", "A3 架")),
    ("R-01-261119-002", ("Chali Maimaiti", "查理·买买提"), ("shoes 42", "皮鞋 42"), ("heel", "换跟"), ("in work", "维修中", Tone.INFO, "wrench"), ("4 days left", "还剩 4 天")),
)  # fmt: skip


class StatusCell(QStyledItemDelegate):
    """Paints the status column as pills."""

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say

    def paint(self, painter, option, index) -> None:  # type: ignore[no-untyped-def,override]  # noqa: ANN001
        if index.row() == 0:
            painter.fillRect(option.rect, tokens().selected)
        in_english, in_chinese, tone, icon = TICKETS[index.row()][4]
        place = QRect(option.rect).adjusted(8, 0, -4, 0)
        paint_pill(painter, place, self._say(in_english, in_chinese), tone, icon)


def ticket_list(say: Say) -> QTableView:
    model = QStandardItemModel()
    heads = (
        ("Number", "单号"),
        ("Member", "会员"),
        ("Item", "物品"),
        ("Problem", "问题"),
        ("Status", "状态"),
        ("Due", "期限"),
    )
    model.setHorizontalHeaderLabels([say(*head) for head in heads])
    for number, member, item, problem, _status, due in TICKETS:
        model.appendRow(
            [QStandardItem(text) for text in (number, say(*member), say(*item), say(*problem), "", say(*due))]
        )
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(30)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.setItemDelegateForColumn(4, StatusCell(say, table))
    table.selectRow(0)
    return table


def service(say: Say) -> QWidget:
    chips = ChipBar([
        Chip("open", say("To do", "待处理"), 12), Chip("due", say("Due today", "今日到期"), 3),
        Chip("late", say("Late", "逾期"), 2, Tone.LATE), Chip("office", say("At head office", "待总部"), 5),
        Chip("ready", say("To collect", "待取"), 4), Chip("lent", say("Loaners out", "备用品借出"), 6),
        Chip("all", say("All", "全部"))])  # fmt: skip
    line = Columns(ticket_list(say), detail(say), shares=(64, 36))
    result = QWidget()
    result.setLayout(page(Toolbar(chips, right=[Button(say("Export Excel", "导出 Excel"), "table")]), line))
    return result


def detail(say: Say) -> Card:
    card = Card()
    card.setMinimumWidth(320)
    scroll = ScrollColumn(gap=2)
    title = Text("R-01-261114-003", "heading")
    icons = (IconButton("printer", say("Print", "打印")), IconButton("ellipsis", say("More", "更多")))
    scroll.add(row(title, Pill(say("sent", "已送修"), Tone.LATE, "truck"), None, *icons))
    scroll.add(
        row(
            Text(say("Zhou Jianguo · gold · 138****5678", "周建国 · 金卡 · 138****5678"), "muted"),
            Button(say("Show number", "查看号码"), kind="link"),
            None,
        )
    )
    scroll.add(Banner(
        say("1 day late: promised for 20 Nov", "逾期 1 天：承诺 11月20日 交件"),
        say("3 days past the promise count as delay · source: Zhejiang consumer regulation 31",
            "超过承诺 3 天视为拖延 · 来源：浙江省实施消保法办法 第31条"), Tone.LATE))  # fmt: skip
    scroll.add(row(
        Button(say("Record arrival", "登记返件"), "package-check", "primary"),
        Button(say("Tell customer", "告知客户"), "phone"), Button(say("Change date", "改预计日期")), None))  # fmt: skip
    scroll.add(FactsTable([
        Fact(say("Customer stated", "客户陈述"), say("left front wheel broke at the airport", "机场托运后左前轮断裂，无法拖行")),
        Fact(say("Judgement", "判定"), say("transport damage · carrier 80, customer 0", "运输损坏 · 承运人承担 80，客户 0")),
        Fact(say("Batch", "批次"), say("B-01-261115-01 · courier SF139…", "B-01-261115-01 · 顺丰 SF139…"), link="b"),
        Fact(say("Loaner", "备用品"), say("L-007 20-inch silver still out", "L-007 20寸银 未还 · 押金 ¥300"), Tone.LATE, "luggage"),
    ]))  # fmt: skip
    photos = PhotoStrip()
    photos.set_photos([photo(), photo()])
    scroll.add(photos)
    scroll.add(TimeLine([
        Event("scale", say("Head office: repairable", "总部判定：可修，更换轮组"), say("Zhou Min imported the reply", "周敏 导入回复"), "11-17", Tone.INFO),
        Event("truck", say("Sent to head office", "寄出至总部维修部"), say("batch B-01", "批次 B-01-261115-01"), "11-15", ref=1),
        Event("luggage", say("Lent L-007, deposit ¥300 taken", "借出 L-007，押金 ¥300 已收"), say("due 20 Nov · agreement signed", "应还 11-20 · 协议已签"), "11-14", Tone.INFO),
        Event("inbox", say("Taken in, slip printed", "收件并打印服务单"), "", "11-14"),
    ]))  # fmt: skip
    scroll.add_stretch()
    card.add(scroll, 1)
    return card


def field(label: str, widget: QWidget) -> QLayout:
    return column(Text(label, "field"), widget, gap=1)


def intake_form(say: Say) -> Card:
    stated, notes = (
        QPlainTextEdit(
            say("The wheel broke at the airport.", "机场托运后左前轮断裂，无法拖行。希望 25 日出差前能用。")
        ),
        QPlainTextEdit(),
    )
    notes.setPlaceholderText(say("Seen in the store only…", "仅店内可见…"))
    stated.setFixedHeight(66)
    notes.setFixedHeight(44)
    wrong = QLineEdit("¥ 1,28O")
    wrong.setProperty("wrong", "true")
    kinds = QComboBox()
    kinds.addItems([say("ordinary", "普通"), say("urgent", "加急")])
    where = QComboBox()
    where.addItems([say("head office", "总部维修部")])
    card = Card()
    scroll = ScrollColumn(gap=2)
    scroll.add(
        row(
            field(say("Phone / card", "手机 / 卡号"), QLineEdit("138 0571 5678")),
            field(say("Member", "会员"), QLineEdit(say("Zhou Jianguo", "周建国"))),
        )
    )
    scroll.add(
        row(
            field(
                say("Item (or choose a purchase)", "物品（可选购买记录）"),
                QLineEdit(say("suitcase 20″ silver", "拉杆箱 20寸 银色 · 2026-05-18 购 ¥1,280")),
            ),
            field(say("Serial", "序列号"), QLineEdit("SN-88217")),
        )
    )
    scroll.add(
        row(
            field(say("Fault", "故障"), QLineEdit(say("wheel broken", "轮子断"))),
            field(say("Declared value", "声明价值"), wrong),
        )
    )
    scroll.add(Text(say("An amount has digits only, as in 1,280.50", "金额只能是数字，如 1,280.50"), "error"))
    scroll.add(field(say("Customer stated (printed)", "客户陈述（打印）"), stated))
    scroll.add(field(say("Internal note (not printed)", "内部备注（不打印）"), notes))
    scroll.add(
        row(
            field(say("Promised for", "承诺交件"), QLineEdit(say("26 Nov Thu", "11月26日 周四"))),
            field(say("Goes to", "去向"), where),
            field(say("How", "方式"), kinds),
        )
    )
    scroll.add(Banner(
        say("Not repaired in 5 days: lend one of the same kind", "5 天内修不好，应借给同类备用品"),
        say("9 months of warranty left · source: Zhejiang consumer regulation 26 (changeable in Settings)",
            "保内余 9 个月 · 来源：浙江省实施消保法办法 第26条（可在设置中修改）")))  # fmt: skip
    scroll.add_stretch()
    card.add(scroll, 1)
    card.add(row(
        Button(say("Save and print", "保存并打印"), "printer", "primary", "Ctrl+Enter"),
        Button(say("Only save", "只保存")), Button(say("Print tag first", "先打吊牌")), None))  # fmt: skip
    return card


def intake(say: Say) -> QWidget:
    header = SectionHeader(say("New ticket", "新建服务单"))
    header.add(Text(say("Draft kept · Esc cancels", "草稿已存 · Esc 取消"), "muted"))
    kinds = SegmentedChoice([(1, say("Repair", "维修")), (2, say("Complaint", "投诉")), (3, say("Return", "退换货"))])
    condition = Card(say("Condition: click or press D", "外观检查 点图或按 D 标记"))
    drawing = ConditionDrawing()
    drawing.set_shape("suitcase")
    drawing.set_marks([Mark(0.2, 0.93, "wheel"), Mark(0.85, 0.25, "corner", Tone.WAITING)])
    photos = PhotoStrip()
    photos.set_photos([photo()])
    condition.add(drawing, 1)
    condition.add(photos)
    lend = Card(say("Lend one meanwhile?", "先借一个给他？"), "luggage")
    group = QButtonGroup(lend)
    for title, text in (
        (
            "L-009 · " + say("20-inch black", "20寸 黑色"),
            say("same size · cleaned 19 Nov", "同尺寸 · 外观 9 成 · 上次清洁 11-19"),
        ),
        ("L-004 · " + say("22-inch grey", "22寸 灰色"), say("one size up", "大一号")),
    ):
        choice = ChoiceCard(title, text, (say("on shelf", "在架"), Tone.OK, "check"))
        choice.setChecked("009" in title)
        group.addButton(choice)
        lend.add(choice)
    lend.add(
        row(
            field(say("Back", "归还"), QLineEdit(say("at collection", "取件日 11-26"))),
            field(say("Deposit (gold)", "押金（金卡）"), QLineEdit("¥ 200")),
        )
    )
    lend.add(Button(say("Lend L-009", "借出 L-009"), hint="Ctrl+L"))
    lend.add(BigNumber("A3", say("Shelf", "货架位")))
    lend.body.addStretch(1)
    lend.add(Button(say("No loaner: say why", "不借：记录原因"), kind="link"))
    line = Columns(intake_form(say), condition, lend, shares=(52, 30, 32))
    result = QWidget()
    result.setLayout(page(row(header, kinds), line))
    return result


def callrun(say: Say) -> QWidget:
    head = row(
        SectionHeader(
            say("Callbacks", "回访"), say("3 days after purchase · 7 of 18", "购买后 3 天 · 第 7 位，共 18 位")
        ),
        gap=3,
    )
    strip = ProgressStrip()
    strip.set_progress(7, 18)
    head.addWidget(strip, 1)
    head.addWidget(Button(say("Pause", "暂停")))
    history = Card(say("What she bought", "她买过什么"))
    history.add(TimeLine([
        Event("shopping-bag", say("Cashmere coat camel M", "羊绒大衣 驼色 M"), "¥2,980 · " + say("Chen Ke", "陈可"), "11-18"),
        Event("gift", say("Scarf · birthday gift", "丝巾 · 生日礼兑换"), say("birthday benefit", "生日权益"), "10-02"),
    ]))  # fmt: skip
    history.add(SubHeading(say("Open matters", "未了的事")))
    history.add(Text(say("No open ticket", "没有进行中的服务单"), "soft"))
    history.add(
        row(
            Pill(say("camel", "驼色"), Tone.NEUTRAL, "palette"),
            Pill(say("plain", "简约"), Tone.NEUTRAL, "shirt"),
            Pill(say("no tea", "不喝茶"), Tone.NEUTRAL, "cup-soda"),
            None,
        )
    )
    middle = Card()
    middle.add(
        row(
            Text(say("Ms Zhou", "周女士"), "huge"),
            Pill(say("key", "核心客户"), Tone.INFO, "star"),
            Pill(say("gold", "金卡"), Tone.NEUTRAL, "credit-card"),
            None,
            Text(say("Guide Chen Ke", "导购 陈可"), "soft"),
        )
    )
    middle.add(row(Text("138 0571 2345", "large"), Text(say("this look was logged", "本次显示已记录"), "small"), None))
    middle.add(Text(say("Why", "为什么打"), "field"))
    middle.add(
        ShortText(
            say(
                "Bought the cashmere coat 3 days ago: how does it wear?",
                "3 天前买了羊绒大衣，听听穿着感受，提醒第一次护理。",
            )
        )
    )
    middle.add(Text(say("What to say", "怎么说"), "field"))
    middle.add(SpokenWords(say(
        "Good morning Ms Zhou, this is Chen Ke of the Wensan Road store. Congratulations on your camel coat; how does it wear? Pilling at first is normal, brush it with the comb we gave you.",
        "周女士您好，我是文三路店的陈可。恭喜您收获了那件驼色羊绒大衣，这几天穿着还合身吗？头两次起球是正常的，用我们送的羊绒梳顺着梳就好；店里也可以免费为您护理一次。")))  # fmt: skip
    middle.add(Text(say("Note", "记录"), "field"))
    note = QPlainTextEdit()
    note.setPlaceholderText(say("What she said… (may stay empty)", "她说了什么…（可留空）"))
    middle.add(note, 1)
    answers = Card(say("Outcome (press the digit)", "结果（按数字键）"))
    for number, (in_english, in_chinese, icon, tone) in enumerate((
        ("Satisfied", "满意", "smile", Tone.OK), ("So-so", "一般", "meh", Tone.WAITING),
        ("Dissatisfied → complaint", "不满意 → 投诉单", "frown", Tone.LATE), ("Call later", "稍后再打", "clock", None),
        ("No answer", "无人接听", "phone-missed", None), ("Switched off", "关机 / 停机", "phone-off", None),
        ("Refused", "拒绝", "ban", None), ("Never again", "不再联系", "bell-off", None)), 1):  # fmt: skip
        answers.add(OutcomeButton(str(number), say(in_english, in_chinese), icon, tone))
    answers.body.addStretch(1)
    answers.add(
        Text(
            say("Last contact 20 Oct · first this month (at most 4)", "上次联系 10月20日 · 本月第 1 次（上限 4）"),
            "small",
            wrap=True,
        )
    )
    line = Columns(history, middle, answers, shares=(30, 54, 30))
    result = QWidget()
    result.setLayout(page(head, line))
    return result


def empty(say: Say) -> QWidget:
    result = QWidget()
    card = Card()
    card.add(
        EmptyState(
            "luggage",
            say("No loaners yet", "还没有备用品"),
            say(
                "Register what you can lend while a repair takes longer than 5 days.",
                "登记可以借给客户的箱包衣物；维修超过 5 天时，收件时会自动推荐。",
            ),
            say("Register the first", "登记第一件"),
        ),
        1,
    )
    refused = Button(say("Hand back", "交付"))
    refused.refuse(say("The loaner is still out", "备用品未还"))
    card.add(
        row(
            refused,
            Button(say("Delete", "删除"), "trash-2", "danger"),
            Button(say("Pause", "暂停"), kind="quiet"),
            None,
        )
    )
    result.setLayout(page(card))
    return result


PAGES: Final[dict[str, Callable[[Say], QWidget]]] = {
    "today": today, "service": service, "intake": intake, "callrun": callrun, "empty": empty,
}  # fmt: skip
