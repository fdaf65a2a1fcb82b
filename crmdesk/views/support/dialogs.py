"""Questions to the person: never blocking, with verbs on the buttons; the only place that opens file dialogs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,  # noqa: TID251 - the one wrapper
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crmdesk.core.i18n import gettext
from crmdesk.views.support import dialog_room
from crmdesk.views.support.widgets.dialog_body import DialogBody

WIDTH = 440
MARGIN = 20
GAP = 12
_last_folders: list[Path] = []  # at most one: where the person last chose a file


class Kind(StrEnum):
    """How a button looks; the style sheet knows these names."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


def _nothing() -> None:
    """Do nothing: the dialog closes."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One button: what it says and what it does."""

    label: str
    run: Callable[[], None] = _nothing
    kind: Kind = Kind.PLAIN


class Question(QDialog):
    """A sentence, what it means, something to fill in if need be, and a row of verbs."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        """Show `title` large and `text` below."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(min(WIDTH, dialog_room.room_for(self).width()))
        self._body = DialogBody(self._room_of_body)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self._body, 1)
        column.addLayout(self._buttons)
        self._say(title, "heading")
        if text:
            self._say(text, "soft")

    def _room_of_body(self) -> QSize:
        """Give what the screen leaves above the verbs."""
        room = dialog_room.room_for(self)
        height = self._buttons.sizeHint().height() + GAP + 2 * MARGIN
        return QSize(room.width() - 2 * MARGIN, room.height() - height)

    def _say(self, text: str, role: str) -> None:
        label = QLabel(text)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body.add(label)

    def add(self, widget: QWidget) -> None:
        """Put `widget` between the text and the verbs."""
        self._body.add(widget)

    def add_verb(self, verb: Verb, *, closes: bool = True) -> QPushButton:
        """Add a button; Enter presses the primary one.

        Args:
            verb: what it says and does.
            closes: whether the dialog goes away before the verb runs.
        """
        button = QPushButton(verb.label)
        button.setProperty("kind", verb.kind.value)
        button.setAutoDefault(verb.kind is Kind.PRIMARY)
        button.setDefault(verb.kind is Kind.PRIMARY)

        def press() -> None:
            if closes:
                self.accept()
            verb.run()

        button.clicked.connect(press)
        self._buttons.addWidget(button)
        return button

    def verbs(self) -> dict[str, QPushButton]:
        """Give the buttons by what they say."""
        return {button.text(): button for button in self.findChildren(QPushButton)}


def ask(parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb]) -> Question:
    """Ask with verbs on the buttons; returns at once, the chosen verb runs later. Esc chooses nothing."""
    question = Question(parent, title, text)
    for verb in verbs:
        question.add_verb(verb)
    question.open()
    return question


def tell(parent: QWidget | None, title: str, text: str, *more: Verb) -> Question:
    """Say something that must be read; further verbs stand before "Close"."""
    return ask(parent, title, text, [*more, Verb(gettext("Close"), kind=Kind.PLAIN if more else Kind.PRIMARY)])


def choose_files(
    parent: QWidget | None, title: str, filters: Sequence[str], chosen: Callable[[list[Path]], None]
) -> QFileDialog:
    """Let the person choose one or several existing files; `chosen` gets their paths in the order shown."""
    dialog = _file_dialog(parent, title, filters, None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    dialog.open()
    return dialog


def choose_file(
    parent: QWidget | None,
    title: str,
    filters: Sequence[str],
    chosen: Callable[[Path], None],
    *,
    folder: Path | None = None,
) -> QFileDialog:
    """Let the person choose an existing file.

    Args:
        parent: the window it belongs to.
        title: what the file is for.
        filters: as Qt writes them, ``Excel (*.xlsx *.xls)``.
        chosen: gets the path; not called when she cancels.
        folder: where to begin.
    """
    dialog = _file_dialog(parent, title, filters, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def save_file(
    parent: QWidget | None, title: str, suggested: str, filters: Sequence[str], chosen: Callable[[Path], None]
) -> QFileDialog:
    """Let the person say where to write a file; an existing one is asked about by the dialog.

    Args:
        parent: the window it belongs to.
        title: what is written.
        suggested: file name (or path) to begin with; its suffix is added when she leaves it out.
        filters: as Qt writes them.
        chosen: gets the path; not called when she cancels.
    """
    path = Path(suggested)
    dialog = _file_dialog(parent, title, filters, path.parent if path.is_absolute() else None)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(path.suffix.lstrip("."))
    dialog.selectFile(path.name)
    dialog.fileSelected.connect(lambda chosen_path: chosen(Path(chosen_path)))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget | None, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Let the person choose a folder; `chosen` is not called when she cancels."""
    dialog = _file_dialog(parent, title, (), None)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _file_dialog(parent: QWidget | None, title: str, filters: Sequence[str], folder: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if filters:
        dialog.setNameFilters(list(filters))
    # Qt's own dialog, where the system has none, leaves these two in English.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, gettext("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, gettext("File type:"))
    dialog.setDirectory(str(folder if folder is not None and folder.is_dir() else _begin_in()))
    dialog.fileSelected.connect(_remember)
    return dialog


def _begin_in() -> Path:
    """Give the folder of the last file, or the person's documents: never where the program happens to be."""
    if _last_folders and _last_folders[-1].is_dir():
        return _last_folders[-1]
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _remember(chosen: str) -> None:
    path = Path(chosen)
    _last_folders[:] = [path if path.is_dir() else path.parent]
