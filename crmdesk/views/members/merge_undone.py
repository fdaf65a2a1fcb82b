"""After a merge: what was done, with its undoing; and the merges that can still be taken back."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.queries.merged import MergeShown
from crmdesk.services.merge_undo import Undone
from crmdesk.services.merges import Merged
from crmdesk.views.members.merge_presenter import MergePresenter
from crmdesk.views.support import dialog_room
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import ShortText, Text

_SIZE = QSize(720, 440)


def say_merged(owner: QWidget, desk: Desk, made: Merged) -> None:
    """Say that two files are one, with the way back and to the page."""
    words = gettext("{gone} is part of {kept} now").format(gone=made.gone_number, kept=made.kept_number)
    page = EntityRef(EntityKind.MEMBER, made.kept_id)

    def undo() -> None:
        MergePresenter(desk, owner).read_merges(made.kept_id, undo_this)

    def undo_this(found: tuple[MergeShown, ...]) -> None:
        for one in found:
            if one.id == made.id:
                take_back(owner, desk, one)

    desk.toasts.show(words, [(gettext("Undo"), undo), (gettext("Open"), lambda: desk.navigator.open(page))])


def ask_to_take_back(owner: QWidget, desk: Desk, shown: MergeShown) -> None:
    """Say what taking back means, then do it."""
    title = gettext("Take the merge with {number} back?").format(number=shown.gone_number)
    words = gettext("Both files are as they were before. What was written since stays with {kept}.")
    verbs = [
        Verb(gettext("Undo the merge"), lambda: take_back(owner, desk, shown), Kind.PRIMARY),
        Verb(gettext("Cancel")),
    ]
    ask(owner, title, words.format(kept=shown.kept_number), verbs)


def take_back(owner: QWidget, desk: Desk, shown: MergeShown) -> None:
    """Take a merge back and say what stays."""

    def done(undone: Undone) -> None:
        words = gettext("{kept} and {gone} are two files again").format(
            kept=undone.kept_number, gone=undone.gone_number
        )
        if undone.written_since:
            stays = ngettext(
                "{count} new entry stays with {kept}", "{count} new entries stay with {kept}", undone.written_since
            )
            words += gettext("; ") + stays.format(count=undone.written_since, kept=undone.kept_number)
        page = EntityRef(EntityKind.MEMBER, undone.gone_id)
        desk.toasts.show(words, [(undone.gone_number, lambda: desk.navigator.open(page))])

    MergePresenter(desk, owner).undo(shown.id, shown.version, done)


def show_merges(owner: QWidget, desk: Desk) -> None:
    """Show the merges of all files that can still be taken back."""
    MergePresenter(desk, owner).read_merges(None, lambda found: MergesDialog(owner, desk, found).open())


class MergesDialog(QDialog):
    """The merges that can still be taken back, newest first."""

    def __init__(self, parent: QWidget, desk: Desk, found: tuple[MergeShown, ...]) -> None:
        """Show them."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(gettext("Merged lately"))
        dialog_room.fit(self, _SIZE)
        self._desk, self._owner = desk, parent
        lines = ScrollColumn(gap=2)
        self.buttons: list[Button] = []
        for one in found:
            lines.add(self._line(one))
        if not found:
            lines.add(Text(gettext("There is no merge that can be taken back."), "soft", wrap=True))
        lines.add_stretch()
        leave = Button(gettext("Close"), hint="Esc")
        leave.clicked.connect(self.reject)
        words = gettext("Taking back restores both files; what was written since stays with the one that stayed.")
        layout = column(
            Text(gettext("Merged lately"), "title"), Text(words, "soft", wrap=True), lines, row(None, leave), gap=3,
            margin=5,
        )  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _line(self, one: MergeShown) -> QWidget:
        part = QWidget()
        words = gettext("{gone} {name} → {kept}").format(gone=one.gone_number, name=one.gone_name, kept=one.kept_number)
        until = gettext("until {day}").format(day=day_text(one.undo_until))
        back = Button(gettext("Undo the merge"), "undo-2")
        back.setAccessibleName(f"{back.text()} {words}")
        back.clicked.connect(partial(self._take_back, one))
        self.buttons.append(back)
        line = row(ShortText(words), Text(f"{one.who} · {until}", "muted"), back, gap=3)
        line.setStretch(0, 1)
        part.setLayout(line)
        return part

    def _take_back(self, one: MergeShown, *_clicked: bool) -> None:
        self.accept()
        take_back(self._owner, self._desk, one)
