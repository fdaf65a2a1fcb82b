"""What the store asks of its goods: the fields of each kind, and fields of its own."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.item_templates import ItemFieldKind, fields_for
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.settings_goods import ITEM_FIELDS, OwnField
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.session import Session
from crmdesk.queries.settings import store_settings
from crmdesk.services.goods_fields import AddField, add_field, drop_field
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.fields import ChoiceField, LineField, TagsField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import ShortText, Text, show_if

_KINDS = {
    ItemFieldKind.TEXT: mark("Text"),
    ItemFieldKind.NUMBER: mark("A number"),
    ItemFieldKind.CHOICE: mark("One of a list"),
    ItemFieldKind.DAY: mark("Day"),
    ItemFieldKind.YES_NO: mark("Yes or no"),
}


def _own(session: Session, context: Context) -> tuple[OwnField, ...]:
    return store_settings(session, context.store.id).get(ITEM_FIELDS)


def _add(request: AddField, session: Session, context: Context) -> Outcome[tuple[OwnField, ...]]:
    return add_field(session, request, context)


def _drop(key: str, session: Session, context: Context) -> Outcome[tuple[OwnField, ...]]:
    return drop_field(session, key, context)


def _told(one: OwnField) -> str:
    words = [one.name, gettext(_KINDS[one.kind])]
    return " · ".join([*words, gettext(", ").join(one.choices)] if one.choices else words)


class GoodsPage(QWidget):
    """Each kind of goods with what is asked of it."""

    def __init__(self, desk: Desk) -> None:
        """Build; the store's own fields come from the database."""
        super().__init__()
        self._desk = desk
        self.fields: tuple[OwnField, ...] = ()
        self._may = desk.signin.context().may(Right.SETTINGS)
        self._scroll = ScrollColumn(gap=3)
        self.add_button = Button(gettext("New field"), "plus", "primary")
        self.add_button.clicked.connect(self._ask)
        if not self._may:
            self.add_button.refuse(gettext("Only the owner changes these."))
        hint = Text(
            gettext("Asked at the intake, printed on the slip, and there again when the thing comes back."), "soft"
        )
        hint.setWordWrap(True)
        layout = column(Text(gettext("Goods taken in"), "title"), hint, row(self.add_button, None), self._scroll, gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Ask for the fields again."""
        self._desk.jobs.read(self, _own, self._show, key="goods")

    def _show(self, fields: tuple[OwnField, ...]) -> None:
        self.fields = fields
        self._scroll.clear()
        for category in ItemCategory:
            usual = gettext(", ").join(one.name() for one in fields_for(category))
            head = QWidget()
            head.setLayout(column(SubHeading(label(category)), Text(usual, "soft", wrap=True), gap=0))
            self._scroll.add(head)
            for one in fields:
                if one.category is category:
                    self._scroll.add(self._line(one))
        self._scroll.add_stretch()

    def _line(self, one: OwnField) -> QWidget:
        drop = IconButton("trash-2", gettext("No longer ask {name}").format(name=one.name))
        drop.clicked.connect(partial(self._ask_drop, one))
        drop.setEnabled(self._may)
        words = ShortText(_told(one))
        line = QWidget()
        line.setLayout(row(words, drop))
        return line

    def _ask(self) -> None:
        FieldDialog(self, self._desk).open()

    def _ask_drop(self, one: OwnField, _checked: object = None) -> None:
        ask(
            self,
            gettext("No longer ask {name}?").format(name=one.name),
            gettext("What was filled in so far stays in the data, but is no longer shown."),
            [Verb(gettext("No longer ask"), partial(self._drop, one.key), Kind.DANGER), Verb(gettext("Keep asking"))],
        )

    def _drop(self, key: str) -> None:
        self._desk.jobs.write(self, partial(_drop, key), self._show)


class FieldDialog(FormDialog):
    """One more question about a kind of goods."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Begin empty."""
        super().__init__(parent, gettext("New field"), gettext("Save"))
        self._desk = desk
        kinds = [(label(one), one) for one in ItemCategory]
        self.category = self.add("category", ChoiceField(gettext("Kind of goods"), kinds, required=True))
        self.name = self.add("name", LineField(gettext("Name of the field"), required=True, max_length=24))
        ways = [(gettext(words), one) for one, words in _KINDS.items()]
        self.kind = self.add("kind", ChoiceField(gettext("Filled in with"), ways, required=True))
        self.kind.set_value(ItemFieldKind.TEXT)
        hint = gettext("divided by commas")
        self.choices = self.add("choices", TagsField(gettext("What can be chosen"), hint=hint, max_tags=12))
        self.kind.changed.connect(self._show_choices)
        self._show_choices()

    def _show_choices(self) -> None:
        show_if(self.choices, self.kind.value() is ItemFieldKind.CHOICE)

    @override
    def send(self) -> None:
        category, kind = self.category.value(), self.kind.value()
        if category is None or kind is None:
            return
        if kind is ItemFieldKind.CHOICE and self.choices.is_empty():
            self.refused(InvalidFieldError("choices", "empty"))
            return
        request = AddField(category, self.name.value() or "", kind, self.choices.value())
        self._desk.jobs.write(self, partial(_add, request), self._done, self.refused)

    def _done(self, _fields: object) -> None:
        self.accept()
        self._desk.toasts.show(gettext("Settings saved"))
