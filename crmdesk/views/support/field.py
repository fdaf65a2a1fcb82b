"""One entry of a form: the label above, the control, and the sentence that says what is wrong with it."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.mnemonics import without_mnemonic
from crmdesk.views.support.widgets.text import ShortText, set_look

T = TypeVar("T")
GAP = 4
_HINT_LEAST = 150
_WRAPS_FROM = 40  # letters; shorter labels stay on one line


class _Hint(ShortText):
    """Words at the right of the label: short ones are never cut, long ones end in an ellipsis."""

    @override
    def minimumSizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self.text()) + 1
        return QSize(min(whole, _HINT_LEAST), super().minimumSizeHint().height())

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.updateGeometry()


class Field(QWidget, Generic[T]):
    """Base of all fields; `T` is what `value` gives when something acceptable is typed."""

    changed = Signal()
    left = Signal()  # the focus went elsewhere

    def __init__(self, label: str, editor: QWidget, *, required: bool = False, hint: str = "") -> None:
        """Build around `editor`.

        Args:
            label: translated; ``&`` marks the mnemonic.
            editor: the control that takes the typing.
            required: whether it may not stay empty.
            hint: short words at the right of the label, such as what is printed.
        """
        super().__init__()
        self.editor = editor
        self.required = required
        self._label_text = label
        self._label = QLabel(f"{label} *" if required else label)
        self._label.setProperty("role", "field")
        self._label.setWordWrap(len(label) > _WRAPS_FROM)
        self._label.setBuddy(editor)
        self._hint = _Hint(hint, "small")
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        self._build()
        self.setFocusProxy(editor)
        self._name_for_readers()
        editor.installEventFilter(self)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._label, 2 if self._label.wordWrap() else 0)
        head.addWidget(self._hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.editor)
        column.addWidget(self._problem)

    def _name_for_readers(self) -> None:
        name = without_mnemonic(self._label_text)
        self.editor.setAccessibleName(gettext("{label}, required").format(label=name) if self.required else name)

    # -- what subclasses say ---------------------------------------------------------------------

    def value(self) -> T | None:
        """Give what is typed; None when it is empty or not acceptable."""
        raise NotImplementedError

    def set_value(self, value: T | None) -> None:
        """Show `value`."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return self.value() is None

    def problem(self) -> str:
        """Say what is wrong with the form of what is typed; empty when nothing is."""
        return ""

    def draft(self) -> object:
        """Give the typing itself as a JSON value, also when it is not acceptable."""
        raise NotImplementedError

    def restore(self, state: object) -> None:
        """Put back what `draft` gave."""
        raise NotImplementedError

    # -- problems ----------------------------------------------------------------------------------

    def check(self) -> bool:
        """Show what is wrong under the control; tell whether all is well."""
        sentence = gettext("Please fill this in.") if self.required and self.is_empty() else ""
        self.show_problem(self.problem() or sentence)
        return not self.has_problem()

    def show_problem(self, sentence: str) -> None:
        """Show a sentence under the control; an empty one takes it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        set_look(self.editor, wrong=bool(sentence))
        self.editor.setAccessibleDescription(sentence or self._hint.text())

    def has_problem(self) -> bool:
        """Tell whether a sentence is shown."""
        return not self._problem.isHidden()

    def problem_text(self) -> str:
        """Give the sentence that is shown."""
        return self._problem.text() if self.has_problem() else ""

    def set_hint(self, hint: str) -> None:
        """Change the words at the right of the label."""
        self._hint.setText(hint)
        if not self.has_problem():
            self.editor.setAccessibleDescription(hint)

    def hint_words(self) -> str:
        """Give the words at the right of the label."""
        return self._hint.text()

    def label_words(self) -> str:
        """Give the label as it is read."""
        return without_mnemonic(self._label_text)

    def set_label(self, label: str) -> None:
        """Change the label."""
        self._label_text = label
        self._label.setText(f"{label} *" if self.required else label)
        self._name_for_readers()

    def set_required(self, required: bool) -> None:  # noqa: FBT001 - a setter like Qt's
        """Change whether it may stay empty."""
        self.required = required
        self.set_label(self._label_text)

    def _typed(self, *_args: object) -> None:
        self.show_problem("")
        self.changed.emit()

    def _left(self) -> None:
        """Check the form of what is typed when the focus leaves; emptiness is told when saving."""
        self.show_problem(self.problem())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the focus leave the control."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self._left()
            self.left.emit()
        return super().eventFilter(watched, event)
