"""The day's complaint, from the counter to the letter, and the return of one article."""

import hashlib
from typing import TYPE_CHECKING

from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import (
    Compensation,
    ItemCategory,
    Level3,
    RootCause,
    TellChannel,
    TicketKind,
)
from crmdesk.demo.day_desk import DayDesk
from crmdesk.demo.words import COMPLAINTS
from crmdesk.queries import letter_facts, paper_register, ticket_papers
from crmdesk.queries.letter_facts import LetterBody
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services import (
    complaint_proposals,
    complaint_remedies,
    complaint_tasks,
    complaints,
    desk_intake,
    letters,
)
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_tasks import Corrective, FinishTask, GiveTask
from crmdesk.services.complaints import Assess, Investigate
from crmdesk.services.desk_intake import DeskIntake
from crmdesk.services.letters import IssueLetter, SendLetter
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from crmdesk.services.ticket_steps import Step

if TYPE_CHECKING:
    from crmdesk.demo.day_desk import Note

COMPLAINT = "6 complaint"
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
        too_much = self._look_into()
        refusal = desk.refused(NotAllowedError, desk.clerk, complaint_proposals.approve, self._step(), desk.clerk)
        desk.do(desk.manager, complaint_proposals.approve, self._step(), desk.manager)
        desk.do(desk.manager, complaint_proposals.decide, self._step(_REMEDY), desk.manager)
        issued = [self._write(language, version) for version, language in enumerate(_LANGUAGES)]
        newest = issued[-1]
        sent = SendLetter(newest.paper_id, TellChannel.LETTER, tell=True)
        state = desk.do(desk.manager, letters.send, sent, desk.manager)
        desk.do(desk.clerk, complaint_remedies.carry_out, self._step("已退 300 元"), desk.clerk)
        # The refund is money that left the till.
        desk.book.rows.update(
            ticket=1, complaint=1, paper=len(issued), complaint_task=1, complaint_proposal=2, payment=1
        )
        desk.book.note(COMPLAINT, above_the_managers_limit=too_much)
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

    def _look_into(self) -> "Note":
        """Find out what happened and propose twice; gives how the dearer proposal was refused."""
        desk = self._desk
        _subject, _words, cause, finding = COMPLAINTS[0]
        desk.do(
            desk.clerk, complaints.assess, Assess(self._key, self._version(), Level3.HIGH, Level3.MEDIUM), desk.clerk
        )
        task = GiveTask(
            self._key, self._version(), "请供应商说明固色工艺", desk.manager.actor.staff_id, desk.clerk.today()
        )
        given = desk.do(desk.manager, complaint_tasks.give_task, task, desk.manager)
        desk.at(13, 10)
        result = FinishTask(self._key, self._version(), "供应商承认该批次漏了固色", given)
        desk.do(desk.manager, complaint_tasks.finish_task, result, desk.manager)
        found = Investigate(self._key, self._version(), RootCause(cause), finding)
        desk.do(desk.clerk, complaints.investigate, found, desk.clerk)
        refusal: Note = None
        for words, yuan in (("全额退款，夹克收回", 2380), (_REMEDY, 300)):
            proposal = Propose(self._key, self._version(), Compensation.REFUND, words, Money.yuan(yuan))
            desk.do(desk.clerk, complaint_proposals.propose, proposal, desk.clerk)
            if refusal is None:
                approve, who = complaint_proposals.approve, desk.manager
                refusal = desk.refused(AboveLimitError, who, approve, self._step(), who)
        action = Corrective(self._key, self._version(), "同批次抽检，问题批次下架", desk.manager.actor.staff_id)
        desk.do(desk.manager, complaint_tasks.set_corrective, action, desk.manager)
        return refusal

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
