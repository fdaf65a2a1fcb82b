"""Carries out what the panel of people around asks for: dialogs, writes, the word afterwards."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.queries.member_page import MemberPage
from crmdesk.queries.people_around import HouseholdShown, PersonAround, RelativeShown, SharesPhone
from crmdesk.services.households import SameHousehold
from crmdesk.views.members.people_dialogs import HouseholdDialog, JoinDialog, RelativeDialog, RoleDialog
from crmdesk.views.members.people_panel import PeoplePanel
from crmdesk.views.members.people_presenter import PeoplePresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask


class PeopleSteps:
    """Serves one member's page."""

    def __init__(self, page: QWidget, desk: Desk, panel: PeoplePanel) -> None:
        """Answer `panel`."""
        self._page = page
        self._desk = desk
        self._panel = panel
        self._presenter = PeoplePresenter(desk, page)
        self._member: MemberPage | None = None
        panel.make_wanted.connect(self._make)
        panel.edit_wanted.connect(self._edit)
        panel.join_wanted.connect(self._join)
        panel.role_wanted.connect(self._role)
        panel.leave_wanted.connect(self._leave)
        panel.same_wanted.connect(self._same)
        panel.relative_wanted.connect(self._relative)
        panel.relative_gone.connect(self._ask_gone)

    def show_member(self, member: MemberPage) -> None:
        """Read who is around this member."""
        self._member = member
        self._presenter.read_around(member.id, lambda found: self._panel.show_around(found, self._presenter.context()))

    def _make(self, kind: HouseholdKind) -> None:
        if self._member is None:
            return
        name = ""
        if kind is HouseholdKind.HOUSEHOLD:
            name = gettext("{name}'s household").format(name=self._member.name)
        HouseholdDialog(self._page, self._desk, (self._member.id, kind, None), self._saved, name=name).open()

    def _edit(self, one: HouseholdShown) -> None:
        if self._member is not None:
            HouseholdDialog(self._page, self._desk, (self._member.id, one.kind, one), self._saved).open()

    def _join(self, one: HouseholdShown) -> None:
        JoinDialog(self._page, self._desk, one, self._saved).open()

    def _role(self, one: HouseholdShown, person: PersonAround | tuple[int, HouseholdRole]) -> None:
        RoleDialog(self._page, self._desk, (one, person), self._saved).open()

    def _leave(self, one: HouseholdShown, member_id: int) -> None:
        self._presenter.leave(one.id, member_id, self._left)

    def _left(self, stays: bool) -> None:  # noqa: FBT001 - what the service gives
        self._desk.toasts.show(gettext("Taken out") if stays else gettext("Taken out; the household has ended"))

    def _same(self, one: SharesPhone) -> None:
        if self._member is not None:
            name = gettext("{name}'s household").format(name=self._member.name)
            request = SameHousehold(one.member_id, self._member.id, name)
            self._presenter.same_household(request, lambda _key: self._saved())

    def _relative(self, one: RelativeShown | None) -> None:
        if self._member is not None:
            RelativeDialog(self._page, self._desk, (self._member.id, one), self._saved).open()

    def _ask_gone(self, one: RelativeShown) -> None:
        title = gettext("Take {name} away?").format(name=one.name)
        verb = Verb(gettext("Take away"), lambda: self._drop(one), Kind.DANGER)
        ask(self._page, title, gettext("The birthday is not shown any more."), [verb, Verb(gettext("Keep"))])

    def _drop(self, one: RelativeShown) -> None:
        if self._member is not None:
            self._presenter.remove_relative(self._member.id, one.id, lambda _none: self._saved())

    def _saved(self) -> None:
        self._desk.toasts.show(gettext("Saved"))
