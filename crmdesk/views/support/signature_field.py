"""A field to sign in, and the tick for a signature on paper."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QVBoxLayout
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.strokes import from_text, is_signature, to_text
from crmdesk.views.support.field import Field
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.signature_pad import SignaturePad


@dataclass(frozen=True, slots=True)
class Signed:
    """How somebody signed: on paper, or with these strokes (`core.strokes.to_text`)."""

    on_paper: bool = False
    strokes: str = ""


class SignatureField(Field[Signed]):
    """Signed on screen, or ticked as signed on paper; `value` is None until one of both is true."""

    def __init__(self, label: str, *, required: bool = True, paper_words: str = "") -> None:
        """Build empty; ``paper_words`` are those of the tick, with their mnemonic."""
        self.pad = SignaturePad()
        super().__init__(label, self.pad, required=required)
        self.paper = QCheckBox(paper_words or gettext("Signed on &paper"))
        self._undo = Button(gettext("Undo stroke"), "undo-2")
        self._clear = Button(gettext("Clear"), "x")
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row(self.paper, None, self._undo, self._clear))
        self._undo.clicked.connect(lambda _checked=False: self.pad.undo())
        self._clear.clicked.connect(lambda _checked=False: self.pad.clear())
        self.pad.changed.connect(self._written)
        self.paper.toggled.connect(self._written)
        self._show_buttons()

    def _written(self, *_args: object) -> None:
        self._show_buttons()
        self._typed()

    def _show_buttons(self) -> None:
        some = bool(self.pad.strokes)
        self._undo.setEnabled(some)
        self._clear.setEnabled(some)

    @override
    def value(self) -> Signed | None:
        if is_signature(self.pad.strokes):
            return Signed(self.paper.isChecked(), to_text(self.pad.strokes))
        return Signed(on_paper=True) if self.paper.isChecked() else None

    @override
    def set_value(self, value: Signed | None) -> None:
        self.paper.setChecked(value is not None and value.on_paper)
        self.pad.set_strokes(from_text(value.strokes) if value is not None and value.strokes else ())
        self._show_buttons()

    @override
    def is_empty(self) -> bool:
        return not self.pad.strokes and not self.paper.isChecked()

    @override
    def problem(self) -> str:
        if self.pad.strokes and self.value() is None:
            return gettext("This is too little for a signature.")
        return ""

    @override
    def draft(self) -> object:
        return [self.paper.isChecked(), len(self.pad.strokes)]  # what a hand wrote is never kept in a draft

    @override
    def restore(self, state: object) -> None:
        self.set_value(Signed(on_paper=isinstance(state, list) and state[:1] == [True]))
