"""The day's complaint, from the counter to the letter, and the return of one article."""

import hashlib
from typing import TYPE_CHECKING

from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import (
    Compensation,
    GoodsCondition,
    ItemCategory,
    Level3,
    ReturnDecision,
    ReturnReason,
    RootCause,
    TellChannel,
    TicketKind,
)
from crmdesk.demo.day_desk import DayDesk
from crmdesk.demo.words import COMPLAINTS
from crmdesk.queries import letter_facts, paper_register, return_case, return_note, ticket_papers
from crmdesk.queries.letter_facts import LetterBody
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaint_tasks,
    complaints,
    desk_intake,
    letters,
    return_decisions,
    return_execution,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_tasks import Corrective
from crmdesk.services.complaints import Assess, Investigate
from crmdesk.services.desk_intake import DeskIntake, ReturnPiece
from crmdesk.services.letters import IssueLetter, SendLetter
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

if TYPE_CHECKING:
    from crmdesk.demo.day_desk import Note

COMPLAINT, RETURN = "6 complaint", "6 return"
_REMEDY = "全额承担补色护理，并退还差价 300 元"
_LANGUAGES = ("zh_CN", "en", "both")


class ComplaintOfTheDay:
    """解缙's jacket lost its colour."""

    def __init__(self, desk: DayDesk) -> None:
        """Take the desk; nothing happened yet."""
        self._desk = desk
        self._key = 0

    def carry_through(self) -> None:
        """Take in, investigate, propose, approve, write the letter in three forms, send it, tell."""
        desk = self._desk
        desk.at(11, 20)
        number = self._take_in()
        self._look_into()
        refusal = desk.refused(NotAllowedError, desk.clerk, complaint_proposals.approve, self._step(), desk.clerk)
        desk.do(desk.manager, complaint_proposals.approve, self._step(), desk.manager)
        desk.do(desk.manager, complaint_proposals.decide, self._step(_REMEDY), desk.manager)
        issued = [self._write(language, version) for version, language in enumerate(_LANGUAGES)]
        newest = issued[-1]
        sent = SendLetter(newest.paper_id, TellChannel.LETTER, tell=True)
        state = desk.do(desk.manager, letters.send, sent, desk.manager)
        desk.do(desk.clerk, complaint_remedies.carry_out, self._step("已退 300 元"), desk.clerk)
        desk.book.rows.update(ticket=1, complaint=1, paper=len(issued))
        versions: list[Note] = [one.version for one in issued]
        desk.book.note(COMPLAINT, ticket=number, clerk_may_not_approve=refusal, letter=newest.number)
        desk.book.note(COMPLAINT, versions=versions, state=state.value, remedy="300.00")
        desk.book.check("versions of the letter", [1, 2, 3], versions)

    def _take_in(self) -> str:
        desk = self._desk
        subject, words, _cause, _finding = COMPLAINTS[0]
        item = ItemFacts(ItemCategory.JACKET, "真皮夹克 黑色", model="JK2203", colour="黑色", size="L")
        wanted = TakeIn(
            TicketKind.COMPLAINT, desk.member("解缙"), words, subject=subject, item=item, wanted="退货或补偿"
        )
        made = desk.do(desk.clerk, desk_intake.save, DeskIntake(wanted), desk.clerk)
        self._key = made.ticket.id
        slip = desk.ask(ticket_papers.service_slip, self._key, desk.clerk, desk.language)
        desk.paper(slip, PaperKind.SERVICE_SLIP, made.ticket.number)
        desk.do(desk.clerk, complaints.acknowledge, self._step("当场告知受理"), desk.clerk)
        return made.ticket.number

    def _look_into(self) -> None:
        desk = self._desk
        _subject, _words, cause, finding = COMPLAINTS[0]
        desk.do(
            desk.clerk, complaints.assess, Assess(self._key, self._version(), Level3.HIGH, Level3.MEDIUM), desk.clerk
        )
        desk.at(13, 10)
        found = Investigate(self._key, self._version(), RootCause(cause), finding)
        desk.do(desk.clerk, complaints.investigate, found, desk.clerk)
        proposal = Propose(self._key, self._version(), Compensation.REFUND, _REMEDY, Money.yuan(300))
        desk.do(desk.clerk, complaint_proposals.propose, proposal, desk.clerk)
        action = Corrective(self._key, self._version(), "同批次抽检，问题批次下架", desk.manager.actor.staff_id)
        desk.do(desk.manager, complaint_tasks.set_corrective, action, desk.manager)

    def _write(self, language: str, version: int) -> letters.LetterIssued:
        desk = self._desk
        draft = desk.ask(letter_facts.compose, self._key, desk.manager)
        body = LetterBody(draft.facts.words, draft.facts.contact)
        wanted = IssueLetter(self._key, language, body, version)
        issued = desk.do(desk.manager, letters.issue, wanted, desk.manager)
        kept = desk.ask(paper_register.content, issued.paper_id)
        path = desk.keep(kept, PaperKind.LETTER, issued.number, f"v{issued.version}-{language}")
        digests = [hashlib.sha256(content).hexdigest() for content in (kept, path.read_bytes())]
        desk.book.check(f"letter v{issued.version} in the register is the one in the file", *digests)
        return issued

    def _version(self) -> int:
        return self._desk.ask(version_of, self._key)

    def _step(self, note: str = "") -> Step:
        return Step(self._key, self._version(), note)


def take_return_back(desk: DayDesk) -> None:
    """Take an article of 欧阳晓明's last receipt back: above the manager's limit, the owner decides."""
    desk.at(13, 40)
    member_id = desk.member("欧阳晓明")
    wanted = TakeIn(TicketKind.RETURN, member_id, "拉链第二天就坏了，要求退货。", subject="质量问题")
    piece = ReturnPiece(
        ReturnReason.QUALITY,
        name="双肩电脑包 黑色",
        price_paid=Money.yuan(698),
        no_receipt_reason="小票遗失，已核对监控",
    )
    made = desk.do(desk.manager, desk_intake.save, DeskIntake(wanted, pieces=(piece,)), desk.manager)
    key = made.ticket.id
    line = desk.ask(return_case.case, key, desk.manager).lines[0].id
    checked = CheckLines(key, desk.ask(version_of, key), (LineCheck(line, GoodsCondition.TRIED),))
    desk.do(desk.clerk, return_decisions.check, checked, desk.clerk)
    refund = LineDecision(line, ReturnDecision.REFUND, refund=Money.yuan(698))
    decision = DecideLines(key, desk.ask(version_of, key), (refund,))
    refusal = desk.refused(AboveLimitError, desk.manager, return_decisions.decide, decision, desk.manager)
    desk.do(desk.owner, return_decisions.decide, decision, desk.owner)
    carried = CarryOut(key, desk.ask(version_of, key), "", "wechat")
    state = desk.do(desk.clerk, return_execution.carry_out, carried, desk.clerk)
    note = desk.ask(return_note.return_note, key, desk.clerk, desk.language)
    desk.paper(note, PaperKind.RETURN_NOTE, note.number)
    desk.book.rows.update(ticket=1, return_line=1, payment=1)
    desk.book.note(RETURN, ticket=made.ticket.number, above_the_managers_limit=refusal, refund="698.00")
    desk.book.note(RETURN, decided_by=desk.owner.actor.name, state=state.value)
