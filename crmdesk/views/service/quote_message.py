"""The quote in words that are sent to the customer, in the language she reads."""

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import LANGUAGES, gettext, gettext_in, mark
from crmdesk.core.labels import label
from crmdesk.core.names import address_form
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import Payer, TellChannel
from crmdesk.queries.ticket_facts import QuoteRow
from crmdesk.services import ticket_notes
from crmdesk.views.service.case import Case
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.fields import ChoiceField, TextField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_NAMES = {"zh_CN": "中文", "en": "English"}
_HELLO = mark("Hello {name}, this is {store}. We have looked at your {item} (order {number}).")
_WORK = mark("To be done: {work}.")
_PARTS, _LABOUR, _FEE = mark("parts ¥{amount}"), mark("labour ¥{amount}"), mark("other fees ¥{amount}")
_TOTAL = mark("You pay ¥{amount} in all")
_WITH_PARTS, _ALONE = mark("{total} ({parts})."), mark("{total}.")
_FREE = mark("It costs you nothing.")
_DAYS = mark("It takes {days} days once you agree.")
_UNTIL = mark("The quote holds until {day}. We begin only when you agree; please answer.")


class QuoteMessageDialog(StepDialog):
    """The text to be pasted into a message; that it was sent is noted."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin in the program's language."""
        super().__init__(room, case, gettext("Send the quote"), gettext("Quote is sent"))
        self._language = ChoiceField(
            gettext("&Language"), [(_NAMES.get(one, one), one) for one in LANGUAGES], required=True
        )
        self._channel = ChoiceField(gettext("&How"), [(label(one), one) for one in TellChannel], required=True)
        self.add_row(language=self._language, channel=self._channel)
        self._words = self.add("words", TextField(gettext("&Words to say or send"), lines=7))
        self._copy = Button(gettext("&Copy text"), "copy")
        self._copy.clicked.connect(self._copy_words)
        self.add_part(row(self._copy, None))
        self._language.set_value(case.context.language)
        self._channel.set_value(TellChannel.MESSAGE)
        self._language.changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        self._words.set_value(quote_message(self.case, self._language.value() or self.case.context.language))

    def _copy_words(self) -> None:
        copy_text(self._words.typed())
        self.room.say(gettext("Copied; paste it into WeChat or a text message."))

    @override
    def send(self) -> None:
        """Note that the quote was sent."""
        values: dict[str, Any] = self.fields.values()
        request, channel = self.step(gettext("Quote")), values["channel"]

        def work(session: "Session", context: Context) -> Outcome[None]:
            return ticket_notes.note_contact(session, request, context, channel=channel)

        self.submit(work, self._said)

    def _said(self, _none: None) -> str:
        return gettext("{number}: quote sent").format(number=self.ticket.number)


def quote_message(case: Case, language: str) -> str:
    """Give the quote in words: work, amounts, time, validity; empty without a quote."""
    ticket, quote = case.ticket, case.ticket.quote
    if quote is None:
        return ""
    hello = gettext_in(language, _HELLO).format(
        name=address_form(ticket.member_name, ticket.member_gender, language),
        store=case.context.store.name,
        item=ticket.item or ticket.subject,
        number=ticket.number,
    )
    lines = [hello, gettext_in(language, _WORK).format(work=quote.work.strip().rstrip("。.")), _amounts(case, language)]
    if quote.days is not None:
        lines.append(gettext_in(language, _DAYS).format(days=quote.days))
    lines.append(gettext_in(language, _UNTIL).format(day=_day(quote, language)))
    return "\n".join(lines)


def _amounts(case: Case, language: str) -> str:
    quote = case.ticket.quote
    if quote is None or not quote.total or known_of(case).quote_payer is not Payer.CUSTOMER:
        return gettext_in(language, _FREE)
    known = ((_PARTS, quote.parts), (_LABOUR, quote.labour), (_FEE, quote.fee))
    parts = [gettext_in(language, words).format(amount=amount.short_text()) for words, amount in known if amount]
    total = gettext_in(language, _TOTAL).format(amount=quote.total.short_text())
    if len(parts) > 1:
        return gettext_in(language, _WITH_PARTS).format(total=total, parts=gettext_in(language, ", ").join(parts))
    return gettext_in(language, _ALONE).format(total=total)


def _day(quote: QuoteRow, language: str) -> str:
    day = quote.valid_until
    return f"{day.month}月{day.day}日" if language == "zh_CN" else f"{day.day} {day:%B}"
