"""The dialogs of complaints, of their letters, and of returns."""

from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.queries import complaint_case, letter_facts, paper_register, return_case
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.paper_register import PaperFilter
from crmdesk.services import complaint_proposals, letters
from crmdesk.services.letters import IssueLetter
from crmdesk.services.purchases import LineFacts
from crmdesk.views.service import case_complaint_after as after
from crmdesk.views.service import case_complaint_decide as decide
from crmdesk.views.service import case_complaint_dialogs as complaint
from crmdesk.views.service import case_complaint_tasks as tasks
from crmdesk.views.service import case_return_dialogs as returned
from crmdesk.views.service import case_return_lines as lines
from crmdesk.views.service.case_letter_composer import LetterComposer
from crmdesk.views.service.case_letter_send import SendDialog
from crmdesk.views.service.case_return_decide import DecideReturnDialog
from tests.builders import cases
from tests.gui.fit.stage import Make, Stage, nothing

OPEN = (
    complaint.AssessDialog,
    complaint.InvestigateDialog,
    complaint.ProposeDialog,
    decide.PinDialog,
    decide.DecideDialog,
    tasks.GiveTaskDialog,
    tasks.FinishTaskDialog,
    tasks.EscalateDialog,
)
DECIDED = (after.TellDecisionDialog, after.CarryOutDialog, after.SatisfactionDialog, tasks.CorrectiveDialog)
RETURN = (
    lines.AddLineDialog,
    lines.RemoveLineDialog,
    returned.CheckDialog,
    DecideReturnDialog,
    returned.CarryOutDialog,
)


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    return [*_complaints(stage), *_letters(stage), *_returns(stage)]


def _known(stage: Stage, ticket_id: int) -> ComplaintCase:
    with stage.shop.reading() as session:
        return complaint_case.case(session, ticket_id, stage.context)


def _complaints(stage: Stage) -> list[Make]:
    waiting, told = cases.proposed(stage.shop), cases.told(stage.shop)
    known, later = _known(stage, waiting), _known(stage, told)
    case, decided = stage.case(waiting, known), stage.case(told, later)
    refuse = (complaint_proposals.refuse, ("Refuse the proposal", "Refuse"))
    return [
        *(lambda one=one: one(stage.room, case, known) for one in OPEN),
        *(lambda one=one: one(stage.room, decided, later) for one in DECIDED),
        lambda: decide.AnswerDialog(stage.room, case, known, *refuse),
    ]


def _letters(stage: Stage) -> list[Make]:
    shop, context = stage.shop, stage.context
    told = cases.told(shop)
    with shop.reading() as session:
        draft = letter_facts.compose(session, told, context)
    body = letter_facts.LetterBody({draft.language: draft.facts.words[draft.language]}, draft.facts.contact)
    shop.do(letters.issue, IssueLetter(told, draft.language, body, 0), context)
    with shop.reading() as session:
        again = letter_facts.compose(session, told, context)
        paper = paper_register.first(session, PaperFilter(PaperKind.LETTER), context, None, 1)[0]
    return [
        lambda: LetterComposer(stage.room, again, nothing),
        lambda: SendDialog(stage.room, paper, tells=True),
    ]


def _returns(stage: Stage) -> list[Make]:
    bought = cases.add_purchase(stage.shop, stage.member, LineFacts("羊毛大衣 驼色", Money.yuan(400)))
    ticket_id = cases.add_return(stage.shop, stage.member)
    cases.add_line(stage.shop, ticket_id, bought[0])
    cases.check_all(stage.shop, ticket_id)
    with stage.shop.reading() as session:
        known = return_case.case(session, ticket_id, stage.context)
    case = stage.case(ticket_id, known)
    return [lambda one=one: one(stage.room, case, known) for one in RETURN]  # type: ignore[misc]
