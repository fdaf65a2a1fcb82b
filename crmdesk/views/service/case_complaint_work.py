"""The work on a complaint on the panel: proposals side by side, remedies, tasks, earlier rounds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.complaint_rules import WORDS_ONLY
from crmdesk.core.complaints import ProposalState
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.complaint_work import AnswerRow, ProposalRow, RemedyRow, RoundRow, TaskRow
from crmdesk.views.service.case import Case, CasePart
from crmdesk.views.service.case_complaint_words import offer_words, proposal_words
from crmdesk.views.support.days import due_text, moment_text
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Look = tuple[str, Tone, str]


class ComplaintWorkPart(CasePart):
    """Four short lists; an empty one is not shown."""

    def __init__(self) -> None:
        """Build; `show_case` fills it."""
        super().__init__()
        self._lines = column(gap=2)
        self._shown: list[QWidget] = []
        self.setLayout(self._lines)

    @override
    def show_case(self, case: Case) -> None:
        """Show this complaint."""
        for widget in self._shown:
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        known = case.extra
        if not isinstance(known, ComplaintCase):
            return
        work = known.work
        present = [one for one in work.proposals if one.round == known.round]
        self._list(gettext("Proposals"), (_proposal(case, one) for one in present))
        self._list(gettext("To be carried out"), (_remedy(case, one) for one in work.remedies_of(known.round)))
        self._list(gettext("Tasks"), (_task(case, one) for one in work.tasks))
        self._list(gettext("Earlier rounds"), (_round(case, known, one) for one in work.rounds))
        show_if(self, bool(self._shown))

    def _list(self, title: str, cards: Iterable[Card]) -> None:
        made = list(cards)
        if not made:
            return
        for widget in (SubHeading(title), *made):
            self._lines.addWidget(widget)
            self._shown.append(widget)


def _card(title: str, look: Look, *lines: str) -> Card:
    card = Card()
    head = row(Text(title, "heading", wrap=True), Pill(*look), gap=2)
    head.setStretch(0, 1)
    card.add(head)
    for words in filter(None, lines):
        card.add(Text(words, "small", wrap=True))
    card.body.setContentsMargins(12, 10, 12, 10)
    card.body.setSpacing(4)
    return card


def _proposal(case: Case, one: ProposalRow) -> Card:
    refused = any(not answer.agreed for answer in one.answers)
    look: Look = (label(one.state), Tone.WAITING, "circle-dot")
    if one.state is ProposalState.CHOSEN:
        look = (label(one.state), Tone.OK, "check")
    elif refused:
        look = (gettext("Refused"), Tone.LATE, "circle-x")
    elif one.state is ProposalState.DROPPED:
        look = (label(one.state), Tone.NEUTRAL, "undo-2")
    elif one.approval is not None:
        look = (gettext("Approved"), Tone.OK, "thumbs-up")
    answers = "\n".join(_answer(case, answer) for answer in one.answers)
    words = " · ".join(filter(None, (one.words, one.person)))
    return _card(f"{one.ordinal}. {proposal_words(case, one)}", look, words, answers)


def _answer(case: Case, answer: AnswerRow) -> str:
    said = gettext("approved") if answer.agreed else gettext("refused")
    when = moment_text(answer.at, case.context.store.zone)
    return " · ".join(filter(None, (f"{answer.person} {said}", when, answer.words)))


def _remedy(case: Case, one: RemedyRow) -> Card:
    look: Look = (gettext("Waits"), Tone.WAITING, "clock")
    if one.done_at is not None:
        look = (gettext("Done"), Tone.OK, "check")
    elif one.compensation in WORDS_ONLY:
        look = (gettext("In words"), Tone.NEUTRAL, "mail")
    done = ""
    if one.done_at is not None:
        done = " · ".join((one.person, moment_text(one.done_at, case.context.store.zone), one.evidence))
    return _card(offer_words(case, one.compensation, one.amount, one.points), look, one.words, done)


def _task(case: Case, one: TaskRow) -> Card:
    today = case.context.today()
    look: Look = (gettext("Open"), Tone.WAITING, "clock")
    if one.done_at is not None:
        look = (gettext("Done"), Tone.OK, "check")
    elif one.due is not None:
        look = (due_text(one.due, today), Tone.LATE if one.is_late(today) else Tone.WAITING, "clock")
    return _card(one.what, look, one.owner, one.result)


def _round(case: Case, known: ComplaintCase, one: RoundRow) -> Card:
    zone = case.context.store.zone
    told = ""
    if one.told_channel is not None and one.told_at is not None:
        told = " · ".join((label(one.told_channel), moment_text(one.told_at, zone), one.told_words))
    remedies = gettext(", ").join(
        offer_words(case, remedy.compensation, remedy.amount, remedy.points)
        + ("" if remedy.done_at is not None or remedy.compensation in WORDS_ONLY else gettext(" (not carried out)"))
        for remedy in known.work.remedies_of(one.number)
    )
    said = label(one.satisfaction) if one.satisfaction is not None else ""
    again = gettext("Opened again by {person}: {reason}").format(person=one.person, reason=one.reason)
    look: Look = (said or gettext("Not asked"), Tone.NEUTRAL, "history")
    cause = known.causes.path(one.root_cause, one.cause_code)
    decision = " · ".join(filter(None, (one.decision, one.decided_by)))
    title = gettext("Round {number}").format(number=one.number)
    return _card(title, look, cause, decision, remedies, told, again)
