"""A form in its states, the condition drawing, and a choice of loaners."""

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import Text
from tests.pictures.gallery.words import Say, in_widget


def labelled(label: str, widget: QWidget) -> QVBoxLayout:
    return column(Text(label, "field"), widget, gap=1)


def fields(say: Say) -> ScrollColumn:
    wrong = QLineEdit("¥ 1,28O")
    wrong.setProperty("wrong", "true")
    off = QLineEdit(say("cannot be changed", "不可修改"))
    off.setEnabled(False)
    kinds = QComboBox()
    kinds.addItems([say("ordinary", "普通"), say("urgent", "加急")])
    note = QPlainTextEdit()
    note.setPlaceholderText(say("Seen in the store only…", "仅店内可见…"))
    note.setFixedHeight(56)
    tick = QCheckBox(say("Print the agreement", "同时打印借用协议"))
    tick.setChecked(True)
    shown = ScrollColumn()
    phone, member = QLineEdit("138 0571 5678"), QLineEdit(say("Zhou Jianguo", "周建国"))
    shown.add(row(labelled(say("Phone / card", "手机 / 卡号"), phone), labelled(say("Member", "会员"), member)))
    shown.add(row(labelled(say("Declared value", "声明价值"), wrong), labelled(say("How", "方式"), kinds)))
    shown.add(Text(say("An amount has digits only, as in 1,280.50", "金额只能是数字，如 1,280.50"), "error"))
    shown.add(labelled(say("Internal note (not printed)", "内部备注（不打印）"), note))
    shown.add(row(off, tick))
    rule = say("Source: Zhejiang consumer regulation 26", "来源：浙江省实施消保法办法 第26条（可在设置中修改）")
    shown.add(Banner(say("Not repaired in 5 days: lend one", "5 天内修不好，应借给同类备用品"), rule))
    shown.add_stretch()
    return shown


def form_card(say: Say) -> Card:
    refused = Button(say("Hand back", "交付"))
    refused.refuse(say("The loaner is still out", "备用品未还"))
    card = Card()
    card.add(fields(say), 1)
    card.add(
        row(
            refused,
            Button(say("Delete", "删除"), "trash-2", "danger"),
            Button(say("Pause", "暂停"), kind="quiet"),
            None,
        )
    )
    save = Button(say("Save and print", "保存并打印"), "printer", "primary", "Ctrl+Enter")
    card.add(row(save, Button(say("Only save", "只保存")), None))
    return card


def condition(say: Say) -> Card:
    drawing = ConditionDrawing()
    drawing.set_shape("suitcase")
    drawing.set_marks([Mark(0.18, 0.91, "wheel"), Mark(0.85, 0.25, "corner", Tone.WAITING)])
    card = Card(say("Condition: click or press D", "外观检查 点图或按 D 标记"))
    card.add(drawing, 1)
    card.add(PhotoStrip())
    return card


def loaners(say: Say) -> Card:
    card = Card(say("Lend one meanwhile?", "先借一个给他？"), "luggage")
    group = QButtonGroup(card)
    shelf = (say("on shelf", "在架"), Tone.OK, "check")
    for title, text in (
        (say("L-009 · 20-inch black", "L-009 · 20寸 黑色"), say("same size", "同尺寸 · 外观 9 成 · 上次清洁 11-19")),
        (say("L-004 · 22-inch grey", "L-004 · 22寸 灰色"), say("one size up", "大一号")),
    ):
        choice = ChoiceCard(title, text, shelf)
        choice.setChecked("009" in title)
        group.addButton(choice)
        card.add(choice)
    card.add(Button(say("Lend L-009", "借出 L-009"), hint="Ctrl+L"))
    card.body.addStretch(1)
    card.add(Button(say("No loaner: say why", "不借：记录原因"), kind="link"))
    return card


def form(say: Say) -> QWidget:
    header = SectionHeader(say("New ticket", "新建服务单"), say("Draft kept · Esc cancels", "草稿已存 · Esc 取消"))
    header.add(
        SegmentedChoice([(1, say("Repair", "维修")), (2, say("Complaint", "投诉")), (3, say("Return", "退换货"))])
    )
    columns = Columns(form_card(say), condition(say), loaners(say), shares=(52, 30, 32))
    return in_widget(page(header, columns))
