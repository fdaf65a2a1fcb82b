"""The papers section: a kept paper opens as it was, a calibration page is made."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.documents.pdf import papers
from crmdesk.queries import paper_register as rows
from crmdesk.services import paper_register
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.papers.screen import PapersScreen
from tests.builders import paper_facts
from tests.builders.desk import Counter, open_counter
from tests.builders.shop import Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot) as made:
        yield made


def test_a_kept_paper_opens_exactly_as_it_was(counter: Counter) -> None:
    content = b"%PDF-1.4 as it was"
    kept = counter.shop.do(
        paper_register.give_out,
        RegisterPaper(PaperKind.LETTER, "F01000001", language="zh_CN", title="投诉处理函"),
        GivenOut(content, printer="HP Tank 510"),
        counter.shop.context(),
    )
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    assert screen.table.rowCount() == 1
    screen._open(kept.id)
    counter.settle()
    assert counter.papers.made["look"] == content
    assert not counter.papers.notes["look"]


def test_a_calibration_page_is_a_pdf_of_its_paper(counter: Counter) -> None:
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    screen._calibrate(PaperFormat.FORM241)
    assert counter.papers.made["calibration_form241"].startswith(b"%PDF")


def test_printed_again_it_is_the_kept_document_with_the_mark(counter: Counter) -> None:
    slip = papers.render(paper_facts.slip(), "zh_CN")
    paper = RegisterPaper(PaperKind.SERVICE_SLIP, paper_facts.TICKET, "zh_CN")
    kept = counter.shop.do(paper_register.give_out, paper, GivenOut(slip, printer="HP"), counter.shop.context())
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    screen.view.select_first()
    counter.settle()
    assert [one.reprint for one in screen.prints.rows] == [0]
    screen.print_paper()
    counter.settle()
    again = counter.papers.made["service_slip"]
    assert "第 1 次补打" in PdfReader(BytesIO(again)).pages[0].extract_text()
    with counter.shop.reading() as session:
        assert len(rows.prints(session, kept.id)) == 1, "a preview is no print"
    counter.papers.print_shown("service_slip")
    counter.settle()
    with counter.shop.reading() as session:
        assert [(one.reprint, one.printer) for one in rows.prints(session, kept.id)] == [(1, "HP Tank 510"), (0, "HP")]
        assert rows.content(session, kept.id) == slip
    assert [one.reprint for one in screen.prints.rows] == [1, 0]


def test_a_card_printed_again_carries_no_mark(counter: Counter) -> None:
    card = papers.render(paper_facts.cards(1), "zh_CN")
    paper = RegisterPaper(PaperKind.VIP_CARD, "V010000017", "zh_CN")
    kept = counter.shop.do(paper_register.give_out, paper, GivenOut(card), counter.shop.context())
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    screen.view.select_id(kept.id)
    screen.print_paper()
    counter.settle()
    assert counter.papers.made["vip_card"] == card
