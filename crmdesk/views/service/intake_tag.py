"""The bag tag before the save: a number is taken for it, the draft keeps it, the ticket gets it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.paper_facts.tag import TagFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import TicketKind
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_form import IntakeForm
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.room import Room
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_TAIL = 4


class TagFirst:
    """Takes the number, keeps it in the draft on disk, and only then prints: no tag is given twice."""

    def __init__(self, page: QWidget, form: IntakeForm, presenter: IntakePresenter, room: Room) -> None:
        """Add the number to the draft of `form`."""
        self._form = form
        self._presenter = presenter
        self._room = room
        self._asking = False
        self._kept = form.fields.add("tag", Kept(page, form.give_tag, form.take_tag))

    def print_tag(self) -> None:
        """Print the tag of the ticket that is being filled in; a second time with the same number."""
        if self._form.tag_number:
            self._print(self._form.tag_number)
        elif not self._asking:
            self._asking = True
            kind = self._form.kind
            self._presenter.reserve_number(kind, partial(self._got, kind), self._failed)

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._form.failed(error)

    def _got(self, kind: TicketKind, number: str) -> None:
        self._asking = False
        self._form.take_tag([kind.value, number])
        self._kept.touch()
        self._room.desk.drafts.flush()
        self._print(number)
        self._room.say(gettext("Tag {number}: the ticket gets this number when it is saved").format(number=number))

    def _print(self, number: str) -> None:
        facts = tag_facts(self._form)
        keeping.give_out(self._room.desk, self._room.page, partial(_gather, facts, number))


def tag_facts(form: IntakeForm) -> TagFacts:
    """Give what is known of the ticket so far; number and store are filled in later."""
    known, item = form.person.known, form.item.facts()
    digits = "".join(letter for letter in form.person.phone.typed() if letter.isdecimal())
    return TagFacts(
        number="",
        store_name="",
        customer_name=known.name if known is not None else form.person.name.typed(),
        phone_tail=digits[-_TAIL:],
        item_words=item.name if item is not None else "",
        fault_words=gettext(", ").join(map(fault_name, form.item.faults.value())),
        promised_on=form.said.promised.value(),
        parts=1 + len(form.item.accessories.value()),
    )


def _gather(facts: TagFacts, number: str, _session: "Session", context: Context) -> keeping.Wanted:
    made = TagFacts(
        number,
        context.store.name,
        facts.customer_name,
        facts.phone_tail,
        facts.item_words,
        facts.fault_words,
        facts.promised_on,
        parts=facts.parts,
    )
    return keeping.Wanted(made, RegisterPaper(PaperKind.BAG_TAG, number, context.language))
