"""The first start: five things, each of which may be left as it stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.i18n import current_language, gettext
from crmdesk.core.pins import LONGEST, checked_pin
from crmdesk.core.settings_store import PIN_SHORTEST
from crmdesk.views.signin.folder_field import FolderField
from crmdesk.views.signin.start_page import NAMES, StartPage
from crmdesk.views.support.drafts import DraftState
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.forms import Form
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import Text, show_if

_WIDTH: Final = 640
_NAME_LENGTH: Final = 120
_CODE_LENGTH: Final = 6
_FIRST_CODE: Final = "01"


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What was entered; empty words stand for what the program chose itself."""

    language: str
    store_name: str
    store_code: str
    owner_name: str
    pin: str
    folder: Path
    printer: str


class FirstStartPage(StartPage):
    """Language, store, person, folder, printer; everything has an answer already."""

    begin_asked = Signal(object)  # FirstStart
    sample_asked = Signal()

    def __init__(self, folder: Path, printers: list[str], *, offers_sample: bool = False) -> None:
        """Offer `folder` for the data, the printers of this computer (the usual one first), and maybe a sample."""
        super().__init__(_WIDTH, languages=False)
        self._folder = folder
        self._form = Form()
        self._make_fields(printers)
        self._begin = Button(gettext("Begin"), "", "primary", "Ctrl+Enter")
        self._begin.clicked.connect(self._form.fields.submit)
        skip = Button(gettext("Skip, I will set it up later"), kind="link")
        skip.clicked.connect(self._skip)
        sample = Button(gettext("Just look around with sample data"), kind="link")
        sample.clicked.connect(self.sample_asked)
        self._form.fields.submitted.connect(self._submit)
        self.panel.add(
            column(
                Text(gettext("Welcome"), "title"),
                Text(
                    gettext("Five things, and the store can open. Leave empty what you do not know yet."),
                    "soft",
                    wrap=True,
                ),
                gap=1,
            )
        )
        self.panel.add(self._form)
        self.panel.add(row(self._begin, skip, None, sample, gap=4))
        show_if(sample, offers_sample)

    def _make_fields(self, printers: list[str]) -> None:
        self._language = SegmentedChoice(list(NAMES.items()), gettext("Language"))
        self._language.choose(current_language())
        self._language.chosen.connect(self._change_language)
        self._store = LineField(
            gettext("&Store name"),
            hint=gettext("on every paper"),
            max_length=_NAME_LENGTH,
            example=gettext("My store"),
        )
        self._code = LineField(
            gettext("Store &code"),
            hint=gettext("in every number"),
            max_length=_CODE_LENGTH,
            example=_FIRST_CODE,
        )
        self._owner = LineField(gettext("Your &name"), max_length=_NAME_LENGTH, example=gettext("Shop owner"))
        self._pin = LineField(
            gettext("Your &PIN"),
            hint=gettext("at least {count} digits").format(count=PIN_SHORTEST.default),
            max_length=LONGEST,
        )
        self._pin.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._where = FolderField(
            gettext("Where the &data lives"),
            gettext("Folder for the store's data"),
            hint=gettext("a disk of this computer"),
        )
        self._where.set_value(self._folder)
        self._printer = ChoiceField(
            gettext("P&rinter for slips"), [(name, name) for name in printers], empty=gettext("Choose later")
        )
        self._printer.set_value(printers[0] if printers else None)
        form = self._form
        form.column.addLayout(column(Text(gettext("Language"), "field"), self._language, gap=1))
        form.add_row(name=self._store, code=self._code)
        form.add_row(owner_name=self._owner, pin=self._pin)
        form.add("folder", self._where)
        form.add("printer", self._printer)

    @override
    def take_focus(self) -> None:
        self._store.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> DraftState:
        """Give what was typed, for a page in another language; never the PIN."""
        return {name: state for name, state in self._form.fields.draft().items() if name != "pin"}

    def restore(self, state: DraftState) -> None:
        """Put a draft back."""
        self._form.fields.restore(state)

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing more while the store is made."""
        self.panel.setEnabled(not busy)

    def failed(self, error: Exception) -> None:
        """Say at its field, or over the page, why it could not begin."""
        self.set_busy(busy=False)
        self._form.fields.failed(error)

    @Slot()
    def _change_language(self) -> None:
        language = str(self._language.current)
        if language != current_language():
            self.language_chosen.emit(language)

    @Slot()
    def _skip(self) -> None:
        self.begin_asked.emit(
            FirstStart(
                current_language(), gettext("My store"), _FIRST_CODE, gettext("Shop owner"), "", self._folder, ""
            )
        )

    @Slot()
    def _submit(self) -> None:
        try:
            pin = checked_pin(self._pin.typed(), PIN_SHORTEST.default) if self._pin.typed() else ""
            code = _checked_code(self._code.typed() or _FIRST_CODE)
        except InvalidFieldError as error:
            self._form.fields.failed(error)
            return
        self.begin_asked.emit(
            FirstStart(
                current_language(),
                self._store.typed() or gettext("My store"),
                code,
                self._owner.typed() or gettext("Shop owner"),
                pin,
                self._where.value() or self._folder,
                self._printer.value() or "",
            )
        )


def _checked_code(typed: str) -> str:
    if not (typed.isascii() and typed.isalnum()):
        raise InvalidFieldError("code", "not_a_code", typed)
    return typed
