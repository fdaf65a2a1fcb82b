"""The store's rules: every declared setting by group, each with its sentence, unit and usual value."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.setting import Setting, SettingValues
from crmdesk.db.session import Session
from crmdesk.queries.settings import store_settings
from crmdesk.services.settings import ChangeSettings, change_settings
from crmdesk.views.settings.setting_field import field_for, value_of
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.views.settings.setting_field import SettingField


def _values(session: Session, context: Context) -> SettingValues:
    return store_settings(session, context.store.id)


def _change(request: ChangeSettings, session: Session, context: Context) -> Outcome[SettingValues]:
    return change_settings(session, request, context)


class RulesPage(QWidget):
    """The settings of one group."""

    def __init__(self, desk: Desk, title: str, settings: Sequence[Setting[Any]], note: str = "") -> None:
        """Show ``settings``; values come from the database."""
        super().__init__()
        self._desk = desk
        self._settings = tuple(settings)
        self._fields: dict[str, SettingField] = {}
        self._set = FieldSet(self)
        self._set.submitted.connect(self._save)
        self._scroll = ScrollColumn(gap=3)
        self._button = Button(gettext("Save"), "check", "primary", "Ctrl+Enter")
        self._button.clicked.connect(self._set.submit)
        parts = [Text(title, "title")]
        if note:
            parts.append(Text(note, "soft", wrap=True))
        self._verbs = row(self._button, None)
        layout = column(*parts, self._scroll, self._verbs, gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Show the values in force, unless something was typed."""
        if not self._set.is_dirty():
            self._desk.jobs.read(self, _values, self._show, key="settings")

    def _show(self, values: SettingValues) -> None:
        may = self._desk.signin.context().may(Right.SETTINGS)
        self._scroll.clear()
        self._fields.clear()
        for setting in self._settings:
            field = self._set.add(setting.key, field_for(setting, values))
            field.setEnabled(may)
            self._fields[setting.key] = field
            self._scroll.add(field)
        self._scroll.add_stretch()
        self._set.mark_clean()
        if may:
            self._button.allow()
        else:
            self._button.refuse(gettext("Only the owner changes these."))

    def _save(self) -> None:
        request = ChangeSettings({key: value_of(field) for key, field in self._fields.items()})
        self._desk.jobs.write(self, partial(_change, request), self._saved, self._refused)

    def _saved(self, _values: SettingValues) -> None:
        self._set.mark_clean()
        self._desk.toasts.show(gettext("Settings saved"))

    def _refused(self, error: Exception) -> None:
        key = str(getattr(error, "key", ""))
        sentence = errors.explain(error)
        if key in self._fields and sentence is not None:
            self._set.show_problems({key: sentence.line()})
        else:
            errors.show(self, error)
