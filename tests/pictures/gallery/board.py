"""The board of the day: cards of rows with keys, and a chart."""

from typing import Final

from PySide6.QtWidgets import QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.bar_chart import Bar, BarChart
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from tests.pictures.gallery.words import Say, in_widget

Words = tuple[str, str]
Line = tuple[str, Words, Words, Tone | None]

LATE: Final[tuple[Line, ...]] = (
    ("1", ("R-01-261114-003 wheel", "R-01-261114-003 拉杆箱轮子 · 周建国"), ("1 day late", "逾期 1 天"), Tone.LATE),
    ("2", ("C-01-261119-001 colour", "C-01-261119-001 皮衣褪色"), ("answer today", "今日须答复"), Tone.LATE),
    ("3", ("R-01-261116-002 clasp", "R-01-261116-002 表扣 · 单雪芹"), ("1 day left", "还剩 1 天"), Tone.WAITING),
    ("4", ("T-01-261120-001 return", "T-01-261120-001 七天退货"), ("2 days left", "还剩 2 天"), Tone.WAITING),
)
READY: Final[tuple[Line, ...]] = (
    ("5", ("R-01-261110-001 zip · A3", "R-01-261110-001 手袋换拉链 · A3 架"), ("2 days", "已到 2 天"), None),
    ("6", ("R-01-261112-004 rod · B1", "R-01-261112-004 旅行箱拉杆 · B1 架"), ("to notify", "待通知"), Tone.WAITING),
    ("7", ("R-01-261028-002 heel · C2", "R-01-261028-002 皮鞋换跟 · C2 架"), ("24 days", "24 天未取"), Tone.LATE),
    ("8", ("R-01-261118-003 sleeve · A1", "R-01-261118-003 衬衣改袖 · A1 架"), ("today", "已到今天"), None),
)
LOANERS: Final[tuple[Line, ...]] = (
    ("9", ("20-inch silver L-007 → Zhou", "20寸 银色 L-007 → 周建国"), ("due 20 Nov", "应还 11-20"), Tone.LATE),
    ("0", ("24-inch black L-012 → He", "24寸 黑色 L-012 → 何雨桐"), ("back today", "今日归还"), Tone.WAITING),
    ("", ("Ready, loaner still out: 1", "维修已好，备用品未还：1"), ("show", "查看"), None),
    ("", ("On shelf 14 · out 6 · to inspect 2", "在架 14 · 借出 6 · 待检 2"), ("", ""), None),
)
CALLS: Final[tuple[Line, ...]] = (
    ("", ("Key members · monthly", "核心客户 · 每月"), ("3 / 5", "3 / 5"), None),
    ("", ("3 days after purchase", "购买后 3 天 · 穿着体验"), ("4 / 9", "4 / 9"), None),
    ("", ("Birthday today: Yuchi Min", "今天生日：尉迟敏（农历十月十三）"), ("not called", "未致电"), Tone.WAITING),
)
TURNAROUND: Final = (13, 12, 12, 9, 8, 8, 7, 6)


def rows_card(say: Say, head: tuple[Words, str, Tone, Words], lines: tuple[Line, ...]) -> Card:
    title, icon, tone, figure = head
    card = Card(say(*title), icon, tone, ruled=True)
    card.set_figure(say(*figure))
    for key, text, value, colour in lines:
        card.add(CardRow(say(*text), say(*value), colour, key))
    return card


def board(say: Say) -> QWidget:
    chart = Card(say("Repair turnaround, last 8 weeks (days)", "近 8 周 维修周转（天，中位数）"), "chart-column")
    chart.add(BarChart([Bar(f"W{week}", days) for week, days in enumerate(TURNAROUND, 40)]), 1)
    upper = Columns(
        rows_card(say, (("Late and due", "逾期与到期"), "alarm-clock", Tone.LATE, ("4", "4 项")), LATE),
        rows_card(say, (("Ready and to notify", "待取与通知"), "package-check", Tone.OK, ("6", "6 件")), READY),
        rows_card(say, (("Loaners", "备用品"), "luggage", Tone.INFO, ("6 out", "借出 6")), LOANERS),
    )
    calls = rows_card(
        say, (("Callbacks", "回访"), "phone-call", Tone.INFO, ("17 · 7 done", "今日 17 · 已完成 7")), CALLS
    )
    header = SectionHeader(say("Today", "今日"), say("Saturday 21 November", "11月21日 周六 · 小雪"))
    return in_widget(page(header, upper, Columns(calls, chart, shares=(1, 2)), None))
