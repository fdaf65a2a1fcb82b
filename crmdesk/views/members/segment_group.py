"""A group of conditions on screen: all or one of them, turned round or not; groups stand within the outer one."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.segments import MOST_CONDITIONS, Condition, Group, count_of
from crmdesk.views.members.segment_row import ConditionRow
from crmdesk.views.members.segment_words import FieldSpec
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.chip import ChipButton
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.segmented import SegmentedChoice


class GroupBox(QFrame):
    """The conditions of one group; `inner` ones hold no groups of their own when made here."""

    changed = Signal()
    removed = Signal()
    rearranged = Signal()

    def __init__(self, fields: Sequence[FieldSpec], today: Callable[[], date], *, inner: bool = False) -> None:
        super().__init__()
        self._fields, self._today, self._inner = fields, today, inner
        self.parts: list[ConditionRow | GroupBox] = []
        self.setProperty("role", "card" if inner else "plain")
        self.any_of = SegmentedChoice(
            [(False, gettext("all hold")), (True, gettext("one holds"))], gettext("How many conditions must hold")
        )
        self.any_of.chosen.connect(lambda _value: self.changed.emit())
        self.negated = QCheckBox(gettext("not (everybody else)") if inner else gettext("no&t (everybody else)"))
        self.negated.toggled.connect(lambda _on: self.changed.emit())
        self.add_row = Button(gettext("Add condition") if inner else gettext("&Add a condition"), "plus", "quiet")
        self.add_row.clicked.connect(self._add_by_hand)
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE)
        head = FlowLayout(gap=2 * SPACE)
        for part in (self.any_of, self.negated):
            head.addWidget(part)
        feet = FlowLayout(gap=2 * SPACE)
        self._feet: list[Button] = [self.add_row]
        outer = QVBoxLayout(self)
        side = 2 * SPACE if inner else 0
        outer.setContentsMargins(side, side, side, side)
        outer.setSpacing(SPACE)
        outer.addLayout(head)
        outer.addLayout(self._body)
        outer.addLayout(feet)
        if inner:
            drop = IconButton("x", gettext("Take this group away"))
            drop.clicked.connect(self.removed)
            self._feet.append(drop)
        else:
            self.add_group = Button(gettext("Add a &group"), "list-checks", "quiet")
            self.add_group.clicked.connect(self._add_group_by_hand)
            self._feet.append(self.add_group)
        for foot in self._feet:
            feet.addWidget(foot)
        self._show_head()

    # -- parts -----------------------------------------------------------------------------------

    def add_condition(self, wanted: Condition | None = None) -> "ConditionRow | None":
        """Append a condition; None when its field cannot be asked any more."""
        made = ConditionRow(self._fields, self._today)
        if wanted is not None and not made.show_condition(wanted):
            made.deleteLater()
            return None
        made.changed.connect(self.changed)
        self._take_in(made)
        return made

    def add_inner(self, wanted: Group | None = None) -> "GroupBox":
        """Append a group."""
        made = GroupBox(self._fields, self._today, inner=True)
        if wanted is not None:
            made.show_group(wanted)
        made.changed.connect(self.changed)
        self._take_in(made)
        return made

    def _take_in(self, part: "ConditionRow | GroupBox") -> None:
        part.removed.connect(lambda: self._remove(part))
        part.rearranged.connect(self.rearranged)
        self.parts.append(part)
        self._body.addWidget(part)
        self._show_head()

    def _add_by_hand(self) -> None:
        made = self.add_condition()
        if made is not None:
            made.field.setFocus()
            self.changed.emit()

    def _add_group_by_hand(self) -> None:
        made = self.add_inner()
        row = made.add_condition()
        if row is not None:
            row.field.setFocus()
        self.changed.emit()

    def _remove(self, part: "ConditionRow | GroupBox") -> None:
        place = self.parts.index(part)
        self.parts.remove(part)
        self._body.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._show_head()
        if self.parts:
            self.parts[min(place, len(self.parts) - 1)].setFocus()
        else:
            self.add_row.setFocus()
        self.changed.emit()

    def _show_head(self) -> None:
        self.any_of.setVisible(len(self.parts) > 1)
        self.negated.setVisible(bool(self.parts))
        self.setFocusProxy(self.parts[0] if self.parts else self.add_row)
        full = self.row_count() >= MOST_CONDITIONS
        self.add_row.setEnabled(not full)
        self.rearranged.emit()

    def stops(self) -> list[QWidget]:
        """Give where Tab stops, as one reads."""
        chips = (
            []
            if self.any_of.isHidden()
            else [chip for chip in self.any_of.findChildren(ChipButton) if chip.isChecked()]
        )
        found: list[QWidget] = [*chips, *([] if self.negated.isHidden() else [self.negated])]
        for part in self.parts:
            found += part.stops()
        return [*found, *self._feet]

    def row_count(self) -> int:
        """Give how many conditions there are, complete or not."""
        return sum(part.row_count() if isinstance(part, GroupBox) else 1 for part in self.parts)

    # -- the group -------------------------------------------------------------------------------

    def group(self) -> Group:
        """Give the conditions that are complete."""
        made: list[Condition | Group] = []
        for part in self.parts:
            one = part.group() if isinstance(part, GroupBox) else part.condition()
            if one is not None and not (isinstance(one, Group) and not count_of(one)):
                made.append(one)
        return Group(tuple(made), self.any_of.current is True, self.negated.isChecked() and bool(made))

    def show_group(self, wanted: Group) -> None:
        """Show a group instead of what was there; what cannot be asked any more is left out."""
        for part in self.parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = []
        self.any_of.choose(wanted.any_of)
        self.negated.setChecked(wanted.negated)
        for one in wanted.parts:
            if isinstance(one, Group):
                self.add_inner(one)
            else:
                self.add_condition(one)
        self._show_head()

    def first_missing(self) -> ConditionRow | None:
        """Mark the conditions that are not complete and give the first of them."""
        found: list[ConditionRow] = []
        for part in self.parts:
            if isinstance(part, GroupBox):
                inner = part.first_missing()
                found += [inner] if inner is not None else []
            elif part.mark_missing():
                found.append(part)
        return found[0] if found else None
