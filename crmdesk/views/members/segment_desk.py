"""Conditions and segments of the member list: the panel above it, the chips beside the views, their uses."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.segments import EVERYBODY, Group, SegmentError, count_of
from crmdesk.core.tones import Tone
from crmdesk.queries import segment_choices
from crmdesk.queries.segment_choices import SegmentChoices
from crmdesk.views.members.segment_kept import KeptSegments
from crmdesk.views.members.segment_panel import ConditionsPanel
from crmdesk.views.members.segment_words import fields_of, said
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.text import show_if

KEYS: Final = "Ctrl+Shift+F"


class SegmentDesk:
    """Serves the member list: its chips, its panel, and the group of conditions that it follows.

    Args:
        desk: jobs, toasts, who is signed in.
        page: the screen.
        chips: the views; segments are put behind them.
        follow: called when the list should show other members.
    """

    def __init__(self, desk: Desk, page: QWidget, chips: ChipBar, follow: Callable[[], None]) -> None:
        self._desk, self._page, self._chips, self._follow = desk, page, chips, follow
        self._views: list[Chip] = []
        self._known: SegmentChoices | None = None
        self._then: Callable[[], None] | None = None
        self._shows_segment = False
        self.trouble: SegmentError | None = None
        self.kept = KeptSegments(desk, page, self)
        self.panel = ConditionsPanel(lambda: desk.signin.context().today())
        self.panel.hide()
        self.panel.changed.connect(lambda _group: self._changed())
        self.panel.closed.connect(self.close)
        self.panel.keep_asked.connect(self._keep)
        self.button = Button(gettext("Con&ditions"), "filter")
        self.button.setToolTip(gettext("Narrow the list by conditions ({keys})").format(keys=KEYS))
        self.button.clicked.connect(self.toggle)
        self.more = IconButton("ellipsis", gettext("This segment"))
        self.more.clicked.connect(self._open_menu)
        show_if(self.more, False)

    # -- what the list asks ------------------------------------------------------------------------

    @property
    def wanted(self) -> Group:
        """The conditions that the list follows."""
        return self.panel.group

    @property
    def segment(self) -> str:
        """Name of the chosen segment, empty when none is."""
        row = self.kept.row_of(self._chips.current)
        return row.name if row is not None else ""

    def words(self) -> str:
        """Give the conditions in words, as they stand above an exported list."""
        return said(self.wanted, fields_of(self._known)) if self._known is not None else ""

    def set_views(self, views: list[Chip]) -> None:
        """Take the chips of the list's own views."""
        self._views = views

    def reload(self, done: Callable[[dict[str, int]], None]) -> None:
        """Read what there is to ask for and which segments there are, and count them."""
        self._ask_choices()
        self.kept.read(lambda: self.kept.count(done))

    def chip_chosen(self, name: str) -> bool:
        """Take a chip over when it is a segment; a view lets go of the segment that was shown."""
        row = self.kept.row_of(name)
        self.more.setVisible(row is not None)
        if row is None:
            if self._shows_segment:
                self._show(EVERYBODY, None)
            self._shows_segment = False
            return False
        self._shows_segment = True
        self._when_known(lambda: self._show_segment(name))
        return True

    def show_wanted(self, group: Group) -> None:
        """Let the list follow conditions that were made elsewhere."""
        self._when_known(lambda: self._show_given(group))

    def _show_given(self, group: Group) -> None:
        self._show(group, None)
        self.panel.show()
        self._follow()

    # -- the panel ---------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open the panel in its first condition, or close it."""
        if self.panel.isVisible():
            self.close()
        else:
            self._when_known(self._open)

    def _open(self) -> None:
        self.panel.show()
        self.panel.begin()
        self._say_state()

    def close(self) -> None:
        """Fold the panel; the conditions go on holding."""
        self.panel.hide()
        self._say_state()
        self.button.setFocus()

    def _changed(self) -> None:
        self.trouble = None
        self._say_state()
        self._follow()

    def _say_state(self) -> None:
        count = count_of(self.wanted)
        words = gettext("Con&ditions")
        self.button.set_text(f"{words} · {count}" if count else words)

    def _ask_choices(self) -> None:
        def came(known: SegmentChoices) -> None:
            if known != self._known:
                self._known = known
                self.panel.offer(known)
            then, self._then = self._then, None
            if then is not None:
                then()

        self._desk.jobs.read(self._page, segment_choices.choices, came, key="segment_choices")

    def _when_known(self, then: Callable[[], None]) -> None:
        if self._known is not None:
            then()
        else:
            self._then = then
            self._ask_choices()

    # -- kept ones ---------------------------------------------------------------------------------

    def segments_changed(self) -> None:
        """Show a chip for each segment behind the views."""
        self._chips.set_chips([*self._views, *self.kept.chips()])
        self._chips.set_counts({chip.name: chip.count for chip in self.kept.chips() if chip.count is not None})
        if self._shows_segment and self.kept.row_of(self._chips.current) is None:
            self.chip_chosen(self._chips.current)
            self._follow()

    def segment_kept(self, segment_id: int) -> None:
        """Choose the chip of what was just kept."""
        name = f"segment:{segment_id}"
        if self._chips.current == name:
            self.chip_chosen(name)
        else:
            self._chips.choose(name)

    def _show_segment(self, name: str) -> None:
        row = self.kept.row_of(name)
        if row is None or self._known is None:
            return
        group, trouble = self.kept.opened(row, self._known)
        self._show(group, trouble)
        if trouble is not None:
            self.panel.show()
        self._follow()

    def _show(self, group: Group, trouble: SegmentError | None) -> None:
        self.panel.show_group(group)
        self.trouble = trouble
        sentence = errors.explain(trouble) if trouble is not None else None
        if sentence is not None:
            self.panel.say_trouble(sentence.line())
            self.panel.hint.set_tone(Tone.LATE)
        self._say_state()

    def _keep(self) -> None:
        if self.panel.complete():
            self.kept.keep(self.wanted)

    def _open_menu(self) -> None:
        row = self.kept.row_of(self._chips.current)
        if row is not None:
            self.kept.menu(row, self.wanted).popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
