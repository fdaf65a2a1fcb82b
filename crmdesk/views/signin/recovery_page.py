"""The store cannot be opened: what happened, what is safe, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support.sentence import Sentence
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

_WIDTH: Final = 680
_LIST_HEIGHT: Final = 220


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """One backup as it is offered: when, what is in it."""

    path: Path
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the page is about.

    Attributes:
        sentence: what happened, what to do, what is safe.
        details: for support; no names of people.
        can_restore: whether a backup may take the place of the file.
        can_rescue: whether rows may still be read from the file.
        can_retry: whether trying again can help.
        can_move: whether another folder can be chosen.
        retry: other words than "Try again".
    """

    sentence: Sentence
    details: str
    can_restore: bool = True
    can_rescue: bool = False
    can_retry: bool = True
    can_move: bool = True
    retry: str = ""


class RecoveryPage(StartPage):
    """Restore, choose another folder, try again, copy the details, close."""

    restore_asked = Signal(object)  # Path
    rescue_asked = Signal()
    folder_asked = Signal()
    retry_asked = Signal()
    close_asked = Signal()

    def __init__(self, trouble: Trouble, backups: Sequence[BackupChoice]) -> None:
        """Say what happened; `backups` are the verified ones, newest first."""
        super().__init__(_WIDTH)
        self._details = trouble.details
        self._group = QButtonGroup(self)
        self._paths: dict[int, Path] = {}
        self._restore = Button(gettext("Restore this backup"), "database-backup", "primary")
        self._retry = Button(trouble.retry or gettext("Try again"), "" if trouble.retry else "refresh-cw")
        self._rescue = Button(gettext("Rescue what can be read"), "list-checks")
        self._say(trouble.sentence)
        if trouble.can_restore:
            self._offer(backups)
        self._add_buttons(trouble, restores=trouble.can_restore and bool(backups))

    def _say(self, sentence: Sentence) -> None:
        words = column(Text(sentence.title, "title", wrap=True), gap=2)
        if sentence.what_to_do:
            words.addWidget(Text(sentence.what_to_do, "body", wrap=True))
        line = row(column(IconLabel("triangle-alert", Tone.WARN, size=24), None), words, gap=4)
        line.setStretch(1, 1)
        self.panel.add(line)
        if sentence.safe:
            safe = row(IconLabel("shield-check", Tone.OK), Text(sentence.safe, "body", Tone.OK, wrap=True), gap=3)
            safe.setStretch(1, 1)
            self.panel.add(safe)

    def _offer(self, backups: Sequence[BackupChoice]) -> None:
        if not backups:
            self.panel.add(Text(gettext("There is no verified backup in the backup folder."), "muted", wrap=True))
            return
        self.panel.add(SubHeading(gettext("Verified backups")))
        inner = ScrollColumn(gap=1)
        inner.setFixedHeight(min(_LIST_HEIGHT, len(backups) * 64 + 4))
        for number, backup in enumerate(backups):
            card = ChoiceCard(backup.title, backup.detail, (gettext("verified"), Tone.OK, "shield-check"))
            self._group.addButton(card, number)
            self._paths[number] = backup.path
            inner.add(card)
        inner.add_stretch()
        self._group.setExclusive(True)
        self._group.button(0).setChecked(True)
        self.panel.add(inner)
        self.panel.add(Text(gettext("The present file is kept aside; nothing is thrown away."), "muted", wrap=True))

    def _add_buttons(self, trouble: Trouble, *, restores: bool) -> None:
        folder = Button(gettext("Choose another folder"), "folder-open")
        folder.clicked.connect(self.folder_asked)
        copy = Button(gettext("Copy details"), "copy", "quiet")
        copy.clicked.connect(self._copy)
        close = Button(gettext("Close"), "", "quiet")
        close.clicked.connect(self.close_asked)
        self._restore.clicked.connect(self._ask_restore)
        self._retry.clicked.connect(self.retry_asked)
        self._rescue.clicked.connect(self.rescue_asked)
        if not restores:
            self._retry.set_kind("primary")
        first = row(self._restore, self._retry, folder, None, gap=2)
        self.panel.add(first)
        self.panel.add(row(self._rescue, copy, close, None, gap=2))
        for button, wanted in (
            (self._restore, restores),
            (self._rescue, trouble.can_rescue),
            (self._retry, trouble.can_retry),
            (folder, trouble.can_move),
        ):
            show_if(button, wanted)

    @override
    def take_focus(self) -> None:
        target = self._restore if self._restore.isVisibleTo(self) else self._retry
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing more while a backup is brought back."""
        self.panel.setEnabled(not busy)

    @Slot()
    def _ask_restore(self) -> None:
        chosen = self._paths.get(self._group.checkedId())
        if chosen is not None:
            self.restore_asked.emit(chosen)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
