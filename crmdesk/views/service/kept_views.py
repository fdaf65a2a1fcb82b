"""The views of the list that people keep: read, kept, renamed, dropped."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.order import Order
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.queries import saved_views as kept
from crmdesk.queries.saved_views import KeptView, write_wanted
from crmdesk.queries.ticket_filter import TicketFilter
from crmdesk.services import saved_views
from crmdesk.services.saved_views import ChangeView, KeepView
from crmdesk.views.service.room import Room, Work
from crmdesk.views.support.prompts import ask_line
from crmdesk.views.support.widgets.chip_bar import Chip

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_PREFIX: Final = "kept:"


class KeptViews:
    """Asks and writes for the list; ``changed`` is called when there are other views than before."""

    def __init__(self, room: Room, changed: Callable[[], None]) -> None:
        """Take where to ask; begin without views."""
        self._room = room
        self._changed = changed
        self._views: tuple[KeptView, ...] = ()

    def read(self) -> None:
        """Read which views there are."""
        self._room.desk.jobs.read(self._room.page, kept.kept_views, self._came, key="kept_views", background=True)

    def ask_counts(self, done: Callable[[dict[str, int]], None]) -> None:
        """Count what each view holds; ``done`` gets the counts by the names of the chips."""

        def named(counts: dict[int, int]) -> None:
            done({f"{_PREFIX}{key}": count for key, count in counts.items()})

        if self._views:
            self._room.desk.jobs.read(self._room.page, kept.counts, named, key="kept_counts", background=True)

    def _came(self, views: Sequence[KeptView]) -> None:
        if tuple(views) != self._views:
            self._views = tuple(views)
            self._changed()

    def chips(self) -> list[Chip]:
        """Give a chip for each view."""
        return [Chip(f"{_PREFIX}{view.id}", view.name) for view in self._views]

    def view_of(self, chip: str) -> KeptView | None:
        """Give the kept view behind a chip; None for one of the program's own."""
        return next((view for view in self._views if f"{_PREFIX}{view.id}" == chip), None)

    def menu(self, chip: str, wanted: TicketFilter, order: Order | None) -> QMenu:
        """Build the menu of what can be done with views while ``chip`` is shown as ``wanted`` in ``order``."""
        menu = QMenu(self._room.page)
        text = write_wanted(wanted, order)
        self._act(menu, gettext("&Keep this view …"), partial(self._keep, text, shared=False))
        if self._room.desk.signin.context().may(Right.TEMPLATES):
            self._act(menu, gettext("Keep it for &everybody …"), partial(self._keep, text, shared=True))
        view = self.view_of(chip)
        if view is not None and (view.own or self._room.desk.signin.context().may(Right.TEMPLATES)):
            menu.addSeparator()
            self._act(
                menu, gettext("&Save the changes to “{name}”").format(name=view.name), partial(self._put, view, text)
            )
            self._act(menu, gettext("&Rename …"), partial(self._rename, view))
            self._act(menu, gettext("&Drop “{name}”").format(name=view.name), partial(self._drop, view))
        return menu

    @staticmethod
    def _act(menu: QMenu, words: str, run: Callable[[], None]) -> None:
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked=False: run())
        menu.addAction(action)

    def _keep(self, wanted: str, *, shared: bool) -> None:
        def keep(name: str) -> None:
            request = KeepView(name, wanted, shared)
            self._write(partial(_do_keep, request), gettext("View “{name}” is kept").format(name=name))

        title = gettext("Keep this view for everybody") if shared else gettext("Keep this view")
        ask_line(self._room.page, title, gettext("&Name"), gettext("Keep"), keep)

    def _rename(self, view: KeptView) -> None:
        def rename(name: str) -> None:
            self._write(partial(_do_change, ChangeView(view.id, view.version, name=name)), gettext("View is renamed"))

        ask_line(
            self._room.page, gettext("Rename the view"), gettext("&Name"), gettext("Rename"), rename, text=view.name
        )

    def _put(self, view: KeptView, wanted: str) -> None:
        request = ChangeView(view.id, view.version, wanted=wanted)
        self._write(partial(_do_change, request), gettext("View “{name}” is changed").format(name=view.name))

    def _drop(self, view: KeptView) -> None:
        def dropped(request: KeepView) -> str:
            back = (gettext("Undo"), partial(self._write, partial(_do_keep, request), gettext("View is back")))
            self._room.say(gettext("View “{name}” is dropped").format(name=request.name), [back])
            self.read()
            return ""

        self._room.write(partial(_do_forget, view), dropped)

    def _write(self, work: Work[Any], said: str) -> None:
        def done(_value: object) -> str:
            self.read()
            return said

        self._room.write(work, done)


def _do_keep(request: KeepView, session: "Session", context: Context) -> Outcome[int]:
    return saved_views.keep(session, request, context)


def _do_change(request: ChangeView, session: "Session", context: Context) -> Outcome[int]:
    return saved_views.change(session, request, context)


def _do_forget(view: KeptView, session: "Session", context: Context) -> Outcome[KeepView]:
    return saved_views.forget(session, view.id, view.version, context)
