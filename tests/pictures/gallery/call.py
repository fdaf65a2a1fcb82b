"""A call with its words and outcomes, and an empty list."""

from typing import Final

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.outcome_button import OutcomeButton
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.section_header import SectionHeader, SubHeading
from crmdesk.views.support.widgets.spoken import SpokenWords
from crmdesk.views.support.widgets.text import ShortText, Text
from tests.pictures.gallery.words import Say, in_widget

OUTCOMES: Final = (
    ("Satisfied", "满意", "smile", Tone.OK),
    ("So-so", "一般", "meh", Tone.WAITING),
    ("Dissatisfied → complaint", "不满意 → 投诉单", "frown", Tone.LATE),
    ("Call later", "稍后再打", "clock", None),
    ("No answer", "无人接听", "phone-missed", None),
    ("Switched off", "关机 / 停机", "phone-off", None),
    ("Refused", "拒绝", "ban", None),
    ("Never again", "不再联系", "bell-off", None),
)
ENGLISH_SCRIPT: Final = (
    "Good morning Ms Zhou, this is Chen Ke of the Wensan Road store. Congratulations on your camel coat; how does it "
    "wear? Pilling at first is normal, brush it with the comb we gave you."
)
CHINESE_SCRIPT: Final = (
    "周女士您好，我是文三路店的陈可。恭喜您收获了那件驼色羊绒大衣，这几天穿着还合身吗？"
    "头两次起球是正常的，用我们送的羊绒梳顺着梳就好；店里也可以免费为您护理一次。"
)


def spoken(say: Say) -> Card:
    note = QPlainTextEdit()
    note.setPlaceholderText(say("What she said… (may stay empty)", "她说了什么…（可留空）"))
    card = Card()
    level = Pill(say("key", "核心客户"), Tone.INFO, "star")
    card.add(row(Text(say("Ms Zhou", "周女士"), "huge"), level, None, Text(say("Guide Chen Ke", "导购 陈可"), "soft")))
    card.add(row(Text("138 0571 2345", "large"), Text(say("this look was logged", "本次显示已记录"), "small"), None))
    card.add(Text(say("Why", "为什么打"), "field"))
    card.add(
        ShortText(say("Bought the cashmere coat 3 days ago", "3 天前买了羊绒大衣，听听穿着感受，提醒第一次护理。"))
    )
    card.add(Text(say("What to say", "怎么说"), "field"))
    card.add(SpokenWords(say(ENGLISH_SCRIPT, CHINESE_SCRIPT)))
    card.add(SubHeading(say("Note", "记录")))
    card.add(note, 1)
    return card


def outcomes(say: Say) -> Card:
    card = Card(say("Outcome (press the digit)", "结果（按数字键）"))
    for number, (in_english, in_chinese, icon, tone) in enumerate(OUTCOMES, 1):
        card.add(OutcomeButton(str(number), say(in_english, in_chinese), icon, tone))
    card.body.addStretch(1)
    last = say("Last contact 20 Oct · first this month (at most 4)", "上次联系 10月20日 · 本月第 1 次（上限 4）")
    card.add(Text(last, "small", wrap=True))
    return card


def call(say: Say) -> QWidget:
    strip = ProgressStrip()
    strip.set_progress(7, 18)
    hint = say("3 days after purchase · 7 of 18", "购买后 3 天 · 第 7 位，共 18 位")
    head = row(SectionHeader(say("Callbacks", "回访"), hint), strip, Button(say("Pause", "暂停")), gap=3)
    head.setStretch(1, 1)
    return in_widget(page(head, Columns(spoken(say), outcomes(say), shares=(65, 35))))


def empty(say: Say) -> QWidget:
    card = Card()
    detail = say("Register what you can lend.", "登记可以借给客户的箱包衣物；维修超过 5 天时，收件时会自动推荐。")
    card.add(
        EmptyState("luggage", say("No loaners yet", "还没有备用品"), detail, say("Register the first", "登记第一件")), 1
    )
    return in_widget(page(card))
