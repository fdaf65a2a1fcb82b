"""The parts of the intake form as one thing: kind, what changes with what, the draft, the request for the save."""

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import Priority, Route, TicketKind
from crmdesk.queries.intake import IntakeRules, PersonFacts
from crmdesk.queries.loaners import LoanWish
from crmdesk.services.desk_intake import DeskIntake
from crmdesk.services.members import SharedPhoneError
from crmdesk.services.ticket_intake import TakeIn
from crmdesk.views.service.intake_come_back import ComeBackPart
from crmdesk.views.service.intake_condition import ConditionPart
from crmdesk.views.service.intake_fields import IntakeFields, Kept
from crmdesk.views.service.intake_item import ItemPart
from crmdesk.views.service.intake_loaner import LoanerPart
from crmdesk.views.service.intake_person import PersonPart
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_returns import ReturnsPart
from crmdesk.views.service.intake_said import SaidPart
from crmdesk.views.support.widgets.text import show_if

_SUBJECT_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Known:
    """What the page that a ticket is begun from knows of it; ``ticket_id`` is the ticket it comes of."""

    member_id: int | None = None
    item_id: int | None = None
    subject: str = ""
    words: str = ""
    ticket_id: int | None = None


class IntakeForm(QObject):
    """Holds the parts; the page lays them out."""

    kind_changed = Signal()

    def __init__(self, page: QWidget, presenter: IntakePresenter) -> None:
        """Build the parts; `page` takes their keys."""
        super().__init__(page)
        self._presenter = presenter
        self._kind = TicketKind.REPAIR
        self._subject = ""
        self._about: int | None = None
        self._tag: tuple[TicketKind, str] | None = None
        self._ready = False
        self.fields = IntakeFields(page)
        self._kept_kind = self.fields.add("kind", Kept(page, lambda: self._kind.value, self._take_kind))
        self.person = PersonPart(self.fields, presenter)
        self.item = ItemPart(self.fields, presenter)
        self.come_back = ComeBackPart(self.fields)
        self.returns = ReturnsPart(self.fields, presenter)
        self.said = SaidPart(self.fields, presenter)
        self.condition = ConditionPart(self.fields, presenter)
        self.condition.put_first(self.item.template)
        self.loaner = LoanerPart(self.fields, presenter)
        self._connect()
        self.show_kind(TicketKind.REPAIR)
        self.fields.mark_clean()

    def _connect(self) -> None:
        self.person.person_changed.connect(self._person_changed)
        self.item.item_changed.connect(self.renew)
        self.item.faults.changed.connect(self._show_clock)
        self.returns.lines_changed.connect(self.renew)
        self.said.promise_changed.connect(self.renew)
        self.loaner.decided.connect(self._show_clock)

    # -- kind and beginnings -----------------------------------------------------------------------

    @property
    def kind(self) -> TicketKind:
        """What the customer came for."""
        return self._kind

    def show_kind(self, kind: TicketKind) -> None:
        """Ask what belongs to a kind; what is typed stays."""
        self._kind = kind
        self.item.show_kind(kind)
        show_if(self.returns, kind is TicketKind.RETURN)
        self.said.show_kind(kind)
        show_if(self.loaner, kind is TicketKind.REPAIR)
        self.renew()
        self._kept_kind.touch()
        self.kind_changed.emit()

    def _take_kind(self, state: object) -> None:
        self.show_kind(TicketKind(str(state)) if state else self._kind)

    # -- the number of a tag that is printed already -----------------------------------------------

    @property
    def tag_number(self) -> str:
        """The number on the tag; empty without a tag, or when the kind became another one since."""
        return self._tag[1] if self._tag is not None and self._tag[0] is self._kind else ""

    def give_tag(self) -> object:
        """Give what a draft keeps of the tag."""
        return [self._tag[0].value, self._tag[1]] if self._tag is not None else None

    def take_tag(self, state: object) -> None:
        """Take the tag of a draft; None forgets it."""
        self._tag = (TicketKind(state[0]), str(state[1])) if isinstance(state, list) and state else None

    def set_rules(self, rules: IntakeRules) -> None:
        """Take the store's lengths of time; an untouched form stays untouched."""
        untouched = not self.is_dirty()
        self.said.set_rules(rules)
        self.item.set_rules(rules)
        self.renew()
        if untouched:
            self.fields.mark_clean()
        self._ready = True

    def is_dirty(self) -> bool:
        """Whether something would be lost."""
        return self.fields.is_dirty()

    def begin(self, kind: TicketKind) -> None:
        """Empty everything for the next customer."""
        self._subject = ""
        self._about = None
        self.person.phone.line.clear()
        self.fields.clear()
        self.person.clear()
        self.item.person_changed(None)
        self.returns.clear()
        self.loaner.clear()
        self.said.keep_default()
        self.show_kind(kind)
        for field in self.fields.fields().values():
            field.show_problem("")
        self.fields.mark_clean()

    def fill(self, known: Known) -> None:
        """Begin with what another page knows."""
        self._subject = known.subject
        self._about = known.ticket_id
        if known.member_id is not None:
            self.person.open_member(known.member_id)
        if known.item_id is not None:
            self.item.goods.want(f"item:{known.item_id}")
        if known.words:
            self.said.words.set_value(known.words)

    # -- what changes with what ------------------------------------------------------------------------

    def _person_changed(self, facts: PersonFacts | None) -> None:
        self.item.person_changed(facts)
        self.returns.person_changed(facts)
        self.loaner.show_tier(facts.tier if facts else None)
        self.renew()

    def renew(self) -> None:
        """Bring drawing, loaners and clock into line with what is typed."""
        if not hasattr(self, "loaner"):
            return
        returning = self._kind is TicketKind.RETURN
        category = self.returns.category_now() if returning else self.item.category_now()
        self.condition.show_category(category)
        self.loaner.propose(self._wish(), needed=self.said.takes_long() and category is not None)
        self._show_clock()

    def _wish(self) -> LoanWish | None:
        facts, promised = self.item.facts(), self.said.promised.value()
        today = self._presenter.today()
        if self._kind is not TicketKind.REPAIR or facts is None:
            return None
        until = promised if promised is not None and promised >= today else today + timedelta(days=1)
        known = self.person.known
        return LoanWish(facts.category, facts.size_class, today, until, known.id if known else None)

    def _show_clock(self) -> None:
        self.come_back.tell(self.item.come_back(), self.item.faults.value())
        self.said.show_clock(lending=self.loaner.lending)

    # -- the save ------------------------------------------------------------------------------------

    def check(self) -> bool:
        """Show what is missing or wrong, in reading order; tell whether all is well."""
        returning = self._kind is TicketKind.RETURN
        goods = self.returns.check if returning else self.item.check
        return (
            self.person.check()
            and goods()
            and self.fields.check()
            and self.said.check()
            and (self._kind is not TicketKind.REPAIR or self.loaner.check())
        )

    def request(self) -> DeskIntake:
        """Give everything as one request."""
        known, returning = self.person.known, self._kind is TicketKind.RETURN
        repair = self._kind is TicketKind.REPAIR
        return DeskIntake(
            ticket=self._take_in(known.id if known else 0),
            person=self.person.new_person(),
            loan=self.loaner.choice() if repair else None,
            pieces=self.returns.pieces() if returning else (),
            pictures=self.condition.pictures,
            captions=self.condition.captions,
            no_loan_words=self.loaner.why.value() or "",
        )

    def _take_in(self, member_id: int) -> TakeIn:
        said, item = self.said, self.item
        repair = self._kind is TicketKind.REPAIR
        facts = self.returns.facts() if self._kind is TicketKind.RETURN else item.facts()
        linked = self.come_back.linked()
        return TakeIn(
            kind=self._kind,
            member_id=member_id,
            customer_words=said.words.value() or "",
            subject=self._subject_words(),
            private_notes=said.notes.value() or "",
            item=facts,
            faults=item.faults.value() if self._kind is not TicketKind.RETURN else (),
            accessories=item.accessories.value() if repair else (),
            marks=self.condition.marks() if facts is not None else (),
            declared_value=item.value.value() if repair else None,
            promised_on=said.promised.value(),
            route=said.route.value() or Route.IN_STORE,
            priority=said.priority.value() or Priority.NORMAL,
            no_loan_reason=self.loaner.refusal() if repair else None,
            linked_ticket_id=linked.ticket_id if linked else self._about,
            link=TicketLink.COME_BACK if linked else None,
            estimate_only=self.item.estimate_only.value() and repair,
            number=self.tag_number,
            wanted=said.wanted.value() or "",
        )

    def _subject_words(self) -> str:
        """Give what lists call the ticket: the faults, else the beginning of the customer's words."""
        if self._subject:
            return self._subject
        faults = self.item.faults.value() if self._kind is not TicketKind.RETURN else ()
        if faults:
            return gettext(", ").join(map(fault_name, faults))
        words = " ".join((self.said.words.value() or "").split())
        return words if len(words) <= _SUBJECT_LENGTH else f"{words[: _SUBJECT_LENGTH - 1]}…"

    def failed(self, error: Exception) -> None:
        """Show a refusal where it belongs; nothing typed is lost."""
        if isinstance(error, InvalidFieldError) and error.field == "number":
            self._tag = None  # somebody else's by now: the next save takes a new one
        if isinstance(error, SharedPhoneError):
            self.person.refused(error)
        elif not self.loaner.refused(error):
            if isinstance(error, InvalidFieldError) and error.field == "item":
                self.item.goods.setFocus()
            self.fields.failed(error)
