"""Loans and quotes signed on screen: the strokes are kept with their person and stand on the papers."""

import pytest
from sqlalchemy import func, select

from crmdesk.core.desk_errors import NotSignedError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.strokes import Strokes, to_text
from crmdesk.core.tickets import ApprovalChannel
from crmdesk.documents.pdf import loan_agreement, loan_return
from crmdesk.documents.pdf import quote as quote_paper
from crmdesk.models.hand_over import Signature
from crmdesk.models.loan import Loan
from crmdesk.queries import loan_papers, ticket_papers
from crmdesk.services import quotes
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.quotes import RecordAnswer
from tests.builders.loaners import add_loaner, add_member, lend_to
from tests.builders.repair_hands import quote
from tests.builders.repairs import quoted, seen
from tests.builders.shop import Shop

STROKES: Strokes = (((200, 100), (300, 180), (400, 90)), ((420, 80), (500, 200)))
SIGNED = to_text(STROKES)


def test_the_agreement_carries_the_borrowers_strokes(shop: Shop) -> None:
    made = lend_to(shop, add_loaner(shop).id, add_member(shop), strokes=SIGNED)
    with shop.reading() as session:
        facts = loan_papers.agreement(session, made.id, shop.context(), "zh_CN")
        assert session.get_one(Loan, made.id).signed_at is not None
    assert facts.signature is not None
    assert (facts.signature.person, facts.signature.strokes) == ("周建国", STROKES)
    for paper in (PaperFormat.A5, PaperFormat.FORM241, PaperFormat.ROLL80):
        assert loan_agreement.render(facts, "zh_CN", paper).startswith(b"%PDF")


def test_the_return_note_carries_those_of_the_return(shop: Shop) -> None:
    made = lend_to(shop, add_loaner(shop).id, add_member(shop))
    back = TakeBack(made.id, ReturnGrade.AS_LENT, returned=made.deposit, strokes=SIGNED)
    shop.do(take_back, back, shop.context())
    with shop.reading() as session:
        assert loan_papers.agreement(session, made.id, shop.context(), "en").signature is None
        facts = loan_papers.return_note(session, made.id, shop.context(), "en")
    assert facts.signature is not None
    assert loan_return.render(facts, "en").startswith(b"%PDF")


@pytest.mark.parametrize(("strokes", "refusal"), [("[[[5,5]]]", NotSignedError), ("no strokes", InvalidFieldError)])
def test_too_little_ink_lends_nothing(shop: Shop, strokes: str, refusal: type[Exception]) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    with pytest.raises(refusal):
        lend_to(shop, loaner.id, member, strokes=strokes)
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Loan)) == 0
        assert session.scalar(select(func.count()).select_from(Signature)) == 0


def test_a_quote_carries_only_the_signature_it_was_agreed_to_with(shop: Shop) -> None:
    ticket_id = quoted(shop)
    said = RecordAnswer(
        ticket_id,
        seen(shop, ticket_id).version,
        agreed=True,
        channel=ApprovalChannel.IN_PERSON,
        person="周建国",
        amount=Money.yuan(80),
        strokes=SIGNED,
    )
    shop.do(quotes.record_answer, said, shop.context())
    with shop.reading() as session:
        facts = ticket_papers.quote(session, ticket_id, shop.context(), "zh_CN")
    assert facts.signature is not None
    assert quote_paper.render(facts, "zh_CN").startswith(b"%PDF")
    quote(shop, ticket_id, 120)
    with shop.reading() as session:
        assert ticket_papers.quote(session, ticket_id, shop.context(), "zh_CN").signature is None
