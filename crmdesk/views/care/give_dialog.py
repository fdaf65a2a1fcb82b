"""Giving callbacks to somebody else."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.roles import RIGHTS, Right
from crmdesk.db.session import Session
from crmdesk.queries.staff import ColleagueRow, colleagues
from crmdesk.services.call_owner import GiveCalls, give_calls
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField
from crmdesk.views.support.form_dialog import FormDialog


def open_give_dialog(owner: QWidget, desk: Desk, callback_ids: Sequence[int]) -> None:
    """Ask who makes the calls from now on."""
    keys = tuple(callback_ids)

    def show(people: list[ColleagueRow]) -> None:
        GiveDialog(owner, desk, keys, people).open()

    desk.jobs.read(owner, callers, show, key="callers")


def callers(session: Session, context: Context) -> list[ColleagueRow]:
    """List who makes callbacks in the store."""
    roles = [role for role, rights in RIGHTS.items() if Right.CALL_ASSIGNED in rights]
    return colleagues(session, context, *roles)


class GiveDialog(FormDialog):
    """Choose a person; Ctrl+Enter gives the callbacks to her."""

    def __init__(self, parent: QWidget, desk: Desk, callback_ids: tuple[int, ...], people: list[ColleagueRow]) -> None:
        """Offer `people`."""
        count = len(callback_ids)
        title = ngettext("Give {count} callback to …", "Give {count} callbacks to …", count).format(count=count)
        super().__init__(parent, title, gettext("Give"))
        self._desk = desk
        self._keys = callback_ids
        self._names = {one.id: one.name for one in people}
        choices = [(f"{one.name} · {label(one.role)}", one.id) for one in people]
        self.person = self.add(
            "person", ChoiceField(gettext("Caller"), choices, required=True, empty=gettext("Choose a person"))
        )

    @override
    def send(self) -> None:
        request = GiveCalls(self._keys, self.person.value() or 0)
        self._desk.jobs.write(
            self, lambda session, context: give_calls(session, request, context), self._given, self.refused
        )

    def _given(self, count: int) -> None:
        words = ngettext("{count} callback given to {name}", "{count} callbacks given to {name}", count)
        name = self._names.get(self.person.value() or 0, "")
        self._desk.toasts.show(words.format(count=count, name=name))
        self.accept()
