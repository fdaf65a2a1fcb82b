"""Whatever is typed into the answers of a form: each row is taken whole, empty, or refused; never a crash."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from crmdesk.core.batch_rules import check_answer
from crmdesk.core.judgement_sheet import ASKED, KNOWN
from crmdesk.documents.sheets.judgement_form import FIRST_ROW, write_judgement_form
from crmdesk.exchange.judgement_remarks import remark_sentence
from crmdesk.exchange.judgement_replies import read_replies
from tests.builders import batch_facts, paper_facts

WORDS = (
    *batch_facts.CHOICES.repairable,
    *batch_facts.CHOICES.liability,
    *batch_facts.CHOICES.remedy,
    "repair_free",
    "是",
)
PRINTABLE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(-(10**6), 10**12),
    st.floats(-1e6, 1e12, allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - a cell has no zone
    PRINTABLE.filter(lambda text: not text.startswith("=")),
    st.just("=1/0"),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=len(ASKED), max_size=len(ASKED)), min_size=2, max_size=2))
def test_any_cells_are_read_without_a_crash(tmp_path: Path, rows: list[list[object]]) -> None:
    form = BytesIO()
    write_judgement_form(form, batch_facts.judgement_form(paper_facts.STORE, paper_facts.PRINTED), "zh_CN")
    book = load_workbook(form)
    sheet = book.worksheets[0]
    for place, cells in enumerate(rows):
        for column, value in enumerate(cells, start=len(KNOWN) + 1):
            sheet.cell(FIRST_ROW + place, column).value = value  # type: ignore[assignment]
    path = tmp_path / "form.xlsx"
    book.save(path)
    read = read_replies(path)
    assert [row.number for row in read.rows] == [FIRST_ROW, FIRST_ROW + 1]
    for row in read.rows:
        assert sum([row.empty, bool(row.remarks), row.answer is not None]) == 1
        assert all(remark_sentence(remark) for remark in row.remarks)
        if row.answer is not None:
            check_answer(row.answer)
