"""The day's cards: one issued and printed, one lost and replaced, whose old number still finds its member."""

from crmdesk.core.members import CardState
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.demo.day_desk import DayDesk
from crmdesk.demo.day_finding import finds
from crmdesk.queries import cards as card_rows
from crmdesk.queries.cards import CardFilter, CardView
from crmdesk.services import cards
from crmdesk.services.cards import CardStep, IssueCard, ReplaceCard

STEP = "8 cards"
_ON_A_SHEET = 10


def issue_and_replace(desk: DayDesk) -> None:
    """Give 周静 a card, lose it, replace it; print the new one alone and ten on a sheet."""
    desk.at(15, 30)
    member_id = desk.member("周静")
    old = _card_of(desk, member_id)
    lost = CardStep(old.id, old.version, "遗失")
    desk.do(desk.clerk, cards.report_lost, lost, desk.clerk)
    replacing = ReplaceCard(old.id, _row(desk, member_id, old.id).version, "遗失补卡")
    made = desk.do(desk.clerk, cards.replace, replacing, desk.clerk)
    _print(desk, [made.id], PaperFormat.CR80, made.number)
    sheet = desk.ask(card_rows.first, CardFilter(CardView.NOT_PRINTED), desk.clerk, None, _ON_A_SHEET)
    _print(desk, [row.id for row in sheet], PaperFormat.A4, f"{sheet[0].number}-sheet")
    desk.book.rows["card"] += 1
    found = finds(desk, old.number, member_id)
    old_state = _row(desk, member_id, old.id).state
    desk.book.note(STEP, lost=old.number, new=made.number, fee=made.fee.yuan_text(), on_the_sheet=len(sheet))
    desk.book.check("the old number still finds the member", expected=True, found=found)
    desk.book.check("the old card is replaced", CardState.REPLACED.value, old_state.value)


def _card_of(desk: DayDesk, member_id: int) -> card_rows.CardRow:
    """Give the card in use; issue one when there is none."""
    in_use = [row for row in desk.ask(card_rows.of_member, member_id) if row.state is CardState.ISSUED]
    if in_use:
        return in_use[0]
    made = desk.do(desk.clerk, cards.issue, IssueCard(member_id), desk.clerk)
    desk.book.rows["card"] += 1
    return _row(desk, member_id, made.id)


def _row(desk: DayDesk, member_id: int, card_id: int) -> card_rows.CardRow:
    return next(row for row in desk.ask(card_rows.of_member, member_id) if row.id == card_id)


def _print(desk: DayDesk, card_ids: list[int], paper: PaperFormat, code: str) -> None:
    desk.do(desk.clerk, cards.count_prints, card_ids, desk.clerk)
    facts = desk.ask(card_rows.facts, card_ids, desk.clerk, desk.language)
    desk.paper(facts, PaperKind.VIP_CARD, code, paper)
