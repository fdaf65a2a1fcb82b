"""Forms of receipts: one that is typed in, goods that come back, a wrong one put right."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.queries.people_around import Candidate
from crmdesk.queries.purchase_case import PurchaseCase
from crmdesk.services.purchase_desk import BackLine, Effect, PutRight, TakeBack
from crmdesk.services.purchases import PurchaseExistsError, PurchaseFacts
from crmdesk.views.members.purchase_lines import LinesPart
from crmdesk.views.members.purchase_presenter import Guides, PurchasePresenter
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, NumberField
from crmdesk.views.support.form_dialog import FormDialog

_NUMBER, _NOTE, _TEXT = 40, 120, 120
_WIDTH, _NARROW = 880, 560
_LOOK_AFTER_MS = 200
Saved = Callable[[Effect], None]
Buyer = tuple[int, str]


class _ReceiptDialog(FormDialog):
    """What every form of a receipt asks: its number, the day, a note."""

    problem_fields: ClassVar = {PurchaseExistsError: "number", ReasonMissingError: "reason"}

    def __init__(self, parent: QWidget, desk: Desk, words: tuple[str, str, str], saved: Saved, width: int) -> None:
        super().__init__(parent, *words, width=width)
        self.presenter = PurchasePresenter(desk, self)
        self._saved = saved
        today = self.presenter.context().today
        self.number = LineField(gettext("Receipt &number"), hint=gettext("empty: given"), max_length=_NUMBER)
        self.day = DayField(gettext("&Day"), today, required=True, leaning=Leaning.PAST)
        self.day.set_value(today())
        self.note = LineField(gettext("No&te"), max_length=_NOTE)

    def written(self, effect: Effect) -> None:
        """Close and tell what it did."""
        self.accept()
        self._saved(effect)


class PurchaseDialog(_ReceiptDialog):
    """A purchase typed in; with a wrong receipt it says what would have been right."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        saved: Saved,
        *,
        buyer: Buyer | None = None,
        wrong: PurchaseCase | None = None,
    ) -> None:
        """Ask for the receipt of `buyer` (key and name), of somebody or nobody; `wrong` is the receipt to put right."""
        super().__init__(parent, desk, _words(wrong), saved, _WIDTH)
        self._wrong = wrong
        example = gettext("phone, number, card, whole name")
        self.person = LineField(gettext("&Find the member"), max_length=_TEXT, example=example)
        self.who = ChoiceField[int](gettext("&Member"), [], empty=gettext("nobody"))
        self.guide = ChoiceField[int](gettext("&Guide"), [])
        self.add_row(person=self.person, who=self.who, guide=self.guide)
        self.add_row(number=self.number, day=self.day, note=self.note)
        self.reason: LineField | None = None
        if wrong is not None:
            self.reason = self.add("reason", LineField(gettext("What was &wrong"), required=True, max_length=_NOTE))
        self.lines = LinesPart(wrong.lines if wrong is not None else ())
        for name, field in self.lines.named().items():
            self.fields.add(name, field)
        self.lines.added.connect(self._add_line)
        self.add_part(self.lines)
        self._known: list[Buyer] = []
        self._begin(buyer)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self.person.changed.connect(self._soon.start)
        self.presenter.read_guides(self._offer_guides)

    def _begin(self, buyer: Buyer | None) -> None:
        wrong = self._wrong
        if wrong is not None:
            self.day.set_value(wrong.day)
            self.note.set_value(wrong.note)
            buyer = (wrong.member_id, wrong.member_name) if wrong.member_id is not None else None
        if buyer is not None:
            self._known = [buyer]
            self.who.set_choices([(buyer[1], buyer[0])])
            self.who.set_value(buyer[0])

    def _offer_guides(self, guides: Guides) -> None:
        dirty = self.fields.is_dirty()
        self.guide.set_choices([(name, key) for key, name in guides])
        known = {key for key, _name in guides}
        staff = self._wrong.guide_id if self._wrong is not None else self.presenter.context().actor.staff_id
        if staff in known:
            self.guide.set_value(staff)
        if not dirty:
            self.fields.mark_clean()

    def _add_line(self, named: object) -> None:
        if isinstance(named, dict):
            for name, field in named.items():
                self.fields.add(name, field)

    def _look(self) -> None:
        self.presenter.read_candidates(self.person.typed(), self._offer)

    def _offer(self, found: tuple[Candidate, ...]) -> None:
        typed = self.person.typed()
        self._known = [(one.member_id, f"{one.name} · {one.number}") for one in found] if typed else self._known
        self.who.set_choices([(words, key) for key, words in self._known])
        if found:
            self.who.set_value(found[0].member_id)
        self.person.set_hint(gettext("nobody found") if typed and not found else "")

    @override
    def send(self) -> None:
        problems = self.lines.problems()
        if problems:
            self.save.setEnabled(True)
            self.fields.show_problems(problems)
            return
        request = PurchaseFacts(
            self.number.typed(),
            self.day.value() or self.presenter.context().today(),
            self.lines.facts(),
            self.who.value(),
            self.guide.value(),
            self.note.typed(),
        )
        if self._wrong is None or self.reason is None:
            self.presenter.enter(request, self.written, self.refused)
        else:
            change = PutRight(self._wrong.id, self.reason.typed(), request)
            self.presenter.put_right(change, self.written, self.refused)


class TakeBackDialog(_ReceiptDialog):
    """Goods of a receipt come back: how many of each line."""

    def __init__(self, parent: QWidget, desk: Desk, saved: Saved, sale: PurchaseCase) -> None:
        """Ask what of `sale` comes back."""
        title = gettext("Goods of {number} come back").format(number=sale.number)
        text = gettext("The receipt of the return counts against the purchase; points it earned are taken back once.")
        super().__init__(parent, desk, (title, gettext("Book the return"), text), saved, _NARROW)
        self._sale = sale
        self.pieces: dict[int, NumberField] = {}
        open_lines = [line for line in sale.lines if line.left]
        for line in open_lines:
            words = gettext("{goods}: pieces of {left} that come back").format(goods=line.name, left=line.left)
            field = NumberField(words.replace("&", "&&"), most=line.left)
            field.set_value(line.left if len(open_lines) == 1 else 0)
            if line.on_tickets:
                field.set_hint(gettext("{count} on return tickets").format(count=line.on_tickets))
            self.pieces[line.id] = self.add(f"pieces{line.id}", field)
        self.add_row(number=self.number, day=self.day)
        self.add("note", self.note)

    @override
    def send(self) -> None:
        wanted = tuple(BackLine(key, field.value() or 0) for key, field in self.pieces.items())
        if not any(one.pieces for one in wanted):
            self.save.setEnabled(True)
            first = next(iter(self.pieces))
            self.fields.show_problems({f"pieces{first}": gettext("Please say how many come back.")})
            return
        day = self.day.value() or self.presenter.context().today()
        request = TakeBack(self._sale.id, wanted, day, self.number.typed(), self.note.typed())
        self.presenter.take_back(request, self.written, self.refused)


def _words(wrong: PurchaseCase | None) -> tuple[str, str, str]:
    if wrong is None:
        return gettext("Enter a purchase"), gettext("Save"), ""
    text = gettext(
        "The wrong receipt is countered as a whole and belongs to nobody from then on; this one stands for it."
    )
    return gettext("Put {number} right").format(number=wrong.number), gettext("Put right"), text
