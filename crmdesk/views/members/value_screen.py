"""Value: how the members are made up, and how they buy; every bar opens the list behind it."""

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.roles import Right
from crmdesk.core.segments import Group
from crmdesk.core.topics import Topic
from crmdesk.core.value_groups import score_group
from crmdesk.queries.value_charts import ValueCharts, value_charts
from crmdesk.views.members.value_export import export_charts
from crmdesk.views.members.value_words import Line, age_lines, cycle_lines, gender_lines, tier_lines
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.score_matrix import ScoreMatrix
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.share_bars import Share, ShareBars
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

PAGE = "members.value"
LIST = "members.list"


class ValueScreen(Screen):
    """Charts of the store's members."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS, Topic.PURCHASES, Topic.IMPORTS})
    help_page: ClassVar[str] = "members"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the empty charts."""
        super().__init__(desk, parent)
        self.shown: ValueCharts | None = None
        self._head = SectionHeader(gettext("Value of members"))
        self._export = Button(gettext("Export Excel"), "table")
        self._export.clicked.connect(self.export_list)
        if not desk.signin.context().may(Right.EXPORT):
            self._export.refuse(gettext("Only a manager or the owner exports lists."))
        self.charts = {
            "cycle": ShareBars(gettext("Members by life cycle")),
            "age": ShareBars(gettext("Members by age")),
            "tier": ShareBars(gettext("Members by level")),
            "gender": ShareBars(gettext("Members by gender")),
        }
        for chart in self.charts.values():
            chart.chosen.connect(self.open_list)
        self.matrix = ScoreMatrix(gettext("Members by recency and frequency"), gettext("R"), gettext("F"))
        self.matrix.chosen.connect(lambda cell: self.open_list(score_group(*cell)))
        self._arrange()

    def _arrange(self) -> None:
        scores = Card(gettext("Recency × frequency"), "layout-grid")
        words = gettext("Fifths of all buyers, 5 is best: R how lately, F on how many days they bought.")
        scores.add(Text(words, "small", wrap=True))
        scores.add(self.matrix)
        scroll = ScrollColumn(gap=3)
        cycle = self._card("cycle", gettext("Life cycle"), "history")
        scroll.add(Columns(scores, cycle, shares=(58, 42)))
        scroll.add(
            Columns(
                self._card("age", gettext("Age"), "cake"),
                self._card("tier", gettext("Level"), "award"),
                self._card("gender", gettext("Gender"), "users"),
                shares=(36, 32, 32),
            )
        )
        scroll.add_stretch()
        hint = Text(gettext("Arrow keys choose a group, Enter opens its members."), "small")
        layout = page(Toolbar(self._head, right=(self._export,)), hint, scroll)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _card(self, name: str, title: str, icon: str) -> Card:
        card = Card(title, icon)
        card.add(self.charts[name])
        card.body.addStretch()
        return card

    # -- what is shown -----------------------------------------------------------------------

    def _show(self, found: ValueCharts) -> None:
        self.shown = found
        for name, lines in chart_lines(found):
            self.charts[name].set_shares([Share(one.label, one.count, one.group) for one in lines])
        self.matrix.set_counts(found.matrix)
        self._head.set(gettext("Value of members"), _said(found))

    def open_list(self, group: object) -> None:
        """Show the members of a group in the list."""
        if isinstance(group, Group):
            self.desk.navigator.run(LIST, group=group)

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Value of members")

    @override
    def reload(self) -> None:
        self.desk.jobs.read(self, value_charts, self._show, key="charts", background=True)

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        if self.shown is not None:
            export_charts(self, self.desk, self.shown)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("↑ ↓ ← →", gettext("Choose a group")), KeyHelp("Enter", gettext("Open its members"))]


def chart_lines(found: ValueCharts) -> Iterator[tuple[str, list[Line]]]:
    """Give the lines of each chart."""
    yield "cycle", cycle_lines(found)
    yield "age", age_lines(found)
    yield "tier", tier_lines(found)
    yield "gender", gender_lines(found)


def _said(found: ValueCharts) -> str:
    words = ngettext("{count:,} member", "{count:,} members", found.members).format(count=found.members)
    if found.as_of is None:
        return " · ".join((words, gettext("scores are being worked out")))
    day = gettext("scores as of {day}").format(day=day_text(found.as_of))
    return f"{words} · {day}"
