"""The notice texts that customers agree to: versions by purpose; one in use stays as it is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.consent_wordings import WordingRow, wordings
from crmdesk.services.consent_wordings import KeepWording, keep
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, TextField
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session

_CODE, _WORDS = 40, 4000
_LANGUAGES = ("zh_CN", "en")

COLUMNS: tuple[Column[WordingRow], ...] = (
    Column("purpose", mark("Purpose"), lambda one: label(one.purpose), 140),
    Column("code", mark("Version"), lambda one: one.code, 90),
    Column("since", mark("Since"), lambda one: f"{one.since}", 96),
    Column("words", mark("Words"), lambda one: next(iter(one.words.values())), 220, stretch=True),
    Column("used", mark("Answers"), lambda one: f"{one.used:,}" if one.used else "", 76, ColumnKind.NUMBER),
    Column(
        "state",
        mark("State"),
        lambda one: gettext("shown now") if one.current else gettext("older"),
        104,
        ColumnKind.STATUS,
        tone=lambda one: Tone.OK if one.current else Tone.NEUTRAL,
        icon=lambda one: "check" if one.current else "history",
    ),
)


class WordingDialog(FormDialog):
    """A new version, or one that nobody agreed to yet."""

    def __init__(self, parent: QWidget, desk: Desk, before: WordingRow | None = None) -> None:
        """Begin with the words of a version, as a new one where somebody agreed to it."""
        free = before is not None and not before.used
        super().__init__(
            parent,
            gettext("Change the wording") if free else gettext("New wording"),
            gettext("Save"),
            gettext("Say the purpose, what is kept, for how long, and how the customer takes the consent back."),
            WIDE,
        )
        self._desk = desk
        purposes = [(label(one), one) for one in ConsentPurpose]
        self.purpose = ChoiceField[ConsentPurpose](gettext("&Purpose"), purposes, required=True)
        self.code = LineField(gettext("&Version"), required=True, max_length=_CODE, example="2026-12")
        self.add_row(purpose=self.purpose, code=self.code)
        self.chinese = self.add("zh_CN", TextField(gettext("&Chinese"), lines=4, max_length=_WORDS))
        self.english = self.add("en", TextField(gettext("&English"), lines=4, max_length=_WORDS))
        if before is not None:
            self.purpose.set_value(before.purpose)
            self.code.set_value(before.code if free else "")
            self.chinese.set_value(before.words.get("zh_CN", ""))
            self.english.set_value(before.words.get("en", ""))
        self.fields.mark_clean()

    @override
    def send(self) -> None:
        texts = (self.chinese.typed(), self.english.typed())
        request = KeepWording(
            self.purpose.value() or ConsentPurpose.SERVICE,
            self.code.typed(),
            dict(zip(_LANGUAGES, texts, strict=True)),
        )

        def work(session: "Session", context: "Context") -> "Outcome[str]":
            return keep(session, request, context)

        self._desk.jobs.write(self, work, lambda _code: self.accept(), self.refused)


class WordingsPage(QWidget):
    """The versions with their verbs."""

    def __init__(self, desk: Desk) -> None:
        """Build; the versions come from the database."""
        super().__init__()
        self._desk = desk
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "settings.wordings", self)
        self.view.setAccessibleName(gettext("Consent wordings"))
        words = gettext("Until then the answers carry version 2026-01, the paper that hangs in the store.")
        self.view.set_empty("shield-check", gettext("No wordings yet"), words, gettext("New wording"), self.add)
        self.new = Button(gettext("&New wording"), "plus", "primary")
        self.new.clicked.connect(self.add)
        self.change = Button(gettext("&Change"), "pencil", hint="Enter")
        self.change.clicked.connect(self.edit)
        self.view.opened.connect(lambda _key: self.edit())
        if not desk.signin.context().may(Right.SETTINGS):
            for button in (self.new, self.change):
                button.refuse(gettext("Only the owner changes these."))
        note = gettext("Every answer remembers the version it was given to; a version in use never changes.")
        head = (Text(gettext("Consent wordings"), "title"), Text(note, "soft", wrap=True))
        layout = column(*head, row(self.new, self.change, None), self.view, gap=3)
        layout.setStretch(3, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Ask for the versions again."""
        self._desk.jobs.read(self, wordings, self.table.set_rows, key="wordings")

    def add(self) -> None:
        """Begin a new version."""
        self._open(None)

    def edit(self) -> None:
        """Change the chosen version; one in use is taken as the draft of a new one."""
        key = self.view.current_id()
        chosen = next((one for one in self.table.rows() if one.id == key), None)
        if chosen is not None:
            self._open(chosen)

    def _open(self, before: WordingRow | None) -> None:
        if self.new.isEnabled():
            WordingDialog(self, self._desk, before).open()
