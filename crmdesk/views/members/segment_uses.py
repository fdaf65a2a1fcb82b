"""What is done with the members of a list: a call list, address labels, letters, the Excel export."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.queries import member_rows
from crmdesk.queries.call_list import MOST_CALLS
from crmdesk.queries.member_mail import MOST_MAIL
from crmdesk.queries.member_rows import MemberFilter
from crmdesk.views.members.call_list_dialog import open_call_list
from crmdesk.views.members.mail_dialogs import open_labels, open_letters
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Verb, ask
from crmdesk.views.support.icons import icon

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class Whom:
    """The members that something is done with: the selected ones, or all that the list shows, in its order.

    Attributes:
        name: of the segment, to begin a subject with.
        count: how many they are.
    """

    chosen: MemberFilter
    order: Order | None
    selected: tuple[int, ...]
    name: str
    count: int


class SegmentUses:
    """Offers the uses and gathers the keys for them."""

    def __init__(self, desk: Desk, page: QWidget, whom: Callable[[], Whom], export: Callable[[], None]) -> None:
        """Take where to ask, whom it is about, and what exports the list."""
        self._desk, self._page, self._whom, self._export = desk, page, whom, export

    def actions(self) -> list[QAction]:
        """Give what can be done with the selected members, or with all of the list."""
        whom = self._whom()
        count = whom.count
        call = ngettext("&Call list of {count:,} …", "&Call list of {count:,} …", count).format(count=count)
        return [
            self._action("phone-outgoing", call, self._call, Right.CALL_ALL),
            self._action("tag", gettext("Address &labels …"), self._labels, Right.SERVE),
            self._action("mail", gettext("Le&tters …"), self._letters, Right.SERVE),
        ]

    def open_menu(self, button: QWidget) -> None:
        """Open the uses below a button."""
        menu = QMenu(self._page)
        menu.addActions(self.actions())
        menu.addAction(self._action("table", gettext("&Excel …"), self._export, Right.EXPORT))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _action(self, name: str, words: str, act: Callable[[], None], right: Right) -> QAction:
        action = QAction(icon(name), words, self._page)
        action.triggered.connect(lambda _checked=False: self._start(act, right))
        return action

    def _start(self, act: Callable[[], None], right: Right) -> None:
        context = self._desk.signin.context()
        if context.may(right):
            act()
        else:
            errors.show(self._page, NotAllowedError(right, context.actor.role))

    def _call(self) -> None:
        whom = self._whom()
        self._with_keys(MOST_CALLS, lambda keys: open_call_list(self._page, self._desk, keys, whom.name))

    def _labels(self) -> None:
        self._with_keys(MOST_MAIL, lambda keys: open_labels(self._page, self._desk, keys))

    def _letters(self) -> None:
        self._with_keys(MOST_MAIL, lambda keys: open_letters(self._page, self._desk, keys))

    def _with_keys(self, most: int, done: Callable[[list[int]], None]) -> None:
        whom = self._whom()

        def came(keys: list[int]) -> None:
            if len(keys) <= most:
                done(keys)
                return
            title = ngettext("{count:,} member at once at most", "{count:,} members at once at most", most)
            words = gettext("Narrow the list by more conditions, or take the first {count:,}.").format(count=most)
            take = Verb(gettext("Take the first {count:,}").format(count=most), lambda: done(keys[:most]))
            ask(self._page, title.format(count=most), words, [take, Verb(gettext("Cancel"))])

        def read(session: "Session", context: Context) -> list[int]:
            if whom.selected:
                return list(whom.selected)
            return list(islice(member_rows.ids(session, whom.chosen, context, whom.order), most + 1))

        self._desk.jobs.read(self._page, read, came, key="segment_keys")
