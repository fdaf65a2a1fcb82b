"""Who stands at the counter: one field for phone, card, number or name; somebody new is put on file in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import Gender
from crmdesk.core.phone import PhoneError, normalise
from crmdesk.core.tones import Tone
from crmdesk.queries.intake import Found, PersonFacts
from crmdesk.services.desk_intake import NewPerson
from crmdesk.services.members import SharedPhoneError
from crmdesk.views.service.intake_fields import Kept, PickField
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_words import JOINT, history_words
from crmdesk.views.support import errors
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.sentences_common import phone_sentence
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import ShortText, show_if

if TYPE_CHECKING:
    from crmdesk.queries.intake import PersonHit

_WAIT_MS = 150
_SHORTEST = 4
_NOBODY_ELSE = "new"
_NOT_SAID = "?"


class PersonPart(QWidget):
    """Phone, name, and one line of history; `person_changed` carries PersonFacts, or None while nobody is known."""

    person_changed = Signal(object)

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add the fields to `fields`."""
        super().__init__()
        self._presenter = presenter
        self._people: tuple[PersonHit, ...] = ()
        self._known: PersonFacts | None = None
        self._looked = ""
        self._wanted = 0
        self._sharing = False
        self._entered = False
        self._waiting: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look_up)
        self._make_fields(fields)
        self._arrange()
        self._show_new()

    def _make_fields(self, fields: FieldSet) -> None:
        self.phone = fields.add("phone", LineField(gettext("&Phone / card"), max_length=60))
        self.phone.line.textChanged.connect(self._on_typed)
        self.phone.left.connect(self.look_up)
        self.phone.line.installEventFilter(self)
        self.name = fields.add("name", LineField(gettext("Customer"), max_length=60))
        self.gender = fields.add(
            "gender",
            PickField[Gender | None](
                gettext("Gender"), [(gettext("not given"), None), *((label(one), one) for one in Gender)]
            ),
        )
        self.walk_in = fields.add(
            "walk_in", PickField[bool](gettext("Keep as"), [(gettext("member"), False), (gettext("walk-in"), True)])
        )
        self.walk_in.set_value(value=False)
        self._kept = fields.add("person", Kept(self, self._give, self._take_back))

    def _arrange(self) -> None:
        self._tier = Pill()
        self._tier.setParent(self.name.line)
        inside = row(None, self._tier, gap=0)
        inside.setContentsMargins(0, 0, 8, 0)
        self.name.line.setLayout(inside)
        self._icon = IconLabel("history", colour="soft")
        self._history = ShortText("", "small")
        self._choice = ChipBar()
        self._choice.chosen.connect(self._on_chosen)
        self._choice.setAccessibleName(gettext("Who is it?"))
        top = row(gap=2)
        for part, share in ((self.phone, 5), (self.name, 5), (self.gender, 3), (self.walk_in, 3)):
            top.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self._said = QWidget()
        said = row(self._icon, self._history, gap=2)
        said.setStretch(1, 1)
        self._said.setLayout(said)
        self.setLayout(column(top, self._choice, self._said, gap=2))
        self._choice.hide()

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [self.phone.editor, self.name.editor, self._choice, self.gender.editor, self.walk_in.editor]

    # -- who it is -----------------------------------------------------------------------------

    @property
    def known(self) -> PersonFacts | None:
        """The member, when she is on file."""
        return self._known

    def new_person(self) -> NewPerson | None:
        """Give what is typed about somebody who is not on file; None for a member."""
        if self._known is not None:
            return None
        phone = None
        if self.phone.typed():
            phone = normalise(self.phone.typed())
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
        self._looked = facts.number
        self.phone.set_value(facts.number)
        self._soon.stop()
        self._know(facts)

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` when what is typed in the phone field has been looked up."""
        if self.phone.typed() == self._looked:
            then()
        else:
            self._waiting.append(then)
            self.look_up()

    def check(self) -> bool:
        """Show what is missing about the person; tell whether all is well."""
        if self._known is not None:
            return True
        typed = self.phone.typed()
        if typed and not self._is_phone(typed):
            self._tell_unknown(typed)
            self.phone.setFocus()
            return False
        if not self.name.typed():
            if typed:
                self.name.show_problem(gettext("New customer: please type the name."))
                self.name.setFocus()
            else:
                self.phone.show_problem(gettext("Type a phone or card, or the name of somebody without one."))
                self.phone.setFocus()
            return False
        return True

    # -- looking up ------------------------------------------------------------------------------

    def _on_typed(self, _text: str) -> None:
        typed = self.phone.typed()
        if typed == self._looked:
            return
        self._entered = False
        if self._known is not None or self._people:
            self._people = ()
            self._forget()
        if self._is_phone(typed):
            self._soon.start(0)
        elif len(typed) >= _SHORTEST:
            self._soon.start(_WAIT_MS)
        else:
            self._soon.stop()

    @staticmethod
    def _is_phone(typed: str) -> bool:
        try:
            normalise(typed)
        except PhoneError:
            return False
        return True

    def look_up(self) -> None:
        """Ask who it is; nothing happens when that is known already."""
        self._soon.stop()
        typed = self.phone.typed()
        if typed == self._looked and not self._waiting:
            return
        if not typed:
            self._looked = ""
            self._show_new()
            self._run_waiting()
            return
        self._presenter.find_person(typed, self._found)

    def _found(self, found: Found) -> None:
        if found.typed != self.phone.typed():
            return
        self._looked = found.typed
        self._people = found.people
        if not found.people:
            self._forget()
            if found.phone is None and not self.phone.line.hasFocus():
                self._tell_unknown(found.typed)
            self._run_waiting()
            return
        self.phone.show_problem("")
        if found.phone is not None and self.phone.line.text() != found.phone.group():
            self._looked = found.phone.group()
            self.phone.line.setText(self._looked)
        decided = found.exact or (self._entered and len(found.people) == 1)
        self._offer(shared=found.phone is not None, decided=decided)
        if self._sharing:
            self._show_new()
            self._run_waiting()
            return
        keys = [hit.id for hit in found.people]
        if self._wanted in keys:
            self._take(self._wanted)
        elif decided:
            self._take(keys[0])
        else:
            self._show_new()
            self._run_waiting()

    def _tell_unknown(self, typed: str) -> None:
        try:
            normalise(typed)
        except PhoneError as error:
            nobody = gettext("Please choose who it is.") if self._people else gettext("Nobody found for this.")
            self.phone.show_problem(nobody if self._people else f"{nobody} {phone_sentence(error).line()}")

    def _offer(self, *, shared: bool, decided: bool = True) -> None:
        """Offer who it may be: several people, and for a phone somebody else of the family."""
        chips = [] if decided else [Chip(_NOT_SAID, gettext("Who is it?"))]
        chips += [Chip(str(hit.id), JOINT.join((hit.name, hit.detail))) for hit in self._people]
        if shared:
            chips.append(Chip(_NOBODY_ELSE, gettext("+ Somebody else with this phone")))
        keys = [chip.name for chip in chips]
        chosen = _NOBODY_ELSE if self._sharing else str(self._wanted)
        self._choice.blockSignals(True)
        self._choice.set_chips(chips)
        self._choice.choose(chosen if chosen in keys else keys[0])
        self._choice.blockSignals(False)
        show_if(self._choice, len(keys) > 1 + shared or self._sharing)

    def _on_chosen(self, name: str) -> None:
        self._sharing = name == _NOBODY_ELSE
        if self._sharing:
            self._forget()
            self._choice.show()
            self.name.setFocus()
        elif name != _NOT_SAID:
            self._wanted = int(name)
            self._take(self._wanted)
        self._kept.touch()

    def share(self) -> None:
        """Put somebody else with the same phone on file (a family)."""
        self._sharing = True
        self._offer(shared=True)
        self._forget()
        self._choice.show()
        self.name.setFocus()
        self._kept.touch()

    def _take(self, member_id: int) -> None:
        self._presenter.read_person(member_id, self._know)

    def _know(self, facts: PersonFacts) -> None:
        self._known = facts
        self._wanted = facts.id
        self.name.set_value(facts.name)
        self.name.line.setReadOnly(True)
        self.name.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.name.show_problem("")
        if self.name.line.hasFocus():
            # She was faster than the answer; a known name needs no typing.
            self.name.line.focusNextChild()
        self._tier.set_status(label(facts.tier), Tone.NEUTRAL, "credit-card")
        self._tier.show()
        self._show_new_fields(wanted=False)
        self.name.set_hint("")
        self._tell("history", history_words(facts))
        self._kept.touch()
        self.person_changed.emit(facts)
        self._run_waiting()

    def _forget(self) -> None:
        known, self._known = self._known, None
        if known is not None:
            self.name.set_value("")
        self._choice.hide()
        self._show_new()
        if known is not None:
            self.person_changed.emit(None)

    def _show_new(self) -> None:
        typed = self.phone.typed()
        new = self._looked == typed and (self._sharing or self._is_phone(typed))
        self._tier.hide()
        self.name.line.setReadOnly(False)
        self.name.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_new_fields(wanted=new)
        self.name.set_hint(gettext("new customer") if new else "")
        told = "" if typed else gettext("Without a phone: type the name, she is kept as a walk-in")
        self._tell("info", told)

    def _tell(self, icon: str, said: str) -> None:
        self._icon.set_icon(icon)
        self._history.setText(said)
        show_if(self._said, bool(said))

    def _show_new_fields(self, *, wanted: bool) -> None:
        show_if(self.gender, wanted)
        show_if(self.walk_in, wanted)

    def _run_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    # -- draft, refusals, keys ---------------------------------------------------------------------

    def _give(self) -> object:
        return {"id": self._known.id if self._known else 0, "share": self._sharing}

    def _take_back(self, state: object) -> None:
        kept = state if isinstance(state, dict) else {}
        self._wanted = int(kept.get("id", 0))
        self._sharing = bool(kept.get("share", False))

    def clear(self) -> None:
        """Forget the person; the fields are emptied by their set."""
        self._people, self._looked, self._wanted, self._sharing = (), "", 0, False
        self._soon.stop()
        self._forget()

    def refused(self, error: SharedPhoneError) -> None:
        """Show that the phone got an owner meanwhile, and offer her."""
        sentence = errors.explain(error)
        self._looked = ""
        self.settle(lambda: self.phone.show_problem(sentence.line() if sentence else ""))
        self.phone.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the phone field looks up at once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._entered = True
                self._looked = ""
                self.look_up()
                return True
        return super().eventFilter(watched, event)
