"""Dialogs of the ladder: the words of a reminder, the letter, the owner's decision."""

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.core.uncollected import ReminderStage
from crmdesk.queries.reminders import WaitingRow
from crmdesk.services import reminders
from crmdesk.services.reminders import Remind, Reminded
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.reminder_presenter import Draft, ReminderPresenter, print_letter
from crmdesk.views.service.room import Room
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.fields import ChoiceField, TextField
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_WORDS_LENGTH = 4000
_LANGUAGES = (("中文", "zh_CN"), ("English", "en"))


class RemindDialog(FormDialog):
    """The words to say or send, and how; noted once they are out."""

    def __init__(self, room: Room, draft: Draft) -> None:
        """Begin with the store's words of this stage."""
        super().__init__(room.page, gettext("Remind the customer"), gettext("Reminder is out"), width=WIDE)
        self.room = room
        self._row = draft.row
        self.add_part(Text(about(draft.row), "muted", wrap=True))
        self.words = self.add(
            "words", TextField(gettext("&Words to say or send"), required=True, lines=6, max_length=_WORDS_LENGTH)
        )
        self.words.set_value(draft.words)
        self.copy = Button(gettext("&Copy text"), "copy")
        self.copy.clicked.connect(lambda _checked=False: self._copy_words())
        self.add_part(row(self.copy, None))
        choices = [(label(one), one) for one in TellChannel if one is not TellChannel.LETTER]
        self.channel = self.add("channel", ChoiceField(gettext("&How"), choices, required=True))
        self.channel.set_value(TellChannel.MESSAGE)
        self.fields.mark_clean()

    def _copy_words(self) -> None:
        copy_text(self.words.typed())
        self.room.say(gettext("Copied; paste it into WeChat or a text message."))

    @override
    def send(self) -> None:
        channel = self.channel.value() or TellChannel.MESSAGE
        request = Remind(self._row.id, self._row.version, channel, self.words.typed())

        def work(session: "Session", context: Context) -> Outcome[Reminded]:
            return reminders.remind(session, request, context)

        def done(made: Reminded) -> None:
            self.accept()
            said = gettext("{number}: reminder {count} noted")
            self.room.say(said.format(number=self._row.number, count=made.count))

        self.room.desk.jobs.write(self, work, done, self.refused)


class LetterDialog(FormDialog):
    """The letter's words in one language; it is printed as it is kept."""

    def __init__(self, room: Room, draft: Draft, language: str) -> None:
        """Begin with the store's words."""
        text = gettext("Heading, address, salutation and signature are set by themselves.")
        super().__init__(room.page, gettext("Letter about uncollected goods"), gettext("Keep and print"), text, WIDE)
        self.room = room
        self._row = draft.row
        self.add_part(Text(about(draft.row), "muted", wrap=True))
        self.language = self.add("language", ChoiceField(gettext("&Language"), _LANGUAGES, required=True))
        self.language.set_value(language)
        self.words = self.add(
            "words", TextField(gettext("&Words of the letter"), required=True, lines=10, max_length=_WORDS_LENGTH)
        )
        self.words.set_value(draft.words)
        self.fields.mark_clean()
        self.language.changed.connect(self._turn)

    def _turn(self) -> None:
        presenter = ReminderPresenter(Room(self.room.desk, self, lambda: None))
        presenter.make_draft(self._row, self._take, letter=True, language=self.language.value() or "")

    def _take(self, draft: Draft) -> None:
        self.words.set_value(draft.words)

    @override
    def send(self) -> None:
        language = self.language.value() or "zh_CN"
        request = Remind(self._row.id, self._row.version, TellChannel.LETTER, self.words.typed())

        def work(session: "Session", context: Context) -> Outcome[Reminded]:
            return reminders.write_letter(session, request, context)

        def done(_made: Reminded) -> None:
            self.accept()
            self.room.say(gettext("{number}: letter kept").format(number=self._row.number))
            print_letter(self.room, self._row.id, self._row.number, language)

        self.room.desk.jobs.write(self, work, done, self.refused)


class DecideDialog(FormDialog):
    """The owner decides what becomes of goods that nobody collected."""

    problem_fields: ClassVar = {ReasonMissingError: "words"}

    def __init__(self, room: Room, row: WaitingRow) -> None:
        """Ask for the decision."""
        text = gettext("The order is closed and the goods stay with the shop for good. This cannot be undone.")
        super().__init__(room.page, gettext("Decide about the goods"), gettext("Decide and close"), text)
        self.room = room
        self._row = row
        self.add_part(Text(about(row), "muted", wrap=True))
        self.words = self.add("words", TextField(gettext("&What becomes of them, and why"), required=True, lines=3))

    @override
    def send(self) -> None:
        request = Step(self._row.id, self._row.version, self.words.typed())

        def work(session: "Session", context: Context) -> Outcome[TicketState]:
            return reminders.decide(session, request, context)

        def done(_state: TicketState) -> None:
            self.accept()
            self.room.say(gettext("{number}: decided and closed").format(number=self._row.number))

        self.room.desk.jobs.write(self, work, done, self.refused)


def about(row: WaitingRow) -> str:
    """Give the line about whose goods it is."""
    return " · ".join(part for part in (row.number, row.member_name, row.item) if part)


def stage_words(stage: ReminderStage) -> str:
    """Say what a step of the ladder is called."""
    return {
        ReminderStage.FIRST: gettext("First reminder"),
        ReminderStage.AGAIN: gettext("Reminder"),
        ReminderStage.LETTER: gettext("Letter"),
        ReminderStage.LAST: gettext("Reminder after the letter"),
    }[stage]
