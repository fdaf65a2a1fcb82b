"""The day's repair: taken in with a loaner, judged, quoted, agreed by telephone, worked, and handed back."""

from datetime import timedelta

from crmdesk.core.birthday import Birthday
from crmdesk.core.desk_errors import LoanerOutError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import gettext
from crmdesk.core.loaners import LoanerState, ReturnGrade, SizeClass
from crmdesk.core.members import BirthdayCalendar, Gender
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.phone import normalise
from crmdesk.core.tickets import ApprovalChannel, Gate, ItemCategory, Liability, Payer, Remedy, TellChannel, TicketKind
from crmdesk.demo.day_desk import DayDesk
from crmdesk.demo.photo import suitcase_photo
from crmdesk.demo.words import STORIES
from crmdesk.exchange.pictures import take_picture
from crmdesk.queries import (
    loan_papers,
    loaner_rows,
    member_page,
    ticket_detail,
    ticket_papers,
)
from crmdesk.queries import (
    loaners as loaner_queries,
)
from crmdesk.queries.loaners import LoanWish
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    conditions,
    desk_intake,
    judgement,
    loan_returns,
    loaners,
    members,
    paper_register,
    pickup,
    quotes,
    repair,
)
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.conditions import NewPhoto, NoteCondition
from crmdesk.services.desk_intake import DeskIntake, IntakeMade, LoanChoice, NewPerson
from crmdesk.services.judgement import Judge
from crmdesk.services.loan_returns import TakeBack
from crmdesk.services.loaners import Inspect
from crmdesk.services.members import EditMember, MemberFacts
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

NEW, REPAIR, LOAN = "3 new member", "4 repair", "5 loaner"
_CUSTOMER = "周建国"
_PARTS, _LABOUR, _DEPOSIT = Money.yuan(60), Money.yuan(20), Money.yuan(200)


def meet_somebody_new(desk: DayDesk) -> int:
    """Take in a bag from somebody who is not on file, then complete her file; gives the ticket's key."""
    desk.at(9, 40)
    phone = normalise("136 7571 0001")
    bag = ItemFacts(ItemCategory.BAG, "真皮手袋 驼色", model="SD1102", colour="驼色", size_class=SizeClass.MEDIUM)
    wanted = TakeIn(
        TicketKind.REPAIR,
        0,
        STORIES["zip_fault"],
        item=bag,
        faults=("zip_fault",),
        accessories=("防尘袋",),
        promised_on=desk.clerk.today() + timedelta(days=4),
    )
    request = DeskIntake(wanted, NewPerson("顾思远", phone, Gender.FEMALE))
    made = desk.do(desk.clerk, desk_intake.save, request, desk.clerk)
    file = desk.ask(member_page.member_page, made.member_id, desk.clerk)
    facts = MemberFacts(
        "顾思远",
        phones=(phone,),
        gender=Gender.FEMALE,
        birthday=Birthday(BirthdayCalendar.LUNAR, 1991, 8, 15),
        address="杭州市西湖区古墩路 36 号",
        preferences="喜欢驼色、简约",
        source="到店",
    )
    edited = desk.do(desk.clerk, members.edit, EditMember(file.id, file.version, facts), desk.clerk)
    desk.book.rows.update(member=1, ticket=1)
    desk.book.note(NEW, member=file.number, ticket=made.ticket.number, versions=[file.version, edited.version])
    return made.ticket.id


class RepairOfTheDay:
    """周建国's suitcase, from the counter and back to it."""

    def __init__(self, desk: DayDesk) -> None:
        """Take the desk; nothing happened yet."""
        self._desk = desk
        self._ticket_id = 0
        self._loan_id = 0

    def take_in(self) -> None:
        """Take the suitcase in with photos, lend one meanwhile, print slip, tag, agreement and receipt."""
        desk = self._desk
        desk.at(10, 10)
        made = desk.do(desk.clerk, desk_intake.save, self._request(), desk.clerk, photo_store=desk.photos)
        self._ticket_id, self._loan_id = made.ticket.id, made.loan.id if made.loan else 0
        desk.book.rows.update(ticket=1, loan=1, photo=2, deposit_entry=1)
        self._print_intake(made)

    def _request(self) -> DeskIntake:
        desk = self._desk
        promised = desk.clerk.today() + timedelta(days=9)
        member_id = desk.member(_CUSTOMER)
        wish = LoanWish(ItemCategory.SUITCASE, SizeClass.SMALL, desk.clerk.today(), promised, member_id)
        best = desk.ask(loaner_queries.propose, wish, desk.clerk)[0]
        suitcase = ItemFacts(
            ItemCategory.SUITCASE,
            "拉杆箱 20寸 银色",
            model="LX2001",
            colour="银色",
            size="20寸",
            size_class=SizeClass.SMALL,
            serial="SN-48213",
            purchased_on=desk.clerk.today() - timedelta(days=262),
            price=Money.yuan(1280),
        )
        ticket = TakeIn(
            TicketKind.REPAIR,
            member_id,
            STORIES["wheel_broken"],
            private_notes="老客户，出差急用，尽量本周修好",
            item=suitcase,
            faults=("wheel_broken", "shell_crack"),
            accessories=("密码锁", "防尘袋"),
            marks=(MarkFacts(0.22, 0.93, "wheel_broken"), MarkFacts(0.2, 0.82, "shell_crack", "裂 3 厘米")),
            declared_value=Money.yuan(1280),
            promised_on=promised,
        )
        pictures = tuple(take_picture(suitcase_photo(one, close=bool(one))) for one in range(2))
        desk.book.note(LOAN, proposed=best.code, looks=best.looks, deposit_by_rule=best.deposit.yuan_text())
        loan = LoanChoice(best.loaner_id, promised, max(best.deposit, _DEPOSIT))
        return DeskIntake(ticket, loan=loan, pictures=pictures)

    def _print_intake(self, made: IntakeMade) -> None:
        desk, number = self._desk, made.ticket.number
        slip = desk.ask(ticket_papers.service_slip, self._ticket_id, desk.clerk, desk.language)
        for size in (PaperFormat.A4, PaperFormat.ROLL80, PaperFormat.FORM241):
            desk.paper(slip, PaperKind.SERVICE_SLIP, number, size)
        self._give_out(PaperKind.SERVICE_SLIP, number, desk.paper(slip, PaperKind.SERVICE_SLIP, number, PaperFormat.A5))
        tag = desk.ask(ticket_papers.bag_tag, self._ticket_id, desk.clerk, desk.language)
        desk.paper(tag, PaperKind.BAG_TAG, number)
        agreement = desk.ask(loan_papers.agreement, self._loan_id, desk.clerk, desk.language)
        desk.paper(agreement, PaperKind.LOAN_AGREEMENT, agreement.number)
        receipt = desk.ask(loan_papers.deposit_receipt, self._loan_id, desk.clerk, desk.language)
        if receipt is not None:
            desk.paper(receipt, PaperKind.DEPOSIT_RECEIPT, receipt.number)
        desk.book.note(REPAIR, ticket=number, photos=2, marks=2, accessories=2)
        desk.book.note(LOAN, loan=agreement.number, deposit=agreement.deposit.yuan_text())

    def agree(self) -> None:
        """Judge, quote, get the answer by telephone, begin."""
        desk, key = self._desk, self._ticket_id
        desk.at(10, 40)
        refusal = desk.refused(NotAllowedError, desk.clerk, judgement.judge, self._judgement(), desk.clerk)
        desk.do(desk.manager, judgement.judge, self._judgement(), desk.manager)
        offer = MakeQuote(key, self._version(), "更换左前轮组一副，箱角补强", _PARTS, _LABOUR, days=3)
        total = desk.do(desk.clerk, quotes.quote, offer, desk.clerk)
        self._print_quote()
        desk.at(11, 5)
        answer = RecordAnswer(
            key,
            self._version(),
            True,
            ApprovalChannel.PHONE,
            _CUSTOMER,
            total,
            "13805715678",
            "可以，修吧",
        )
        desk.do(desk.clerk, quotes.record_answer, answer, desk.clerk)
        desk.do(desk.clerk, repair.start_work, self._step(), desk.clerk)
        desk.book.rows.update(judgement=1, quote=1, approval=1)
        desk.book.note(REPAIR, clerk_may_not_judge=refusal, quoted=total.yuan_text(), answer="phone")

    def mend(self) -> None:
        """Finish the work, check it, put it on its shelf, tell the customer."""
        desk = self._desk
        desk.at(14, 20)
        desk.do(desk.clerk, repair.finish_work, self._step("四轮已试推"), desk.clerk)
        desk.do(desk.manager, repair.check_quality, self._step(), desk.manager, passed=True, shelf="A3")
        picture = NewPhoto(take_picture(suitcase_photo(2)), "箱面整体")
        left = (MarkFacts(0.2, 0.82, "shell_crack", "裂 3 厘米，已补强"),)
        looked = NoteCondition(self._ticket_id, self._version(), Gate.HAND_BACK, left, "四轮已试推", (picture,))
        desk.do(desk.clerk, conditions.note_condition, looked, desk.clerk, photo_store=desk.photos)
        desk.do(desk.clerk, pickup.tell, self._step(), desk.clerk, channel=TellChannel.PHONE)
        desk.book.rows["photo"] += 1
        desk.book.note(REPAIR, shelf="A3")

    def _judgement(self) -> Judge:
        shares = {Payer.CUSTOMER: _PARTS + _LABOUR, Payer.CARRIER: Money.yuan(40)}
        return Judge(
            self._ticket_id,
            self._version(),
            Liability.TRANSPORT,
            Remedy.REPAIR_PAID,
            cause="托运受力，轮座断裂",
            evidence="照片 2 张；托运标签",
            rule="非产品质量问题，按成本收费",
            shares=shares,
        )

    def _print_quote(self) -> None:
        desk = self._desk
        facts = desk.ask(ticket_papers.quote, self._ticket_id, desk.clerk, desk.language)
        self._give_out(
            PaperKind.QUOTE, facts.number, desk.paper(facts, PaperKind.QUOTE, facts.number), gettext("Quote")
        )

    def _give_out(self, kind: PaperKind, number: str, pdf: bytes, title: str = "") -> None:
        desk = self._desk
        paper = RegisterPaper(kind, number, desk.language, title, ticket_id=self._ticket_id)
        desk.do(desk.clerk, paper_register.give_out, paper, GivenOut(pdf, printer="EPSON LQ-630K"), desk.clerk)
        desk.book.rows["paper"] += 1

    def hand_back(self) -> None:
        """Be stopped while the loaner is out, take it back, settle the deposit, hand the suitcase over."""
        desk = self._desk
        desk.at(15, 10)
        ticket = self._seen()
        paid = Pay(self._ticket_id, ticket.version, ticket.open_amount, "微信")
        desk.do(desk.clerk, pickup.pay, paid, desk.clerk)
        refusal = desk.refused(LoanerOutError, desk.clerk, pickup.hand_back, self._hand_over(), desk.clerk)
        self._take_loaner_back()
        desk.do(desk.clerk, pickup.hand_back, self._hand_over(), desk.clerk)
        note = desk.ask(ticket_papers.pickup_note, self._ticket_id, desk.clerk, desk.language)
        desk.paper(note, PaperKind.PICKUP_NOTE, note.number)
        desk.book.rows.update(payment=1, hand_over=1)
        state = self._seen().state
        desk.book.note(REPAIR, hand_back_with_loaner_out=refusal, paid=paid.amount.yuan_text(), state=state.value)
        desk.book.check("the repair of the day is closed", "closed", state.value)

    def _take_loaner_back(self) -> None:
        desk = self._desk
        deposit = next(loan.deposit for loan in self._seen().loans if loan.id == self._loan_id)
        damage = Money.yuan(30)
        back = TakeBack(
            self._loan_id,
            ReturnGrade.DAMAGED,
            "侧面一道新划痕 5 厘米",
            damage_fee=damage,
            kept=damage,
            returned=deposit - damage,
            marks=(MarkFacts(0.72, 0.4, "", "划痕"),),
        )
        ended = desk.do(desk.clerk, loan_returns.take_back, back, desk.clerk)
        row = desk.ask(loaner_rows.rows, [ended.loaner_id], desk.clerk)[0]
        desk.do(
            desk.clerk,
            loaners.inspect,
            Inspect(row.id, row.version, LoanerState.ON_SHELF, max(row.looks - 1, 1)),
            desk.clerk,
        )
        facts = desk.ask(loan_papers.return_note, self._loan_id, desk.clerk, desk.language)
        desk.paper(facts, PaperKind.LOAN_RETURN, facts.number)
        desk.book.rows["deposit_entry"] += 2
        desk.book.note(LOAN, kept=damage.yuan_text(), returned=(deposit - damage).yuan_text())

    def _hand_over(self) -> HandBack:
        ticket = self._seen()
        taken = frozenset(one.id for one in ticket.accessories)
        return HandBack(ticket.id, ticket.version, _CUSTOMER, item_back=True, signed=True, accessories=taken)

    def _seen(self) -> TicketDetail:
        return self._desk.ask(ticket_detail.detail, self._ticket_id, self._desk.manager)

    def _version(self) -> int:
        return self._desk.ask(version_of, self._ticket_id)

    def _step(self, note: str = "") -> Step:
        return Step(self._ticket_id, self._version(), note)
