"""Dialogs about the people around a member: household or work unit, who comes in, a relative."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.queries.people_around import Candidate, HouseholdShown, PersonAround, RelativeShown
from crmdesk.services.households import EditHousehold, HouseholdFacts, Join, MakeHousehold
from crmdesk.services.relatives import RelativeFacts
from crmdesk.views.members.form_inputs import BirthdayField
from crmdesk.views.members.people_presenter import PeoplePresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, TextField
from crmdesk.views.support.form_dialog import FormDialog

_SHORT, _LINE, _NOTE = 120, 240, 4000
_LOOK_AFTER_MS = 200
_AT_HOME = (
    HouseholdRole.SELF,
    HouseholdRole.SPOUSE,
    HouseholdRole.CHILD,
    HouseholdRole.PARENT,
    HouseholdRole.SIBLING,
    HouseholdRole.RELATIVE,
    HouseholdRole.OTHER,
)
_AT_WORK = (HouseholdRole.OWNER, HouseholdRole.BUYER, HouseholdRole.STAFF, HouseholdRole.OTHER)
Saved = Callable[[], None]


def role_field(kind: HouseholdKind, words: str = "") -> ChoiceField[HouseholdRole]:
    """Give the field for what somebody is in a household or work unit."""
    roles = _AT_WORK if kind is HouseholdKind.WORK_UNIT else _AT_HOME
    return ChoiceField[HouseholdRole](words or gettext("&Role"), [(label(one), one) for one in roles], required=True)


class HouseholdDialog(FormDialog):
    """A household or work unit: a new one with this member, or one that is there."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        what: tuple[int, HouseholdKind, HouseholdShown | None],
        saved: Saved,
        *,
        name: str = "",
    ) -> None:
        """Show `what`: the member's key, the kind, and the household where there is one."""
        self._member_id, self._kind, self._known = what
        self._saved = saved
        work = self._kind is HouseholdKind.WORK_UNIT
        titles = (
            (gettext("New work unit"), gettext("Work unit"))
            if work
            else (gettext("New household"), gettext("Household"))
        )
        super().__init__(parent, titles[self._known is not None], gettext("Save"))
        self._presenter = PeoplePresenter(desk, self)
        words = gettext("&Name of the unit") if work else gettext("&Name of the household")
        self.name = self.add("name", LineField(words, required=True, max_length=_SHORT))
        self.role = role_field(self._kind, gettext("This member's &role"))
        if self._known is None:
            self.add("role", self.role)
        self.industry = LineField(gettext("&Industry"), max_length=_SHORT)
        if work:
            self.add("industry", self.industry)
        self.address = self.add("address", LineField(gettext("&Address"), max_length=_LINE))
        self.note = self.add("note", TextField(gettext("N&ote"), max_length=_NOTE, lines=2))
        self._fill(name)

    def _fill(self, name: str) -> None:
        known = self._known
        self.role.set_value(HouseholdRole.STAFF if self._kind is HouseholdKind.WORK_UNIT else HouseholdRole.SELF)
        self.name.set_value(known.name if known else name)
        if known is not None:
            self.industry.set_value(known.industry)
            self.address.set_value(known.address)
            self.note.set_value(known.note)

    @override
    def send(self) -> None:
        facts = HouseholdFacts(
            self.name.typed(), self._kind, self.industry.typed(), self.address.typed(), self.note.typed()
        )
        if self._known is not None:
            request = EditHousehold(self._known.id, self._known.version, facts)
            self._presenter.edit(request, self._done, self.refused)
        else:
            role = self.role.value() or HouseholdRole.OTHER
            self._presenter.make(MakeHousehold(facts, self._member_id, role), self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()


class JoinDialog(FormDialog):
    """Somebody comes into a household: found by phone, number, card or whole name."""

    def __init__(self, parent: QWidget, desk: Desk, household: HouseholdShown, saved: Saved) -> None:
        """Ask who comes into `household`."""
        title = gettext("Who belongs to {name}?").format(name=household.name)
        super().__init__(parent, title, gettext("Add"))
        self._household = household
        self._saved = saved
        self._presenter = PeoplePresenter(desk, self)
        example = gettext("phone, member number, card or whole name")
        self.text = self.add("text", LineField(gettext("&Find"), max_length=_SHORT, example=example))
        self.who = self.add("who", ChoiceField[int](gettext("&Member"), [], required=True))
        self.role = self.add("role", role_field(household.kind))
        self.note = self.add("note", LineField(gettext("N&ote"), max_length=_SHORT))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self.text.changed.connect(self._soon.start)

    def _look(self) -> None:
        self._presenter.read_candidates(self.text.typed(), self._offer)

    def _offer(self, found: tuple[Candidate, ...]) -> None:
        there = {person.member_id for person in self._household.people}
        fit = [one for one in found if one.member_id not in there]
        self.who.set_choices([(f"{one.name} · {one.number}", one.member_id) for one in fit])
        if fit:
            self.who.set_value(fit[0].member_id)
        missing = gettext("nobody found") if self.text.typed() and not fit else ""
        self.who.set_hint(missing)

    @override
    def send(self) -> None:
        role = self.role.value() or HouseholdRole.OTHER
        request = Join(self._household.id, self.who.value() or 0, role, self.note.typed())
        self._presenter.join(request, self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()


class RoleDialog(FormDialog):
    """What somebody is in a household."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        who: tuple[HouseholdShown, PersonAround | tuple[int, HouseholdRole]],
        saved: Saved,
    ) -> None:
        """Ask for the role of a person, or of the member (key and role) whose page it is."""
        self._household, person = who
        name = person.name if isinstance(person, PersonAround) else ""
        title = gettext("Role of {name}").format(name=name) if name else gettext("Role of this member")
        super().__init__(parent, title, gettext("Save"), self._household.name)
        self._saved = saved
        self._presenter = PeoplePresenter(desk, self)
        self._member_id, role = (person.member_id, person.role) if isinstance(person, PersonAround) else person
        self.role = self.add("role", role_field(self._household.kind))
        self.role.set_value(role)
        self.note = self.add("note", LineField(gettext("N&ote"), max_length=_SHORT))
        self.note.set_value(person.note if isinstance(person, PersonAround) else "")

    @override
    def send(self) -> None:
        role = self.role.value() or HouseholdRole.OTHER
        request = Join(self._household.id, self._member_id, role, self.note.typed())
        self._presenter.set_role(request, self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()


class RelativeDialog(FormDialog):
    """A relative with the birthday."""

    def __init__(self, parent: QWidget, desk: Desk, what: tuple[int, RelativeShown | None], saved: Saved) -> None:
        """Show a relative of the member with this key, or ask for a new one."""
        self._member_id, self._known = what
        title = gettext("Relative") if self._known else gettext("New relative")
        super().__init__(
            parent, title, gettext("Save"), gettext("The today board says on whose birthday to congratulate.")
        )
        self._saved = saved
        self._presenter = PeoplePresenter(desk, self)
        self.name = self.add("name", LineField(gettext("&Name"), required=True, max_length=_SHORT))
        self.role = self.add("role", role_field(HouseholdKind.HOUSEHOLD))
        today = self._presenter.context().today
        self.birthday = self.add("birthday", BirthdayField(gettext("&Birthday"), today))
        self.note = self.add("note", LineField(gettext("N&ote"), max_length=_SHORT))
        self.role.set_value(HouseholdRole.CHILD)
        if self._known is not None:
            self.name.set_value(self._known.name)
            self.role.set_value(self._known.role)
            self.birthday.set_value(self._known.birthday)
            self.note.set_value(self._known.note)

    @override
    def send(self) -> None:
        known = self._known
        request = RelativeFacts(
            self._member_id,
            self.name.typed(),
            self.role.value() or HouseholdRole.RELATIVE,
            self.birthday.value(),
            self.note.typed(),
            known.id if known else None,
            known.person_id if known else None,
        )
        self._presenter.save_relative(request, self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()
