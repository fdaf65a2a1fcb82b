"""Letters: one number per complaint, a version per change, the exact document kept, sent, printed again with a mark."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from crmdesk.core.case_errors import LetterReplacedError, LetterUnchangedError, NotAComplaintError, NotDecidedError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.letter_words import languages_of
from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.documents.pdf.stamp import reprint
from crmdesk.models.paper import Paper
from crmdesk.queries import letter_facts, paper_register, ticket_detail
from crmdesk.queries.letter_facts import LetterBody, LetterDraft
from crmdesk.queries.paper_register import PaperFilter, PaperRow
from crmdesk.services import letters
from crmdesk.services import paper_register as register_service
from crmdesk.services.letters import IssueLetter, LetterIssued, SendLetter
from crmdesk.services.paper_register import RegisterPaper
from tests.builders.cases import add_complaint, add_return, decided, told
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def compose(shop: Shop, ticket_id: int, role: Role = Role.MANAGER) -> LetterDraft:
    with shop.reading() as session:
        return letter_facts.compose(session, ticket_id, shop.context(role))


def request_of(draft: LetterDraft, language: str = "zh_CN", **changes: str) -> IssueLetter:
    words = {one: replace(draft.facts.words[one], **changes) for one in languages_of(language)}
    return IssueLetter(draft.ticket_id, language, LetterBody(words, draft.facts.contact), draft.replaces)


def issue(shop: Shop, ticket_id: int, language: str = "zh_CN", **changes: str) -> LetterIssued:
    return shop.do(letters.issue, request_of(compose(shop, ticket_id), language, **changes), shop.context(Role.MANAGER))


def row(shop: Shop, paper_id: int) -> PaperRow:
    with shop.reading() as session:
        return paper_register.rows(session, [paper_id], shop.context())[0]


def content(shop: Shop, paper_id: int) -> bytes:
    with shop.reading() as session:
        return paper_register.content(session, paper_id)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_draft_says_what_the_case_knows(shop: Shop) -> None:
    draft = compose(shop, decided(shop))
    words = draft.facts.words["zh_CN"]
    assert words.salutation == "尊敬的周敏霞："
    assert "2026年11月21日" in words.facts
    assert "掉色" in words.facts
    assert "同批次皮料固色不足" in words.finding
    assert "退款 300 元" in words.remedy
    assert words.promise
    assert "依法享有的权利" in words.closing
    english = draft.facts.words["en"]
    assert english.salutation == "Dear 周敏霞,"
    assert "¥300.00" in english.remedy
    assert not [part for part in (english.facts, english.finding, english.remedy) if "掉色" in part]
    assert (draft.facts.version, draft.replaces, draft.told) == (1, 0, False)
    assert "0571-88886666" in draft.facts.contact


def test_the_register_keeps_exactly_what_was_issued(shop: Shop) -> None:
    ticket_id = decided(shop)
    issued = issue(shop, ticket_id, "both")
    assert issued.number.startswith("F01000001")
    kept = content(shop, issued.paper_id)
    with shop.reading() as session:
        paper = session.get_one(Paper, issued.paper_id)
        assert paper.sha256 == hashlib.sha256(kept).hexdigest()
    text = text_of(kept)
    assert issued.number in text
    assert "尊敬的周敏霞" in text
    assert "Dear" in text
    shop.clock.advance(timedelta(days=30))
    assert content(shop, issued.paper_id) == kept
    assert row(shop, issued.paper_id).prints == 0


def test_the_number_to_come_is_the_number_given(shop: Shop) -> None:
    ticket_id = decided(shop)
    draft = compose(shop, ticket_id)
    assert issue(shop, ticket_id).number == draft.facts.number
    assert compose(shop, decided(shop)).facts.number.startswith("F01000002")


def test_a_changed_letter_is_a_new_version_under_the_same_number(shop: Shop) -> None:
    ticket_id = decided(shop)
    first = issue(shop, ticket_id)
    with pytest.raises(LetterUnchangedError) as same:
        issue(shop, ticket_id)
    assert (same.value.number, same.value.version) == (first.number, 1)
    second = issue(shop, ticket_id, promise="退款将在 3 日内到账。")
    assert (second.number, second.version) == (first.number, 2)
    assert compose(shop, ticket_id).facts.words["zh_CN"].promise == "退款将在 3 日内到账。"
    assert content(shop, first.paper_id) != content(shop, second.paper_id)
    with pytest.raises(LetterReplacedError):
        shop.do(letters.send, SendLetter(first.paper_id, TellChannel.LETTER), shop.context())


def test_two_people_writing_the_same_letter(shop: Shop) -> None:
    ticket_id = decided(shop)
    draft = compose(shop, ticket_id)
    shop.do(letters.issue, request_of(draft), shop.context(Role.MANAGER))
    with pytest.raises(StaleError):
        shop.do(letters.issue, request_of(draft, promise="另一种说法"), shop.context(Role.CLERK, "desk-2"))
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Paper).where(Paper.kind == PaperKind.LETTER)) == 1


def test_sending_keeps_how_when_and_by_whom_and_may_tell(shop: Shop) -> None:
    ticket_id = decided(shop)
    issued = issue(shop, ticket_id)
    with pytest.raises(InvalidFieldError) as future:
        shop.do(
            letters.send,
            SendLetter(issued.paper_id, TellChannel.LETTER, sent_on=date(2026, 11, 22)),
            shop.context(),
        )
    assert future.value.field == "sent_on"
    yesterday = SendLetter(issued.paper_id, TellChannel.LETTER, sent_on=date(2026, 11, 20), tell=True)
    assert shop.do(letters.send, yesterday, shop.context()) is TicketState.COMMUNICATED
    sent = row(shop, issued.paper_id)
    assert sent.sent_channel is TellChannel.LETTER
    assert sent.sent_at == datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    with shop.reading() as session:
        events = ticket_detail.detail(session, ticket_id, shop.context()).events
    assert [event.act for event in events[:3]] == [
        TicketAct.CUSTOMER_TOLD,
        TicketAct.LETTER_SENT,
        TicketAct.LETTER_ISSUED,
    ]
    with pytest.raises(IllegalMoveError):
        shop.do(letters.send, yesterday, shop.context())


def test_a_second_print_is_counted_and_marked_on_every_page(shop: Shop) -> None:
    issued = issue(shop, decided(shop), facts="情况说明。\n\n" * 120)
    kept = content(shop, issued.paper_id)
    copy = RegisterPaper(PaperKind.LETTER, issued.number, "zh_CN", copy_of=issued.paper_id)
    assert shop.do(register_service.give_out, copy, GivenOut(kept), shop.context()).prints == 1
    marked = reprint(kept, PrintFacts(datetime(2026, 11, 21, 10, 0, tzinfo=UTC), "陈可", 1), "zh_CN")
    assert shop.do(register_service.give_out, copy, GivenOut(marked), shop.context()).prints == 2
    assert row(shop, issued.paper_id).prints == 2
    pages = PdfReader(BytesIO(marked)).pages
    assert len(pages) > 1
    assert all("第 1 次补打" in page.extract_text() or "补打" in page.extract_text() for page in pages)
    assert issued.number in pages[0].extract_text()
    assert content(shop, issued.paper_id) == kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": " "}, "facts_zh_CN"),
        ({"finding": ""}, "finding_zh_CN"),
        ({"remedy": "\u200b"}, "remedy_zh_CN"),
        ({"salutation": "尊" * 121}, "salutation_zh_CN"),
        ({"promise": "长" * 4001}, "promise_zh_CN"),
    ],
)
def test_what_a_letter_cannot_be_without(shop: Shop, changes: dict[str, str], field: str) -> None:
    ticket_id = decided(shop)
    with pytest.raises(InvalidFieldError) as refused:
        issue(shop, ticket_id, **changes)
    assert refused.value.field == field


def test_letters_answer_decided_complaints_only(shop: Shop) -> None:
    with pytest.raises(NotDecidedError):
        compose(shop, add_complaint(shop))
    with pytest.raises(NotAComplaintError):
        compose(shop, add_return(shop, add_member(shop)))
    draft = compose(shop, told(shop))
    assert draft.told
    with pytest.raises(NotAllowedError):
        shop.do(letters.issue, request_of(draft), shop.context(Role.ADMINISTRATOR))


def test_the_register_lists_them(shop: Shop) -> None:
    ticket_id = decided(shop)
    issue(shop, ticket_id)
    newest = issue(shop, ticket_id, promise="改")
    with shop.reading() as session:
        rows = paper_register.first(session, PaperFilter(PaperKind.LETTER), shop.context(), None, 10)
        assert [(one.version, one.member_name) for one in rows] == [(2, "周敏霞"), (1, "周敏霞")]
        assert rows[0].id == newest.paper_id
