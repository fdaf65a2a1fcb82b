"""The kept segments of the member list: chips with live counts, kept, changed, renamed, in order, dropped."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.segment_json import from_json
from crmdesk.core.segments import Group, SegmentError
from crmdesk.queries import segment_choices, segments
from crmdesk.queries.segment_choices import SegmentChoices
from crmdesk.queries.segments import SegmentRow
from crmdesk.services import segments as keeper
from crmdesk.services.segments import KeepSegment
from crmdesk.views.members.segment_dialogs import KeepDialog
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.chip_bar import Chip

if TYPE_CHECKING:
    from crmdesk.db.session import Session

PREFIX: Final = "segment:"


class Room(Protocol):
    """What the list does when there are other segments than before."""

    def segments_changed(self) -> None:
        """Show other chips."""

    def segment_kept(self, segment_id: int) -> None:
        """Show the chip of a segment that was just kept."""


class KeptSegments:
    """Asks and writes for the member list."""

    def __init__(self, desk: Desk, page: QWidget, room: Room) -> None:
        """Take where to ask and who is told; begin without segments."""
        self._desk, self._page, self._room = desk, page, room
        self.rows: tuple[SegmentRow, ...] = ()

    # -- reading -----------------------------------------------------------------------------------

    def read(self, done: Callable[[], None] | None = None) -> None:
        """Read which segments there are."""

        def came(rows: Sequence[SegmentRow]) -> None:
            if tuple(rows) != self.rows:
                self.rows = tuple(rows)
                self._room.segments_changed()
            if done is not None:
                done()

        self._desk.jobs.read(self._page, segments.kept, came, key=None if done else "segments", background=True)

    def count(self, done: Callable[[dict[str, int]], None]) -> None:
        """Count in the background whom each segment holds, and keep the figures that moved."""

        def came(counts: Mapping[int, int | None]) -> None:
            known = {row.id: row.people for row in self.rows}
            moved = [(key, people) for key, people in counts.items() if people is not None and known.get(key) != people]
            done({f"{PREFIX}{key}": people for key, people in counts.items() if people is not None})
            if moved:
                self._desk.jobs.write(self._page, partial(_note, moved), lambda _value: self.read())

        if self.rows:
            self._desk.jobs.read(self._page, segment_choices.live_counts, came, key="segment_counts", background=True)

    def chips(self) -> list[Chip]:
        """Give a chip for each segment with its last count."""
        return [Chip(f"{PREFIX}{row.id}", row.name, row.people) for row in self.rows]

    def row_of(self, chip: str) -> SegmentRow | None:
        """Give the segment behind a chip."""
        return next((row for row in self.rows if f"{PREFIX}{row.id}" == chip), None)

    @staticmethod
    def opened(row: SegmentRow, known: SegmentChoices) -> tuple[Group, SegmentError | None]:
        """Read a segment; with an error, what can still be shown of it."""
        try:
            return segment_choices.opened(row, known), None
        except SegmentError as error:
            try:
                return from_json(row.wanted), error
            except SegmentError:
                return Group(), error

    # -- what can be done ----------------------------------------------------------------------------

    def may_change(self, row: SegmentRow) -> bool:
        """Tell whether the person may change a segment: her own always, everybody's with the right to reports."""
        return not row.shared or self._desk.signin.context().may(Right.SEE_REPORTS)

    def menu(self, row: SegmentRow, wanted: Group) -> QMenu:
        """Build the menu of what can be done with a segment while the list follows ``wanted``."""
        menu = QMenu(self._page)
        place = self.rows.index(row)
        may = self.may_change(row)
        acts: list[tuple[str, Callable[[], None], bool]] = [
            (gettext("Save the &changes to “{name}”"), partial(self.put, row, wanted), may and bool(wanted.parts)),
            (gettext("&Rename …"), partial(self.rename, row), may),
            (gettext("Move to the le&ft"), partial(self._move, row, -1), place > 0),
            (gettext("Move to the r&ight"), partial(self._move, row, 1), place < len(self.rows) - 1),
            (gettext("&Delete “{name}”"), partial(self.drop, row), may),
        ]
        for words, act, allowed in acts:
            action = QAction(words.format(name=row.name), menu)
            action.setEnabled(allowed)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        return menu

    def keep(self, wanted: Group) -> None:
        """Ask for a name and keep the conditions under it."""
        may_share = self._desk.signin.context().may(Right.SEE_REPORTS)
        KeepDialog(self._page, self._desk, KeepSegment("", wanted), self._kept, may_share=may_share).open()

    def put(self, row: SegmentRow, wanted: Group) -> None:
        """Let a segment ask for other conditions."""
        request = KeepSegment(row.name, wanted, row.shared, row.id, row.version)
        self._desk.jobs.write(self._page, partial(_keep, request), self._kept)

    def rename(self, row: SegmentRow) -> None:
        """Ask for another name."""
        group = self._wanted(row)
        if group is not None:
            request = KeepSegment(row.name, group, row.shared, row.id, row.version)
            may_share = self._desk.signin.context().may(Right.SEE_REPORTS)
            KeepDialog(self._page, self._desk, request, self._kept, may_share=may_share).open()

    def drop(self, row: SegmentRow) -> None:
        """Take a segment away; it can be brought back."""
        place = self.rows.index(row)

        def dropped(name: str) -> None:
            group = self._wanted(row)
            back = [] if group is None else [(gettext("Undo"), partial(self._bring_back, row, group, place))]
            self._desk.toasts.show(gettext("Segment “{name}” is deleted").format(name=name), back)
            self.read()

        self._desk.jobs.write(self._page, lambda session, context: keeper.drop(session, row.id, context), dropped)

    def _bring_back(self, row: SegmentRow, group: Group, place: int) -> None:
        order = [one.id for one in self.rows if one.id != row.id]
        request = KeepSegment(row.name, group, row.shared)

        def work(session: "Session", context: Context) -> Outcome[int]:
            made = keeper.keep(session, request, context)
            keeper.put_in_order(session, [*order[:place], made.value, *order[place:]], context)
            return made

        self._desk.jobs.write(self._page, work, self._kept)

    def _move(self, row: SegmentRow, step: int) -> None:
        keys = [one.id for one in self.rows]
        place = keys.index(row.id)
        keys.insert(place + step, keys.pop(place))
        self._desk.jobs.write(
            self._page,
            lambda session, context: keeper.put_in_order(session, keys, context),
            lambda _value: self.read(),
        )

    def _kept(self, segment_id: int) -> None:
        self.read(lambda: self._room.segment_kept(segment_id))

    @staticmethod
    def _wanted(row: SegmentRow) -> Group | None:
        try:
            return from_json(row.wanted)
        except SegmentError:
            return None


def _keep(request: KeepSegment, session: "Session", context: Context) -> Outcome[int]:
    return keeper.keep(session, request, context)


def _note(counts: Sequence[tuple[int, int]], session: "Session", context: Context) -> Outcome[None]:
    for key, people in counts:
        keeper.note_count(session, key, people, context)
    return Outcome(None)
