"""The papers section: a kept paper opens as it was, a calibration page is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.services import paper_register
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.papers.screen import PapersScreen
from tests.builders.desk import Counter, open_counter
from tests.builders.shop import Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot) as made:
        yield made


def test_a_kept_paper_opens_exactly_as_it_was(counter: Counter) -> None:
    content = b"%PDF-1.4 as it was"
    kept = counter.shop.do(
        paper_register.register,
        RegisterPaper(PaperKind.LETTER, "F01000001", content, language="zh_CN", title="投诉处理函"),
        counter.shop.context(),
    )
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    assert screen.table.rowCount() == 1
    screen._open(kept.id)
    counter.settle()
    assert counter.papers.made["reprint"] == content


def test_a_calibration_page_is_a_pdf_of_its_paper(counter: Counter) -> None:
    screen = PapersScreen(counter.desk)
    counter.show(screen)
    screen._calibrate(PaperFormat.FORM241)
    assert counter.papers.made["calibration_form241"].startswith(b"%PDF")
