"""A page of every widget, with the words of a real day; for pictures and for looking."""

from PySide6.QtWidgets import QButtonGroup, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.outcome_button import OutcomeButton
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.spoken import SpokenWords
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.timeline import Event, TimeLine
from crmdesk.views.support.widgets.toolbar import Toolbar


class Words:
    """The gallery's words in one language."""

    def __init__(self, *, chinese: bool) -> None:
        self._chinese = chinese

    def __call__(self, english: str, chinese: str) -> str:
        return chinese if self._chinese else english


def board(say: Words) -> QWidget:
    """The board of the day."""
    late = Card(say("Late and due", "逾期与到期"), "alarm-clock", Tone.LATE, ruled=True)
    late.set_figure(say("4", "4 项"))
    rows = (
        ("1", "R-01-261114-003 " + say("suitcase wheel · Zhou Jianguo", "拉杆箱轮子 · 周建国"), say("1 day late", "逾期 1 天"), Tone.LATE),
        ("2", "C-01-261119-001 " + say("colour loss · Lin Wanqing", "皮衣褪色投诉 · 林婉清"), say("answer today", "今日须答复"), Tone.LATE),
        ("3", "R-01-261116-002 " + say("clasp · Shan Xueqin", "表扣 · 单雪芹"), say("1 day left", "还剩 1 天"), Tone.WAITING),
        ("4", "T-01-261120-001 " + say("seven-day return", "七天退货 · 欧阳晓明"), say("2 days left", "还剩 2 天"), Tone.WAITING),
    )
    for key, text, value, tone in rows:
        late.add(CardRow(text, value, tone, key))
    ready = Card(say("Ready and to notify", "待取与通知"), "package-check", Tone.OK, ruled=True)
    ready.set_figure(say("6 items", "6 件"))
    for key, text, value, tone in (
        ("5", "R-01-261110-001 " + say("zip · shelf A3", "手袋换拉链 · A3 架"), say("2 days", "已到 2 天"), None),
        ("6", "R-01-261112-004 " + say("rod · shelf B1", "旅行箱拉杆 · B1 架"), say("to notify", "待通知"), Tone.WAITING),
        ("7", "R-01-261028-002 " + say("heel · shelf C2", "皮鞋换跟 · C2 架"), say("24 days", "24 天未取"), Tone.LATE),
    ):
        ready.add(CardRow(text, value, tone, key))
    ready.body.addStretch(1)
    return in_widget(row(late, ready, gap=3))


def in_widget(layout: object) -> QWidget:
    """A widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)  # type: ignore[arg-type]
    return widget


def detail(say: Words) -> Card:
    """A ticket's detail."""
    card = Card("R-01-261114-003")
    card.add_to_head(Pill(say("sent", "已送修"), Tone.LATE, "truck"))
    card.add_to_head(IconButton("printer", say("Print", "打印")))
    card.add_to_head(IconButton("ellipsis", say("More", "更多")))
    card.add(Banner(
        say("1 day late: promised for 20 Nov", "逾期 1 天：承诺 11月20日 交件"),
        say("3 days past the promise count as delay · source: Zhejiang consumer regulation 31",
            "超过承诺 3 天视为拖延 · 来源：浙江省实施消保法办法 第31条"), Tone.LATE))
    card.add(row(
        Button(say("Record arrival", "登记返件"), "package-check", "primary"),
        Button(say("Tell customer", "告知客户"), "phone"),
        Button(say("Change date", "改预计日期")), None))
    card.add(FactsTable([
        Fact(say("Customer stated", "客户陈述"), say("left front wheel broke at the airport", "机场托运后左前轮断裂，无法拖行")),
        Fact(say("Judgement", "判定"), say("transport damage · carrier 80, customer 0", "运输损坏 · 承运人承担 80，客户 0")),
        Fact(say("Batch", "批次"), "B-01-261115-01 · SF139…", link="b"),
        Fact(say("Loaner", "备用品"), say("L-007 20-inch silver still out", "L-007 20寸银 未还 · 押金 ¥300"), Tone.LATE, "luggage"),
    ]))
    card.add(TimeLine([
        Event("scale", say("Head office: repairable", "总部判定：可修，更换轮组"), say("Zhou Min imported the reply", "周敏 导入回复"), "11-17", Tone.INFO),
        Event("truck", say("Sent to head office", "寄出至总部维修部"), say("batch B-01", "批次 B-01-261115-01"), "11-15", ref=1),
    ]))
    card.body.addStretch(1)
    return card


def form(say: Words) -> Card:
    """Fields in their states."""
    card = Card()
    number = QLineEdit("138 0571 5678")
    wrong = QLineEdit("138")
    wrong.setProperty("wrong", "true")
    note = QPlainTextEdit()
    note.setPlaceholderText(say("Seen in the store only…", "仅店内可见…"))
    note.setFixedHeight(56)
    kinds = QComboBox()
    kinds.addItems([say("ordinary", "普通"), say("urgent", "加急")])
    count = QSpinBox()
    off = QLineEdit(say("cannot be changed", "不可修改"))
    off.setEnabled(False)
    card.add(Text(say("Phone / card", "手机 / 卡号"), "field"))
    card.add(row(number, wrong))
    card.add(Text(say("A mobile number has 11 digits", "手机号应为 11 位"), "error"))
    card.add(row(kinds, QDateEdit(), count, off))
    card.add(note)
    card.add(Banner(say("Not repaired in 5 days: lend one of the same kind", "5 天内修不好，应借给同类备用品"),
                    say("9 months of warranty left · source: Zhejiang consumer regulation 26 (changeable in Settings)",
                        "保内余 9 个月 · 来源：浙江省实施消保法办法 第26条（可在设置中修改）")))
    card.add(row(Button(say("Save and print", "保存并打印"), "printer", "primary", "Ctrl+Enter"),
                 Button(say("Only save", "只保存")), Button(say("Delete", "删除"), "trash-2", "danger"), None))
    refused = Button(say("Hand back", "交付"))
    refused.refuse("loaner out")
    card.add(row(refused, Button(say("Show number", "查看号码"), kind="link"), Button(say("Pause", "暂停"), kind="quiet"), None))
    card.body.addStretch(1)
    return card


def calls(say: Words) -> Card:
    """The end of a call and loaner cards."""
    card = Card(say("Outcome (press the digit)", "结果（按数字键）"))
    for number, (english, chinese, icon, tone) in enumerate((
        ("Satisfied", "满意", "smile", Tone.OK), ("So-so", "一般", "meh", Tone.WAITING),
        ("Dissatisfied → complaint", "不满意 → 投诉单", "frown", Tone.LATE), ("Call later", "稍后再打", "clock", None)), 1):
        card.add(OutcomeButton(str(number), say(english, chinese), icon, tone))
    group = QButtonGroup(card)
    for title, text in (("L-009 · " + say("20-inch black", "20寸 黑色"), say("same size · cleaned 11-19", "同尺寸 · 外观 9 成 · 上次清洁 11-19")),
                        ("L-004 · " + say("22-inch grey", "22寸 灰色"), say("one size up", "大一号"))):
        choice = ChoiceCard(title, text, (say("on shelf", "在架"), Tone.OK, "check"))
        choice.setChecked("009" in title)
        group.addButton(choice)
        card.add(choice)
    card.add(SpokenWords(say("Good morning, this is Chen Ke. Congratulations on your camel coat.", "周女士您好，我是文三路店的陈可。恭喜您收获了那件驼色羊绒大衣。")))
    strip = ProgressStrip()
    strip.set_progress(7, 18)
    card.add(strip)
    card.body.addStretch(1)
    return card


class Gallery(QWidget):
    """Every widget on one page."""

    def __init__(self, *, chinese: bool) -> None:
        super().__init__()
        say = Words(chinese=chinese)
        self.setProperty("role", "canvas")
        chips = ChipBar([
            Chip("open", say("To do", "待处理"), 12), Chip("due", say("Due today", "今日到期"), 3),
            Chip("late", say("Late", "逾期"), 2, Tone.LATE), Chip("all", say("All", "全部"))])
        header = SectionHeader(say("Today", "今日"), say("Saturday 21 November", "11月21日 周六 · 小雪"))
        header.add(SegmentedChoice([(1, say("Repair", "维修")), (2, say("Complaint", "投诉")), (3, say("Return", "退换货"))]))
        self.setLayout(page(
            header,
            Toolbar(chips, right=[Button(say("Export Excel", "导出 Excel"), "table")]),
            board(say),
            in_widget(row(form(say), detail(say), calls(say), gap=3)),
        ))
