"""The judgement form that leaves as a workbook stands in the register as the paper of the same words."""

import pytest

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.papers import GivenOut, PaperKind, PaperWay
from crmdesk.documents.pdf.papers import render
from crmdesk.queries import paper_register
from crmdesk.queries.batches_papers import judgement_form
from crmdesk.services.batches_chase import WrittenForm, note_form
from tests.builders import batches
from tests.builders.shop import Shop


def test_the_form_that_was_sent_as_a_workbook_is_kept(shop: Shop) -> None:
    key = batches.sent(shop)
    with shop.reading() as session:
        facts = judgement_form(session, key, shop.context(), "zh_CN")
    out = GivenOut(render(facts, "zh_CN"), PaperWay.SAVED)
    number = shop.do(note_form, WrittenForm(key, "form.xlsx", "zh_CN", out), shop.context())
    with shop.reading() as session:
        kept = paper_register.newest(session, PaperKind.JUDGEMENT_FORM, number)
        assert kept is not None
        assert paper_register.content(session, kept.id) == out.content
    with pytest.raises(InvalidFieldError):
        shop.do(note_form, WrittenForm(key, "form.xlsx", "zh_CN", GivenOut(b"", PaperWay.SAVED)), shop.context())
