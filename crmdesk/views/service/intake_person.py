"""Who stands at the counter: one field for phone, card, number or name; somebody new is put on file in place."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal

from crmdesk.core.i18n import gettext
from crmdesk.core.phone import PhoneError, normalise
from crmdesk.queries.intake import Found, PersonFacts
from crmdesk.services.desk_intake import NewPerson
from crmdesk.services.members import SharedPhoneError
from crmdesk.views.service.intake_early import EarlyKeys
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_lookup import PersonLookup, phone_in
from crmdesk.views.service.intake_person_look import PersonLook
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_words import JOINT
from crmdesk.views.support import errors
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.sentences_common import phone_sentence
from crmdesk.views.support.widgets.chip_bar import Chip
from crmdesk.views.support.widgets.text import show_if

_SOMEBODY_ELSE = "new"
_NOT_SAID = "?"


class PersonPart(PersonLook):
    """Decides who it is; `person_changed` carries PersonFacts, or None while nobody is known."""

    person_changed = Signal(object)

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add the fields to `fields`."""
        super().__init__(fields)
        self._presenter = presenter
        self._found: Found | None = None
        self._known: PersonFacts | None = None
        self._wanted = 0
        self._sharing = False
        self._kept = fields.add("person", Kept(self, self._give, self._take_back))
        self.choice.chosen.connect(self._on_chosen)
        self.share_link.clicked.connect(self.share)
        self.lookup = PersonLookup(self.phone, presenter)
        self.early = EarlyKeys(self.phone, self.lookup, presenter)
        self.early.acted.connect(self._tell_nobody)
        self.lookup.typed_on.connect(self._on_typed)
        self.lookup.emptied.connect(self._show_new)
        self.lookup.answered.connect(self._answered)
        self._show_new()

    # -- who it is -----------------------------------------------------------------------------

    @property
    def known(self) -> PersonFacts | None:
        """The member, when she is on file."""
        return self._known

    def new_person(self) -> NewPerson | None:
        """Give what is typed about somebody who is not on file; None for a member."""
        if self._known is not None:
            return None
        phone = phone_in(self.phone.typed())
        return NewPerson(
            name=self.name.typed(),
            phone=phone,
            gender=self.gender.value(),
            walk_in=bool(self.walk_in.value()) or phone is None,
            share_phone=self._sharing,
        )

    def open_member(self, member_id: int) -> None:
        """Begin with a member whose page the person came from."""
        self._wanted = member_id
        self._presenter.read_person(member_id, self._began_with)

    def _began_with(self, facts: PersonFacts) -> None:
        self.lookup.take_as(facts.number)
        self._know(facts)

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` when it is clear who it is."""
        self.lookup.settle(then)

    def check(self) -> bool:
        """Show what is missing about the person; tell whether all is well."""
        if self._known is not None:
            return True
        typed = self.phone.typed()
        if typed and phone_in(typed) is None:
            self._tell_unknown(typed)
            self.phone.setFocus()
            return False
        if self.name.typed():
            return True
        if typed:
            self.name.show_problem(gettext("New customer: please type the name."))
            self.name.setFocus()
        else:
            self.phone.show_problem(gettext("Type a phone or card, or the name of somebody without one."))
            self.phone.setFocus()
        return False

    def _tell_unknown(self, typed: str) -> None:
        if self._found is not None and self._found.people:
            self.phone.show_problem(gettext("Please choose who it is."))
            return
        try:
            normalise(typed)
        except PhoneError as error:
            nobody = gettext("Nobody found for this.")
            self.phone.show_problem(f"{nobody} {phone_sentence(error).line()}")

    # -- answers of the look-up --------------------------------------------------------------------

    def _on_typed(self) -> None:
        if self._known is not None or self._found is not None:
            self._found, self._sharing = None, False
            self._forget()
        self._show_new()

    def _answered(self, found: Found) -> None:
        self._found = found
        if not found.people:
            self._forget()
            self._tell_nobody()
            self.lookup.finish()
            return
        self.phone.show_problem("")
        decided = found.exact or (self.lookup.entered and len(found.people) == 1)
        self._offer(decided=decided)
        keys = [hit.id for hit in found.people]
        if (decided or self._wanted in keys) and not self._sharing:
            self._take(self._wanted if self._wanted in keys else keys[0])
        else:
            self._show_new()
            self.lookup.finish()

    def _tell_nobody(self) -> None:
        """Say that nobody was found, once the field is left."""
        found = self._found
        if found is not None and not found.people and found.phone is None and not self.phone.line.hasFocus():
            self._tell_unknown(found.typed)

    def _offer(self, *, decided: bool = True) -> None:
        """Offer who it may be: several people, and for a phone somebody else of the family."""
        people = self._found.people if self._found is not None else ()
        chips = [] if decided else [Chip(_NOT_SAID, gettext("Who is it?"))]
        chips += [Chip(str(hit.id), JOINT.join((hit.name, hit.detail))) for hit in people]
        if self._shares_phone():
            chips.append(Chip(_SOMEBODY_ELSE, gettext("Somebody else with this phone")))
        keys = [chip.name for chip in chips]
        chosen = _SOMEBODY_ELSE if self._sharing else str(self._wanted)
        self.choice.blockSignals(True)
        self.choice.set_chips(chips)
        self.choice.choose(chosen if chosen in keys else keys[0])
        self.choice.blockSignals(False)
        show_if(self.choice, len(people) > 1 or not decided or self._sharing)

    def _shares_phone(self) -> bool:
        return self._found is not None and self._found.phone is not None and bool(self._found.people)

    def _on_chosen(self, name: str) -> None:
        if name == _SOMEBODY_ELSE:
            self.share()
        elif name != _NOT_SAID:
            self._sharing = False
            self._wanted = int(name)
            self._take(self._wanted)
            self._kept.touch()

    def share(self, _checked: object = None) -> None:
        """Put somebody else with the same phone on file (a family)."""
        self._sharing = True
        self._forget()
        self._offer()
        self._show_new()
        # The chips give themselves the focus once they have told what was chosen.
        QTimer.singleShot(0, self.name, self.name.setFocus)
        self._kept.touch()

    def _take(self, member_id: int) -> None:
        self._presenter.read_person(member_id, self._know)

    def _know(self, facts: PersonFacts) -> None:
        self._known = facts
        self._wanted = facts.id
        self.show_known(facts, may_be_another=self._shares_phone() and self.choice.isHidden())
        self._kept.touch()
        self.person_changed.emit(facts)
        self.lookup.finish()

    def _forget(self) -> None:
        known, self._known = self._known, None
        if known is not None:
            self.name.set_value("")
        self.choice.hide()
        self._show_new()
        if known is not None:
            self.person_changed.emit(None)

    def _show_new(self) -> None:
        typed = self.phone.typed()
        new = self._sharing or (self.lookup.settled and phone_in(typed) is not None)
        self.show_new(new=new)

    # -- draft, refusals ---------------------------------------------------------------------------

    def _give(self) -> object:
        return {"id": self._known.id if self._known else 0, "share": self._sharing}

    def _take_back(self, state: object) -> None:
        kept = state if isinstance(state, dict) else {}
        self._wanted = int(kept.get("id", 0))
        self._sharing = bool(kept.get("share", False))

    def clear(self) -> None:
        """Forget the person; the fields are emptied by their set."""
        self._found, self._wanted, self._sharing = None, 0, False
        self.lookup.clear()
        self.early.drop()
        self._forget()

    def refused(self, error: SharedPhoneError) -> None:
        """Show that the phone got an owner meanwhile, and offer her."""
        sentence = errors.explain(error)
        self.lookup.forget()
        self.lookup.settle(lambda: self.phone.show_problem(sentence.line() if sentence else ""))
        self.phone.setFocus()
