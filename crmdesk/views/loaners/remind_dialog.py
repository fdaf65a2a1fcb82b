"""Reminding somebody of a late loaner: the words in both languages, what was sent before, the way it went."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import current_language, gettext
from crmdesk.core.labels import label
from crmdesk.core.loan_words import reminder_text
from crmdesk.core.tickets import TellChannel
from crmdesk.core.tones import Tone
from crmdesk.queries.loan_events import ReminderStart, SentReminder
from crmdesk.services.loan_reminders import Remind, Reminded
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.wording import days_words
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, TextField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.segmented import SegmentedChoice

_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))
_WIDTH = 620


class RemindDialog(FormDialog):
    """One reminder."""

    def __init__(self, parent: QWidget, desk: Desk, start: ReminderStart, saved: Callable[[Reminded], None]) -> None:
        """Remind the borrower of `start`; `saved` gets the reminder's step."""
        super().__init__(parent, gettext("Remind to bring it back"), gettext("Reminder was sent"), width=_WIDTH)
        self._desk, self._start, self._saved = desk, start, saved
        self._presenter = LoanerPresenter(desk, self)
        self.say(self._where_it_stands())
        self._sent = FactsTable()
        self._sent.set_facts([self._fact(one) for one in start.sent])
        self.add_part(self._sent)
        self.language = SegmentedChoice(_LANGUAGES, gettext("Language"))
        self.language.choose(current_language())
        self.language.chosen.connect(self._speak)
        self.add_part(row(self.language, None))
        self.words = self.add("words", TextField(gettext("&Words to say or send"), lines=5))
        copy = Button(gettext("&Copy text"), "copy")
        copy.clicked.connect(self._copy)
        self.add_part(row(copy, None))
        ways = [(label(one), one) for one in TellChannel]
        self.channel = self.add("channel", ChoiceField[TellChannel](gettext("&How"), ways, required=True))
        self.channel.set_value(TellChannel.MESSAGE)
        self._speak(current_language())
        self.save.setEnabled(start.may_send)
        if not start.may_send:
            self.notice.set(gettext("Reminded within the last 24 hours"), gettext("Remind again later."), Tone.WAITING)

    def _where_it_stands(self) -> str:
        start = self._start
        step = gettext("reminder {number} of {count}").format(number=start.stage, count=max(start.steps, start.stage))
        parts = [start.number, start.late.name, gettext("{days} late").format(days=days_words(start.late.days_late))]
        if start.next_on is not None:
            day = day_text(start.next_on, self._presenter.today())
            parts.append(gettext("next step {day}").format(day=day))
        return " · ".join((*parts, step))

    def _fact(self, one: SentReminder) -> Fact:
        zone = self._presenter.context().store.zone
        words = f"{moment_text(one.at, zone)} · {label(one.channel)} · {one.person}"
        return Fact(gettext("reminder {value}").format(value=one.stage), words)

    def _speak(self, language: object) -> None:
        self.words.set_value(reminder_text(self._start.late, self._start.stage, str(language)))
        self.fields.mark_clean()

    def _copy(self) -> None:
        copy_text(self.words.typed())
        self._desk.toasts.show(gettext("Copied; paste it into WeChat or a text message."))

    @override
    def send(self) -> None:
        """Save."""
        channel = self.channel.value() or TellChannel.MESSAGE
        request = Remind(self._start.loan_id, channel, self.words.typed(), self._start.version)
        self._presenter.remind(request, partial(_finish, self, self._saved), self.refused)


def _finish(dialog: FormDialog, saved: Callable[[Reminded], None], made: Reminded) -> None:
    dialog.accept()
    saved(made)
