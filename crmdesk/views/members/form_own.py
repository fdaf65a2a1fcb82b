"""The store's own fields in the member form, each by its kind."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.member_words import FieldKind
from crmdesk.core.own_fields import LONGEST_WORDS, OwnValueError, read_words
from crmdesk.core.progress import Progress
from crmdesk.exchange.pictures import MOST_BYTES, PictureRefusedError, take_picture
from crmdesk.queries.own_fields import OwnFieldRow
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import choose_file
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.sentences_record import own_trouble_words
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import show_if

_ON_A_LINE = 3
_THUMB = 72
_EXAMPLES = {FieldKind.NUMBER: "165", FieldKind.DATE: "2026-11-21"}


class OwnLineField(LineField):
    """Words, a number or a day."""

    def __init__(self, field: OwnFieldRow) -> None:
        """Build for a field of the store."""
        super().__init__(
            field.name, required=field.required, max_length=LONGEST_WORDS, example=_EXAMPLES.get(field.kind, "")
        )
        self._kind = field.kind

    @override
    def problem(self) -> str:
        try:
            read_words(self._kind, self.typed())
        except OwnValueError as error:
            return own_trouble_words(error.reason)
        return ""


class PictureField(Field[str]):
    """A picture: chosen from a file, checked and made anew in the pool, kept under the hash of its content."""

    def __init__(self, field: OwnFieldRow, desk: Desk) -> None:
        """Build; nothing is chosen."""
        self._desk = desk
        self._name = ""
        self.choose = Button(gettext("Choose a picture…"), "image")
        self.remove = Button(gettext("Take it away"), "x", "link")
        self._picture = QLabel()
        self._picture.setAccessibleName(field.name)
        box = QWidget()
        box.setLayout(row(self._picture, self.choose, self.remove, None, gap=2))
        super().__init__(field.name, box, required=field.required)
        box.setFocusProxy(self.choose)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(lambda: self._put(""))
        if desk.photos is None:
            self.choose.refuse(gettext("Not available at this desk."))
        self._put("")

    @override
    def value(self) -> str | None:
        return self._name or None

    @override
    def set_value(self, value: str | None) -> None:
        self._put(value or "")

    @override
    def draft(self) -> object:
        return self._name

    @override
    def restore(self, state: object) -> None:
        self._put(str(state))

    def take(self, path: Path) -> None:
        """Check a file and keep it; what is no picture is said."""
        store = self._desk.photos
        if store is None:
            return

        def work(_progress: Progress) -> str:
            if path.stat().st_size > MOST_BYTES:
                raise PictureRefusedError("too_large", path.name)
            return store.put(take_picture(path.read_bytes(), path.name).jpeg)

        self._desk.jobs.compute(self, work, self._put, self._refused)

    def _refused(self, error: Exception) -> None:
        errors.show(self, error)

    def _choose(self) -> None:
        kinds = gettext("Pictures ({patterns})").format(patterns="*.jpg *.jpeg *.png *.bmp *.webp")
        choose_file(self, gettext("Choose a picture"), [kinds], self.take)

    def _put(self, name: str) -> None:
        changed, self._name = name != self._name, name
        show_if(self._picture, wanted=False)
        show_if(self.remove, bool(name))
        store = self._desk.photos
        if name and store is not None:
            self._desk.jobs.compute(self, lambda _progress: _small(store.read(name)), self._show_picture, key="picture")
        if changed:
            self._typed()

    def _show_picture(self, image: QImage) -> None:
        if self._name and not image.isNull():
            self._picture.setPixmap(QPixmap.fromImage(image))
            show_if(self._picture, wanted=True)


class OwnPart(QWidget):
    """Fields of the store below each other; `named` gives them for saving, drafts and comparing."""

    def __init__(self, desk: Desk) -> None:
        """Begin without fields."""
        super().__init__()
        self._desk = desk
        self._fields: dict[int, Field[Any]] = {}
        self._lines = column(gap=3)
        self.setLayout(self._lines)
        show_if(self, wanted=False)

    def build(self, fields: Sequence[OwnFieldRow], values: Mapping[int, str]) -> dict[str, Field[Any]]:
        """Make the fields, once, and fill them; gives the new ones by name."""
        if self._fields or not fields:
            return {}
        made = {one.id: self._made(one, values.get(one.id, "")) for one in fields}
        self._fields = made
        wide = [field for field in made.values() if isinstance(field, PictureField)]
        narrow = [field for field in made.values() if not isinstance(field, PictureField)]
        for start in range(0, len(narrow), _ON_A_LINE):
            self._lines.addLayout(FieldsLayout(*((one, 1) for one in narrow[start : start + _ON_A_LINE]), gap=3))
        for one in wide:
            self._lines.addWidget(one)
        for field_id, field in made.items():
            field.set_value(values.get(field_id) or None)
        show_if(self, wanted=True)
        return self.named()

    def fill(self, values: Iterable[tuple[int, str]]) -> None:
        """Show what stands in fields."""
        for field_id, words in values:
            if field_id in self._fields:
                self._fields[field_id].set_value(words)

    def named(self) -> dict[str, Field[Any]]:
        """Give the fields by name."""
        return {f"own{field_id}": field for field_id, field in self._fields.items()}

    def typed(self) -> dict[int, str]:
        """Give what is typed, by key of the field."""
        return {field_id: _words(field) for field_id, field in self._fields.items()}

    def _made(self, one: OwnFieldRow, value: str) -> Field[Any]:
        if one.kind is FieldKind.PICTURE:
            return PictureField(one, self._desk)
        if one.kind is FieldKind.CHOICE:
            # A choice that is gone stays with whoever has it.
            words = (*one.choices, *([value] if value and value not in one.choices else []))
            return ChoiceField[str](one.name, [(word, word) for word in words], required=one.required)
        return OwnLineField(one)


def _words(field: Field[Any]) -> str:
    return field.typed() if isinstance(field, LineField) else str(field.value() or "")


def _small(content: bytes | None) -> QImage:
    image = QImage.fromData(content) if content else QImage()
    if image.isNull():
        return image
    return image.scaled(_THUMB, _THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
