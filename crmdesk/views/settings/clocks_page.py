"""Clocks: whose rules the store follows, when they warn, and every clock with its source."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.settings_service import CLOCK_REGION, CLOCK_WARNING_PERCENT
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.clock_settings import ClockRow, ClockSettings, clock_settings
from crmdesk.services import clock_rules as service
from crmdesk.services.clock_rules import ChooseRegion, ClockChoice
from crmdesk.views.settings.clock_dialog import ClockDialog
from crmdesk.views.settings.clock_words import PAUSES, STARTS, STOPS, kinds_words, length_words, whose_words
from crmdesk.views.settings.setting_field import choice_words
from crmdesk.views.support import errors
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.fields import ChoiceField, NumberField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.tokens import ROW
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

# These stand here and not among the other rules.
SHOWN_HERE = (CLOCK_REGION, CLOCK_WARNING_PERCENT)
_LEAST_ROWS: Final = 7

COLUMNS: tuple[Column[ClockRow], ...] = (
    Column("title", mark("Clock"), lambda one: one.rule.title_now(), 170, tooltip=lambda one: one.rule.title_now()),
    Column("kinds", mark("For"), lambda one: kinds_words(one.rule), 84),
    Column("length", mark("Length"), lambda one: length_words(one.rule), 112),
    Column("start", mark("Begins with"), lambda one: gettext(STARTS[one.rule.start]), 116),
    Column("stops", mark("Ends with"), lambda one: gettext(STOPS[one.rule.stops]), 148),
    Column(
        "state",
        mark("State"),
        lambda one: gettext("runs") if one.rule.active else gettext("switched off"),
        76,
        ColumnKind.STATUS,
        tone=lambda one: Tone.OK if one.rule.active else Tone.NEUTRAL,
        icon=lambda one: "check" if one.rule.active else "ban",
    ),
    Column("whose", mark("Changed"), whose_words, 84, tone=lambda _one: Tone.INFO),
    Column(
        "source",
        mark("Source"),
        lambda one: one.rule.source_now(),
        160,
        tooltip=lambda one: one.rule.source_now(),
        stretch=True,
    ),
    Column("pauses", mark("Stands still"), lambda one: gettext(PAUSES[one.rule.pauses]), 130, shown=False),
)


class ClocksPage(QWidget):
    """Region and warning on top, the clocks below."""

    def __init__(self, desk: Desk, open_calendar: Callable[[], None]) -> None:
        """Build the page; ``open_calendar`` leads to the working days."""
        super().__init__()
        self._desk = desk
        self._may = desk.signin.context().may(Right.SETTINGS)
        self.set = FieldSet(self)
        self.set.submitted.connect(self._save_region)
        regions = [(choice_words(one), one) for one in ("zhejiang", "shandong", "national")]
        self.region = self.set.add("region", ChoiceField(gettext("&Region"), regions, required=True))
        self.warning = self.set.add(
            "warning", NumberField(gettext("&Yellow from this share of the time (%)"), required=True, least=1, most=99)
        )
        self.save = Button(gettext("Save"), "check", hint="Ctrl+Enter")
        self.save.clicked.connect(self.set.submit)
        self.banner = Banner(tone=Tone.WARN, icon="calendar")
        self.banner.add_action(gettext("Working days")).clicked.connect(lambda _checked=False: open_calendar())
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "settings.clocks")
        self._add = Button(gettext("&New clock"), "plus", "primary")
        self._change = Button(gettext("&Change"), "pencil", hint="Enter")
        self._switch = Button(gettext("On or off"), "ban", hint=gettext("Space"))
        self._restore = Button(gettext("&As shipped"), "rotate-ccw", hint="Del")
        self._source = Text("", "small", wrap=True)
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        note = Text(gettext("Numbers from laws are defaults with their source; not legal advice."), "soft", wrap=True)
        fields = row(self.region, self.warning, column(None, self.save, gap=0), None, gap=3)
        self.view.setAccessibleName(gettext("Clocks"))
        self.view.setMinimumHeight(_LEAST_ROWS * ROW)
        buttons = (self._add, self._change, self._switch, self._restore)
        if not self._may:
            for button in (*buttons, self.save):
                button.refuse(gettext("Only the owner changes these."))
            self.region.setEnabled(False)
            self.warning.setEnabled(False)
        layout = column(
            Text(gettext("Clocks"), "title"),
            note,
            fields,
            self.banner,
            row(*buttons, None),
            self.view,
            self._source,
            gap=3,
        )
        layout.setStretch(layout.indexOf(self.view), 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.view.opened.connect(lambda _id: self._edit())
        self.view.current_changed.connect(lambda _id: self._say_chosen())
        self._add.clicked.connect(lambda _checked=False: ClockDialog(self, self._desk).open())
        self._change.clicked.connect(lambda _checked=False: self._edit())
        self._switch.clicked.connect(lambda _checked=False: self.switch())
        self._restore.clicked.connect(lambda _checked=False: self._ask_restore())
        for keys, act in ((Qt.Key.Key_Space, self.switch), (Qt.Key.Key_Delete, self._ask_restore)):
            action = QAction(self.view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(_run, act))
            self.view.addAction(action)

    # -- what is shown ---------------------------------------------------------------------

    def reload(self) -> None:
        """Show the clocks as they are; what was typed above stays."""
        self._desk.jobs.read(self, clock_settings, self._show, key="clocks")

    def _show(self, found: ClockSettings) -> None:
        if not self.set.is_dirty():
            self.region.set_value(found.region)
            self.warning.set_value(found.warning_percent)
            self.set.mark_clean()
        if found.unannounced is None:
            self.banner.set("")
        else:
            self.banner.set(
                gettext("The days worked instead in {year} are not announced yet.").format(year=found.unannounced),
                gettext("Enter them when the State Council has announced them; working days are counted without them."),
            )
        self.table.set_rows(found.clocks)
        self.view.select_first()
        self._say_chosen()

    def chosen(self) -> ClockRow | None:
        """Give the clock that is selected."""
        wanted = self.view.current_id()
        return next((one for one in self.table.rows() if one.id == wanted), None)

    def _say_chosen(self) -> None:
        one = self.chosen()
        words = one.rule.source_now() if one is not None else ""
        self._source.setText(gettext("Source: {source} · not legal advice").format(source=words) if words else "")
        own = one is not None and not one.rule.shipped
        self._restore.set_text(gettext("&Remove") if own else gettext("&As shipped"), "Del")
        if not self._may:
            return
        if one is not None and one.rule.shipped and not one.changed:
            self._restore.refuse(gettext("This clock is as shipped."))
        else:
            self._restore.allow()

    # -- what is done ----------------------------------------------------------------------

    def _edit(self) -> None:
        one = self.chosen()
        if one is not None and self._may:
            ClockDialog(self, self._desk, one).open()

    def switch(self) -> None:
        """Switch the selected clock off, or on again."""
        one = self.chosen()
        if one is not None and self._may:
            choice = ClockChoice(one.rule.key, one.version)
            self._desk.jobs.write(self, partial(_switched, choice), self._say_switched, self._failed)

    def _say_switched(self, runs: bool) -> None:  # noqa: FBT001 - what the service gives
        self._desk.toasts.show(gettext("The clock runs") if runs else gettext("The clock is switched off"))
        self.reload()

    def _ask_restore(self) -> None:
        one = self.chosen()
        if one is None or not self._may or (one.rule.shipped and not one.changed):
            return
        choice = ClockChoice(one.rule.key, one.version)
        if one.rule.shipped:
            self._give_back(choice)
            return
        verbs = [Verb(gettext("Remove"), partial(self._give_back, choice), Kind.DANGER), Verb(gettext("Leave it"))]
        question = gettext("Remove the clock “{title}”?").format(title=one.rule.title_now())
        ask(self, question, gettext("Orders no longer show it."), verbs)

    def _give_back(self, choice: ClockChoice) -> None:
        self._desk.jobs.write(self, partial(_restored, choice), self._say_chosend, self._failed)

    def _say_chosend(self, shipped: bool) -> None:  # noqa: FBT001 - what the service gives
        self._desk.toasts.show(gettext("The clock is as shipped") if shipped else gettext("Clock removed"))
        self.reload()

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)
        self.reload()

    def _save_region(self) -> None:
        request = ChooseRegion(self.region.value() or CLOCK_REGION.default, self.warning.value() or 0)
        self._desk.jobs.write(self, partial(_chosen, request), self._saved, self._region_refused)

    def _saved(self, _region: str) -> None:
        self.set.mark_clean()
        self._desk.toasts.show(gettext("Settings saved"))
        self.reload()

    def _region_refused(self, error: Exception) -> None:
        sentence = errors.explain(error)
        if isinstance(error, SettingRefusedError) and sentence is not None:
            name = "region" if getattr(error, "key", "") == CLOCK_REGION.key else "warning"
            self.set.show_problems({name: sentence.line()})
        else:
            errors.show(self, error)


def _run(act: Callable[[], None], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
    act()


def _switched(request: ClockChoice, session: Session, context: Context) -> Outcome[bool]:
    return service.switch(session, request, context)


def _restored(request: ClockChoice, session: Session, context: Context) -> Outcome[bool]:
    return service.restore(session, request, context)


def _chosen(request: ChooseRegion, session: Session, context: Context) -> Outcome[str]:
    return service.choose_region(session, request, context)
