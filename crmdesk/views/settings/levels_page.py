"""The rules of levels and points; what a change would do is shown before it is saved."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings import setting
from crmdesk.db.session import Session
from crmdesk.queries.level_case import RuleEffect, rule_effect
from crmdesk.queries.level_day import to_renew
from crmdesk.queries.settings import store_settings
from crmdesk.services import levels
from crmdesk.views.settings.rules_page import RulesPage
from crmdesk.views.settings.setting_field import value_of
from crmdesk.views.support.columns import Column
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmdesk.queries.level_case import Moving

LEVELS_GROUP = mark("Levels and points")
_LIST_HEIGHT = 260


class LevelsPage(RulesPage):
    """The group of levels and points, with a look at what a change would do."""

    def __init__(self, desk: Desk, title: str, settings: Any, note: str = "") -> None:  # noqa: ANN401 - of every kind
        """Show ``settings``."""
        super().__init__(desk, title, settings, note)
        self.look = Button(gettext("What would change?"), "eye")
        self.look.clicked.connect(self.preview)
        self._verbs.insertWidget(1, self.look)

    def preview(self) -> None:
        """Read what the rules as typed would do."""
        if not self._set.check():
            return
        typed = {key: value_of(field) for key, field in self._fields.items()}

        def work(session: Session, context: Context) -> RuleEffect:
            values = store_settings(session, context.store.id)
            for key, value in typed.items():
                values = values.changed(setting(key), value)
            return rule_effect(session, values, context)

        self._desk.jobs.read(self, work, self._show_effect, key="effect")

    def _show_effect(self, effect: RuleEffect) -> None:
        EffectDialog(self, self._desk, effect, self._save).open()

    @override
    def _saved(self, _values: SettingValues) -> None:
        super()._saved(_values)
        self._desk.jobs.read(self, to_renew, self._renew, background=True)

    def _renew(self, keys: list[int]) -> None:
        """Work the levels out by the new rule, a few in each write."""
        parts = [keys[start : start + levels.AT_ONCE] for start in range(0, len(keys), levels.AT_ONCE)]
        steps: Iterable[Callable[[Session, Context], Outcome[int]]] = [partial(_renew_part, part) for part in parts]
        if parts:
            self._desk.jobs.write_long(self, steps, lambda _done: None, total=len(parts))


def _renew_part(keys: list[int], session: Session, context: Context) -> Outcome[int]:
    return levels.renew_part(session, keys, context)


class EffectDialog(FormDialog):
    """How many go up and down, and who; saves when it is agreed to."""

    def __init__(self, parent: QWidget, desk: Desk, effect: RuleEffect, save: Callable[[], None]) -> None:
        """Show ``effect``."""
        super().__init__(parent, gettext("What these rules change"), gettext("Save the rules"), _words(effect), WIDE)
        self._save_rules = save
        columns: list[Column[Moving]] = [
            Column("number", mark("Member number"), lambda one: one.number, 120),
            Column("name", mark("Name"), lambda one: one.name, 140, stretch=True),
            Column("before", mark("Level now"), lambda one: label(one.before), 120),
            Column("after", mark("By these rules"), lambda one: label(one.after), 120),
        ]
        self.table = ListTable(columns, self)
        self.view = RowTableView(self.table, desk.settings, "settings.levels", self)
        self.view.setAccessibleName(gettext("Members whose level changes"))
        self.view.set_empty("award", gettext("Nobody's level changes"), "")
        self.view.setMinimumHeight(_LIST_HEIGHT)
        self.table.set_rows(effect.sample)
        self.add_part(self.view)

    @override
    def send(self) -> None:
        self.accept()
        self._save_rules()


def _words(effect: RuleEffect) -> str:
    up = ngettext("{count} member goes up", "{count} members go up", effect.up).format(count=f"{effect.up:,}")
    down = ngettext("{count} goes down after the grace", "{count} go down after the grace", effect.down)
    moves = [
        gettext("{before} → {after}: {count}").format(before=label(before), after=label(after), count=f"{count:,}")
        for (before, after), count in sorted(effect.moves.items())
    ]
    return " · ".join([up, down.format(count=f"{effect.down:,}"), *moves])
