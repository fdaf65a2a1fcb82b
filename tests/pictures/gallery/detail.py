"""A list's views, and the detail of a ticket beside it."""

from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.big_number import BigNumber
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.timeline import Event, TimeLine
from crmdesk.views.support.widgets.toolbar import Toolbar
from tests.pictures.gallery.words import Say, in_widget

PILLS: Final = (
    ("sent", "已送修", Tone.LATE, "truck"),
    ("to judge", "待判定", Tone.WAITING, "scale"),
    ("taken in", "已收件", Tone.INFO, "inbox"),
    ("to collect", "待取件", Tone.OK, "package-check"),
    ("not told", "未通知", Tone.WARN, "bell"),
    ("gold", "金卡", Tone.NEUTRAL, "credit-card"),
)


def photo() -> QImage:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(tokens().accent_pale)
    return image


def facts(say: Say) -> FactsTable:
    return FactsTable(
        [
            Fact(
                say("Customer stated", "客户陈述"),
                say("the wheel broke at the airport", "机场托运后左前轮断裂，无法拖行"),
            ),
            Fact(say("Judgement", "判定"), say("transport · carrier 80", "运输损坏 · 承运人承担 80，客户 0")),
            Fact(say("Batch", "批次"), "B-01-261115-01", link="batch"),
            Fact(
                say("Loaner", "备用品"), say("L-007 still out", "L-007 20寸银 未还 · 押金 ¥300"), Tone.LATE, "luggage"
            ),
        ]
    )


def events(say: Say) -> TimeLine:
    return TimeLine(
        [
            Event(
                "scale",
                say("Head office: repairable", "总部判定：可修"),
                say("Zhou Min", "周敏 导入回复"),
                "11-17",
                Tone.INFO,
            ),
            Event("truck", say("Sent to head office", "寄出至总部维修部"), "B-01-261115-01", "11-15", ref=1),
            Event("inbox", say("Taken in, slip printed", "收件并打印服务单"), "", "11-14"),
        ]
    )


def ticket(say: Say) -> Card:
    column = ScrollColumn()
    icons = (IconButton("printer", say("Print", "打印")), IconButton("ellipsis", say("More", "更多")))
    column.add(row(Text("R-01-261114-003", "heading"), Pill(say("sent", "已送修"), Tone.LATE, "truck"), None, *icons))
    number = Button(say("Show number", "查看号码"), kind="link")
    column.add(row(Text("138****5678", "muted"), number, None))
    late = say("1 day late: promised for 20 Nov", "逾期 1 天：承诺 11月20日 交件")
    rule = say("Source: Zhejiang consumer regulation 31", "超过承诺 3 天视为拖延 · 来源：浙江省实施消保法办法 第31条")
    column.add(Banner(late, rule, Tone.LATE))
    primary = Button(say("Record arrival", "登记返件"), "package-check", "primary")
    column.add(row(primary, Button(say("Tell customer", "告知客户"), "phone"), None))
    column.add(facts(say))
    photos = PhotoStrip()
    photos.set_photos([photo(), photo()])
    column.add(photos)
    column.add(events(say))
    column.add_stretch()
    card = Card()
    card.add(column, 1)
    return card


def detail(say: Say) -> QWidget:
    chips = ChipBar(
        [
            Chip("open", say("To do", "待处理"), 12),
            Chip("late", say("Late", "逾期"), 2, Tone.LATE),
            Chip("office", say("At head office", "待总部"), 5),
            Chip("all", say("All", "全部")),
        ]
    )
    tones = Card(say("Status", "状态"))
    tones.add(row(*(Pill(say(*words[:2]), words[2], words[3]) for words in PILLS[:3]), None))
    tones.add(row(*(Pill(say(*words[:2]), words[2], words[3]) for words in PILLS[3:]), None))
    tones.add(BigNumber("A3", say("Shelf", "货架位")))
    export = Button(say("Export Excel", "导出 Excel"), "table")
    return in_widget(page(Toolbar(chips, right=[export]), Columns(tones, ticket(say), shares=(60, 40))))
