"""Fields that are saved together: values, problems, draft, keys."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.i18n import gettext
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.drafts import DraftState
from crmdesk.views.support.field import Field
from crmdesk.views.support.widgets.fields_layout import FieldsLayout

F = TypeVar("F", bound=Field[Any])
GAP = 12


class FieldSet(QObject):
    """The fields of one thing, wherever they lie on the page; also takes Ctrl+Enter and Esc for that page."""

    changed = Signal()
    submitted = Signal()  # Ctrl+Enter or the button, and every field is well
    cancelled = Signal()  # Esc, and the person agreed to lose what she typed

    def __init__(self, page: QWidget) -> None:
        """Serve `page`, the widget that holds the fields."""
        super().__init__(page)
        self._page = page
        self._fields: dict[str, Field[Any]] = {}
        self._clean: DraftState = {}
        self._key("Ctrl+Return", self.submit)
        self._key("Ctrl+Enter", self.submit)
        self._key("Esc", self.cancel)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        action = QAction(self._page)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._page.addAction(action)

    def add(self, name: str, field: F) -> F:
        """Take `field` in under the name that services use for it, and give it back."""
        self._fields[name] = field
        self._clean[name] = field.draft()
        field.changed.connect(self.changed)
        return field

    def fields(self) -> dict[str, Field[Any]]:
        """Give the fields by name."""
        return dict(self._fields)

    def values(self) -> dict[str, Any]:
        """Give the value of every field by name."""
        return {name: field.value() for name, field in self._fields.items()}

    # -- problems ------------------------------------------------------------------------------

    def check(self) -> bool:
        """Show every field's problem and go to the first; tell whether all is well."""
        wrong = [field for field in self._fields.values() if field.isVisibleTo(self._page) and not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Show sentences under the fields of these names and go to the first."""
        for name, sentence in sentences.items():
            self._fields[name].show_problem(sentence)
        self._focus(sentences)

    def failed(self, error: Exception) -> None:
        """Take a failure of the save: at its field when it names one, otherwise over the page."""
        sentence = errors.explain(error)
        if isinstance(error, InvalidFieldError) and error.field in self._fields and sentence is not None:
            self.show_problems({error.field: sentence.line()})
        else:
            errors.show(self._page, error)

    def _focus(self, names: Iterable[str]) -> None:
        for name in names:
            self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            return

    # -- saving and leaving --------------------------------------------------------------------

    def submit(self) -> None:
        """Check, and say that the page may be saved."""
        if self.check():
            self.submitted.emit()

    def cancel(self) -> None:
        """Leave; asks only when something would be lost."""
        if not self.is_dirty():
            self.cancelled.emit()
            return
        ask(
            self._page,
            gettext("Throw away what you typed?"),
            "",
            [Verb(gettext("Throw away"), self.cancelled.emit, Kind.DANGER), Verb(gettext("Keep typing"))],
        )

    def is_dirty(self) -> bool:
        """Tell whether anything differs from the last `mark_clean`."""
        return self._state() != self._clean

    def mark_clean(self) -> None:
        """Take what is typed now as saved."""
        self._clean = self._state()

    def clear(self) -> None:
        """Empty all fields."""
        for field in self._fields.values():
            field.set_value(None)
            field.show_problem("")
        self.mark_clean()

    def _state(self) -> DraftState:
        return {name: field.draft() for name, field in self._fields.items()}

    def draft(self) -> DraftState:
        """Give the typing for `Drafts`; empty when nothing was typed."""
        return self._state() if self.is_dirty() else {}

    def restore(self, state: DraftState) -> None:
        """Put a draft back; names that are gone are left out."""
        for name, typed in state.items():
            if name in self._fields:
                self._fields[name].restore(typed)


class Form(QWidget):
    """A plain form: rows of fields one below the other. Pages with their own layout use `FieldSet` alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.fields = FieldSet(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def add(self, name: str, field: F) -> F:
        """Add a field on a row of its own."""
        self.column.addWidget(self.fields.add(name, field))
        return field

    def add_row(self, **fields: Field[Any]) -> None:
        """Add fields side by side."""
        parts = ((self.fields.add(name, field), 1) for name, field in fields.items())
        self.column.addLayout(FieldsLayout(*parts, gap=3))
