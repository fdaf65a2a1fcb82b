"""The middle panel of a call: whom, why, what to say, and what she said."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu

from crmdesk.core.care import WRITTEN, CallbackReason, CareClass, Channel
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier
from crmdesk.core.phone import group
from crmdesk.core.scripts import Script
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import CallCard
from crmdesk.views.care.note_field import NoteField
from crmdesk.views.care.wording import CARE_LOOKS, form_of_address
from crmdesk.views.support import icons
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.spoken import SpokenWords
from crmdesk.views.support.widgets.text import ShortText, Text, show_if

WAYS = {
    Channel.PHONE: "phone-call",
    Channel.WECHAT: "message-circle",
    Channel.WECOM: "message-circle",
    Channel.SMS: "message-square",
    Channel.EMAIL: "mail",
    Channel.LETTER: "file-text",
    Channel.VISIT: "store",
}
_TIER_LOOKS = {CardTier.GOLD: Tone.WAITING, CardTier.DIAMOND: Tone.INFO, CardTier.SILVER: Tone.NEUTRAL}


class TalkPanel(Card):
    """One member's call; `way_changed` when it goes by another channel, `copied` when the words were copied."""

    way_changed = Signal()
    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: CallCard | None = None
        self._words = ""
        self._digits: tuple[str, ...] = ()
        self.name = Text("", "huge")
        self._care, self._tier = Pill(), Pill()
        self._guide = ShortText("", "soft")
        self._guide.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.phone = Text("", "large")
        self._seen = ShortText("", "small")
        self._copy_phone = IconButton("copy", gettext("Copy the number"))
        self._copy_phone.clicked.connect(lambda: copy_text("".join(self._digits[:1])))
        self.why = Text("", wrap=True)
        self.spoken = SpokenWords()
        self.channel = Channel.PHONE
        self.way = Button(kind="quiet")
        self.way.setMenu(self._ways())
        self.copy = Button(gettext("Copy the words"), "copy", hint="Ctrl+Shift+W")
        self.copy.clicked.connect(self.copy_words)
        self.note = NoteField()
        self.later = LineField(gettext("When to call again?"), example=gettext("15:30, tomorrow 10:00, +2h"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.setContentsMargins(6 * SPACE, 5 * SPACE, 6 * SPACE, 4 * SPACE)
        head = row(self.name, self._care, self._tier, self._guide, gap=3)
        head.setStretch(3, 1)
        self.add(head)
        number = row(self.phone, self._copy_phone, self._seen, gap=2)
        number.setStretch(2, 1)
        self.add(number)
        self._part(Text(gettext("Why we call"), "field"))
        self.add(self.why)
        self.add(self._way_line())
        self.add(self.spoken)
        self._part(Text(gettext("What was said"), "field"))
        self.add(self.note, 1)
        self.add(self.later)
        self.later.hide()

    def _way_line(self) -> QHBoxLayout:
        line = row(Text(gettext("What to say"), "field"), None, self.copy, self.way, gap=2)
        line.setContentsMargins(0, SPACE, 0, 0)
        return line

    def _part(self, heading: Text) -> None:
        heading.setContentsMargins(0, SPACE, 0, 0)
        self.add(heading)

    def show_card(self, card: CallCard, script: Script) -> None:
        """Show one member; the phone follows by `show_phones`."""
        self._card, self._words, self._digits = card, script.words, ()
        member = card.member
        self.name.setText(form_of_address(member))
        self.name.setToolTip(member.name)
        words, tone = CARE_LOOKS[member.care_class]
        self._care.set_status(gettext(words), tone, "star" if member.care_class is CareClass.KEY else "user-round")
        self._tier.set_status(label(member.tier), _TIER_LOOKS.get(member.tier, Tone.NEUTRAL), "credit-card")
        self._guide.setText(gettext("Guide {name}").format(name=member.guide) if member.guide else "")
        self.phone.setText(next((phone.masked for phone in member.phones), gettext("no phone")))
        self._seen.setText("")
        self._copy_phone.setEnabled(False)
        self.why.setText(self._reason(script))
        self.spoken.set_text(script.words)
        self.note.clear()
        self.show_later(wanted=False)
        self.take(card.channel if card.channel in WAYS else Channel.PHONE)

    def _reason(self, script: Script) -> str:
        card = self._card
        if card is None or not card.attempts:
            return script.why
        tried = gettext("Tried {times} times, not reached yet.").format(times=card.attempts)
        return f"{script.why} {tried}" if card.reason is not CallbackReason.AGREED else script.why

    def show_phones(self, digits: Sequence[str]) -> None:
        """Show the phones in full: the look is noted by now."""
        self._digits = tuple(digits)
        if not digits:
            self.phone.setText(gettext("no phone"))
            return
        self.phone.setText(group(digits[0]))
        others = " · ".join(group(one) for one in digits[1:])
        noted = gettext("this look was noted")
        self._seen.setText(" · ".join(part for part in (others, noted) if part))
        self._copy_phone.setEnabled(True)

    @property
    def is_written(self) -> bool:
        """Whether words are sent instead of spoken."""
        return self.channel in WRITTEN

    def copy_words(self) -> None:
        """Put the words on the clipboard, ready to paste; a call becomes a message by that."""
        if self._card is None:
            return
        copy_text(self._words)
        if not self.is_written:
            self.take(Channel.WECHAT)
        self.copied.emit()

    def take(self, channel: Channel) -> None:
        """Let the contact go by another way."""
        self.channel = channel
        self.way.set_text(label(channel), icon=WAYS[channel])
        self.way.setAccessibleName(gettext("Channel: {channel}").format(channel=label(channel)))
        self.copy.set_kind("primary" if self.is_written else "plain")
        self.way_changed.emit()

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        for channel, name in WAYS.items():
            menu.addAction(icons.icon(name), label(channel), partial(self.take, channel))
        return menu

    def show_later(self, *, wanted: bool) -> None:
        """Ask for the moment, or stop asking."""
        show_if(self.later, wanted)
        if wanted:
            self.later.setFocus()
        else:
            self.later.set_value("")
            self.later.show_problem("")
