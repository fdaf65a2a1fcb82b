"""Merging from a member's page: with another file, taking it back, and the note where a merged file led here."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.clock import day_in_zone
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import MemberPage
from crmdesk.services.merges import Merged
from crmdesk.views.members.merge_dialog import MergeDialog
from crmdesk.views.members.merge_presenter import MergePresenter
from crmdesk.views.members.merge_undone import ask_to_take_back, say_merged
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.prompts import ask_line
from crmdesk.views.support.widgets.banner import Banner


class MergeSteps:
    """What a member's page does about merges."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        """Serve the page ``owner``."""
        self._owner, self._desk = owner, desk
        self._presenter = MergePresenter(desk, owner)
        self.note = Banner("", "", Tone.INFO, "users-round")

    def show(self, known: MemberPage, asked_id: int | None) -> None:
        """Say so where another file was asked for and this one is shown in its place."""
        came = next((one for one in known.merges if one.gone_id == asked_id and one.undone_at is None), None)
        if asked_id is None or asked_id == known.id:
            self.note.set("")
            return
        if came is None:
            self.note.set(gettext("The file that was asked for is part of this one now."))
            return
        day = day_text(day_in_zone(came.at, self._presenter.context().store.zone))
        words = gettext("{number} {name} is part of this file since {day}.")
        self.note.set(words.format(number=came.gone_number, name=came.gone_name, day=day), came.who or "")

    def with_another(self, known: MemberPage) -> None:
        """Ask for the other file and show both side by side."""
        title = gettext("Merge {name} with another file").format(name=known.name)
        offered = gettext(", ").join(f"{one.name} {one.number}" for one in known.related)
        text = gettext("Same phone: {people}").format(people=offered) if offered else ""
        label = gettext("Member number or card of the other file")
        ask_line(self._owner, title, label, gettext("Compare"), lambda typed: self._compare(known.id, typed), text=text)

    def take_back(self, known: MemberPage) -> None:
        """Take the newest merge back."""
        newest = next((one for one in known.merges if one.may_undo), None)
        if newest is not None:
            ask_to_take_back(self._owner, self._desk, newest)

    def _compare(self, member_id: int, typed: str) -> None:
        self._presenter.compare_with(
            member_id, typed, lambda shown: MergeDialog(self._owner, self._desk, shown, self._merged).open()
        )

    def _merged(self, made: Merged) -> None:
        say_merged(self._owner, self._desk, made)
        self._desk.navigator.open(EntityRef(EntityKind.MEMBER, made.kept_id))
