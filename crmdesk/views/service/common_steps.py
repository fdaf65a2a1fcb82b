"""Steps that every kind of ticket has: tell the customer, another date, a note, a shelf, cancel, papers."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import state_label
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import GOODS_GONE, TRANSITIONS, GoodsPlace, TicketState
from crmdesk.services import repair
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_put_dialog import PutDialog
from crmdesk.views.service.tell_dialog import TellDialog
from crmdesk.views.service.ticket_printing import Printing, print_paper
from crmdesk.views.service.work_dialogs import EstimateDialog, NoteDialog, NoteWords, RemarkDialog
from crmdesk.views.support.paper_words import paper_word

OpenDialog = Callable[[Room, Case], QDialog]


def opening(room: Room, case: Case, make: OpenDialog) -> Callable[[], None]:
    """Give what opens a dialog about the case; nothing blocks."""

    def run() -> None:
        make(room, case).open()

    return run


def condition_report(room: Room, case: Case) -> Sequence[CaseStep]:
    """Give the report of the goods at all gates; nothing where a ticket is not about a thing."""
    return (paper(room, case, PaperKind.CONDITION_REPORT),) if case.ticket.item_id is not None else ()


def refusal(case: Case, right: Right, *, legal: bool) -> str:
    """Say why a step is not possible now; empty when it is."""
    if not case.context.may(right):
        if right is Right.JUDGE:
            return gettext("manager only")
        return gettext("not for your role")
    state = state_label(case.ticket.state, case.ticket.route)
    return "" if legal else gettext("not while “{state}”").format(state=state)


def may_move(case: Case, wanted: TicketState) -> bool:
    """Tell whether the state table leads from the ticket's state to ``wanted``."""
    return wanted in TRANSITIONS[case.ticket.kind][case.ticket.state]


def tell(room: Room, case: Case) -> CaseStep:
    """Call or write to the customer."""
    why = refusal(case, Right.SERVE, legal=case.ticket.is_open)
    return CaseStep(gettext("Tell customer"), "phone", opening(room, case, TellDialog), why)


def estimate(room: Room, case: Case) -> CaseStep:
    """Expect the goods on another date."""
    why = refusal(case, Right.SERVE, legal=case.ticket.is_open)
    return CaseStep(gettext("Change date"), "", opening(room, case, EstimateDialog), why)


def note(room: Room, case: Case) -> CaseStep:
    """Write something for colleagues."""
    return CaseStep(gettext("Write a note"), "message-square", opening(room, case, RemarkDialog))


def shelf(room: Room, case: Case) -> CaseStep:
    """Say where the goods lie."""
    here = case.ticket.goods_place in (GoodsPlace.COUNTER, GoodsPlace.SHELF)
    legal = here and case.ticket.state not in GOODS_GONE
    why = refusal(case, Right.SERVE, legal=True) or ("" if legal else gettext("the goods are not here"))
    return CaseStep(gettext("Put on the shelf"), "warehouse", opening(room, case, PutDialog), why)


def cancel(room: Room, case: Case) -> CaseStep:
    """Cancel the order with a reason."""
    why = refusal(case, Right.SERVE, legal=may_move(case, TicketState.CANCELLED))
    words = NoteWords(
        gettext("Cancel the order"),
        gettext("Cancel order"),
        gettext("&Reason"),
        gettext("The order ends here. The goods, if any, go back to the customer."),
        required=True,
    )

    def make(room: Room, case: Case) -> QDialog:
        return NoteDialog(room, case, words, repair.cancel)

    return CaseStep(gettext("Cancel the order"), "ban", opening(room, case, make), why)


def paper(room: Room, case: Case, kind: PaperKind, why: str = "", keys: str = "") -> CaseStep:
    """Print one of the ticket's papers."""
    wanted = Printing(kind, case.ticket.id, case.ticket.number)
    words = gettext("Print: {paper}").format(paper=paper_word(kind))
    return CaseStep(words, "printer", partial(print_paper, room, wanted), why, keys)
