"""Every dialog of the program, ready to be opened over a page of a store in which everything has happened."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.uncollected import ReminderStage
from crmdesk.queries import (
    cards,
    complaint_case,
    letter_facts,
    loans,
    member_files,
    paper_register,
    reminders,
    return_case,
    staff,
)
from crmdesk.queries.clock_settings import calendar_year
from crmdesk.queries.conditions import Sheets
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, ids
from crmdesk.queries.paper_register import PaperFilter
from crmdesk.services import letters
from crmdesk.services.cards import IssueCard, issue
from crmdesk.services.letters import IssueLetter
from crmdesk.services.purchases import LineFacts
from crmdesk.views.care.give_dialog import GiveDialog, callers
from crmdesk.views.loaners.lend_dialog import LendDialog
from crmdesk.views.loaners.loaner_form import LoanerForm
from crmdesk.views.loaners.reserve_dialogs import ReserveDialog
from crmdesk.views.loaners.return_dialog import ReturnDialog
from crmdesk.views.loaners.small_dialogs import DueDialog, InspectDialog, LoseDialog
from crmdesk.views.members.card_dialogs import IssueDialog, ReplaceDialog
from crmdesk.views.members.compare_dialog import CompareDialog, Difference
from crmdesk.views.members.consent_dialog import ConsentDialog
from crmdesk.views.members.member_form import MemberForm
from crmdesk.views.service import case_complaint_after as after
from crmdesk.views.service import case_complaint_dialogs as complaint
from crmdesk.views.service import case_return_dialogs as returned
from crmdesk.views.service import case_return_lines as lines
from crmdesk.views.service import quote_dialogs as quote
from crmdesk.views.service import repair_charge_dialogs, repair_leave_dialogs, repair_turn_dialog
from crmdesk.views.service import work_dialogs as work
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_letter_composer import LetterComposer
from crmdesk.views.service.case_letter_send import SendDialog
from crmdesk.views.service.condition_dialog import ConditionDialog
from crmdesk.views.service.judge_dialog import JudgeDialog
from crmdesk.views.service.pay_dialog import PayDialog
from crmdesk.views.service.quote_message import QuoteMessageDialog
from crmdesk.views.service.reminder_dialogs import DecideDialog, LetterDialog, RemindDialog
from crmdesk.views.service.reminder_presenter import Draft
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_put_dialog import PutDialog
from crmdesk.views.service.tell_dialog import TellDialog
from crmdesk.views.settings.calendar_dialog import DaysDialog
from crmdesk.views.settings.clock_dialog import ClockDialog
from crmdesk.views.settings.goods_page import FieldDialog
from crmdesk.views.settings.shelves_page import ShelfDialog
from crmdesk.views.settings.staff_dialogs import PinDialog, StaffDialog
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Verb, ask
from crmdesk.views.support.prompts import ask_amount, ask_reason
from tests.builders import cases
from tests.builders.loaner_shop import busy_shop
from tests.builders.loaners import add_member, add_repair
from tests.builders.repairs import quoted, ready, seen
from tests.builders.shop import Shop

LONG = "顾客说明：托运后左前轮断裂，无法拖行，希望在出差前修好。" * 12
Make = Callable[[], QDialog]


@dataclass
class Table:
    """Gives the dialogs of each feature by name."""

    shop: Shop
    desk: Desk
    page: QWidget

    def __post_init__(self) -> None:
        """Let everything happen in the store."""
        shop = self.shop
        busy_shop(shop)
        self.member = add_member(shop, "欧阳娜娜丽莎贝塔", "13900003333")
        self.lent_to = add_repair(shop, self.member).id
        shop.do(issue, IssueCard(self.member, None), self.context)
        self.told = cases.told(shop)
        with shop.reading() as session:
            draft = letter_facts.compose(session, self.told, self.context)
        body = letter_facts.LetterBody({draft.language: draft.facts.words[draft.language]}, draft.facts.contact)
        shop.do(letters.issue, IssueLetter(self.told, draft.language, body, 0), self.context)
        bought = cases.add_purchase(shop, self.member, LineFacts("羊毛大衣 驼色", Money.yuan(400)))
        self.returned = cases.add_return(shop, self.member)
        cases.add_line(shop, self.returned, bought[0])
        cases.check_all(shop, self.returned)
        self.room = Room(self.desk, self.page, lambda: None)

    @property
    def context(self) -> Context:
        """Give the manager's surroundings."""
        return self.shop.context(Role.MANAGER)

    def all(self) -> dict[str, Make]:
        """Give every dialog by name."""
        return self._repair() | self._complaint() | self._return() | self._loaners() | self._members() | self._rest()

    def _case(self, ticket_id: int, extra: object = None) -> Case:
        return Case(seen(self.shop, ticket_id, Role.MANAGER), self.context, extra)

    def _repair(self) -> dict[str, Make]:
        room = self.room
        now, done = self._case(quoted(self.shop)), self._case(ready(self.shop))
        words = work.NoteWords("Send", "Send it", "Courier's number", LONG)
        made: dict[str, Make] = {
            one.__name__: lambda one=one: one(room, now)  # type: ignore[misc]
            for one in (
                JudgeDialog,
                quote.AnswerDialog,
                TellDialog,
                work.QualityDialog,
                work.ReadyDialog,
                PutDialog,
                work.EstimateDialog,
                work.RemarkDialog,
                repair_charge_dialogs.ChargeDialog,
                repair_charge_dialogs.WaiveDialog,
                repair_charge_dialogs.PayBackDialog,
                repair_leave_dialogs.ScrapDialog,
                repair_leave_dialogs.PostDialog,
                repair_leave_dialogs.HandOutDialog,
                repair_turn_dialog.TurnDialog,
                repair_turn_dialog.ComeBackDialog,
                QuoteMessageDialog,
            )
        }
        made["QuoteDialog"] = lambda: quote.QuoteDialog(room, now, 7)
        made["ConditionDialog"] = lambda: ConditionDialog(room, now, Sheets("suitcase"))
        made["NoteDialog"] = lambda: work.NoteDialog(room, now, words, None)  # type: ignore[arg-type]
        made["PayDialog"] = lambda: PayDialog(room, done)
        return made | self._waiting(done.ticket.id)

    def _waiting(self, ticket_id: int) -> dict[str, Make]:
        with self.shop.reading() as session:
            known = reminders.row(session, ticket_id, self.context)
        assert known is not None
        draft = Draft(known, ReminderStage.FIRST, LONG)
        return {
            "RemindDialog": lambda: RemindDialog(self.room, draft),
            "LetterDialog": lambda: LetterDialog(self.room, draft, "zh_CN"),
            "DecideDialog": lambda: DecideDialog(self.room, known),
            "ShelfDialog": lambda: ShelfDialog(self.page, self.desk),
        }

    def _complaint(self) -> dict[str, Make]:
        with self.shop.reading() as session:
            known = complaint_case.case(session, self.told, self.context)
            draft = letter_facts.compose(session, self.told, self.context)
            paper = paper_register.first(session, PaperFilter(PaperKind.LETTER), self.context, None, 1)[0]
        case, room = self._case(self.told, known), self.room
        kinds = (
            complaint.AssessDialog,
            complaint.InvestigateDialog,
            complaint.ProposeDialog,
            complaint.DecideDialog,
            after.TellDecisionDialog,
            after.SatisfactionDialog,
            after.CorrectiveDialog,
        )
        made: dict[str, Make] = {one.__name__: lambda one=one: one(room, case, known) for one in kinds}  # type: ignore[misc]
        made["LetterComposer"] = lambda: LetterComposer(room, draft, lambda _issued: None)
        made["SendDialog"] = lambda: SendDialog(room, paper, tells=True)
        return made

    def _return(self) -> dict[str, Make]:
        with self.shop.reading() as session:
            known = return_case.case(session, self.returned, self.context)
        case = self._case(self.returned, known)
        kinds = (
            lines.AddLineDialog,
            lines.RemoveLineDialog,
            returned.CheckDialog,
            returned.DecideReturnDialog,
            returned.CarryOutDialog,
        )
        return {one.__name__: lambda one=one: one(self.room, case, known) for one in kinds}  # type: ignore[misc]

    def _loaners(self) -> dict[str, Make]:
        page, desk = self.page, self.desk
        with self.shop.reading() as session:
            late = ids(session, LoanerFilter(LoanerView.OVERDUE), self.context)[0]
            known = loans.detail(session, late, self.context)
        loan = known.loan
        assert loan is not None
        item = (f"{known.row.code} · {known.row.name}", known.row.category)
        return {
            "LendDialog": lambda: LendDialog(page, desk, lambda _made: None, ticket_id=self.lent_to),
            "LoanerForm": lambda: LoanerForm(page, desk, lambda _made: None, known),
            "ReturnDialog": lambda: ReturnDialog(page, desk, loan, item, lambda _ended: None),
            "DueDialog": lambda: DueDialog(page, desk, loan, lambda _made: None, take_over=True),
            "InspectDialog": lambda: InspectDialog(page, desk, known.row, lambda _made: None),
            "LoseDialog": lambda: LoseDialog(page, desk, loan, known.row.value, lambda _ended: None),
            "ReserveDialog": lambda: ReserveDialog(page, desk, known.row, lambda _made: None),
        }

    def _members(self) -> dict[str, Make]:
        page, desk = self.page, self.desk
        with self.shop.reading() as session:
            known = member_files.member_file(session, self.member, self.context)
            card = cards.of_member(session, self.member)[0]
        who = (self.member, "欧阳娜娜丽莎贝塔")
        differ = [
            Difference(str(place), "Notes", LONG, LONG[::-1], both=True, take_theirs=False) for place in range(14)
        ]
        return {
            "MemberForm": lambda: MemberForm(page, desk, known),
            "IssueDialog": lambda: IssueDialog(page, desk, who, lambda _made: None),
            "ReplaceDialog": lambda: ReplaceDialog(page, desk, card, lambda _made: None),
            "ConsentDialog": lambda: ConsentDialog(page, desk, (*who, {}), lambda: None),
            "CompareDialog": lambda: CompareDialog(page, differ, lambda _taken: None),
        }

    def _rest(self) -> dict[str, Make]:
        page, desk = self.page, self.desk
        with self.shop.reading() as session:
            person = staff.staff_list(session, self.shop.context(Role.OWNER))[0]
            people = callers(session, self.context)
            rest = calendar_year(session, 2026, self.context).days[0]
        verbs = [Verb("Leave it as it was before"), Verb("Take the newer one of both"), Verb("Compare them")]
        return {
            "StaffDialog": lambda: StaffDialog(page, desk, person),
            "FieldDialog": lambda: FieldDialog(page, desk),
            "PinDialog": lambda: PinDialog(page, desk, person),
            "ClockDialog": lambda: ClockDialog(page, desk),
            "DaysDialog": lambda: DaysDialog(page, desk, (rest.day, rest.day, rest), 0),
            "GiveDialog": lambda: GiveDialog(page, desk, (1, 2), people),
            "ask": lambda: ask(page, "Somebody else has changed this meanwhile", LONG, verbs),
            "ask_reason": lambda: ask_reason(page, "Why?", "Cancel it", lambda _why: None, text=LONG, usual=["a", "b"]),
            "ask_amount": lambda: ask_amount(page, "How much?", "Take it", lambda _amount: None),
        }
