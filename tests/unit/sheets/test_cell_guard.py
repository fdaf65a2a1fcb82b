"""Text in CSV cells: never a formula, always the same text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.cell_guard import DANGEROUS, guarded, unguarded
from tests.unit.sheets.beginnings import BEGINNINGS


@pytest.mark.parametrize("text", BEGINNINGS)
def test_no_beginning_reaches_the_cell(text: str) -> None:
    cell = guarded(text)
    assert cell[0] not in DANGEROUS
    assert unguarded(cell) == text


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell.lstrip()[:1] not in DANGEROUS


@pytest.mark.parametrize("text", ["", "周建国", "13800138000", "O'Neil", "'20 寸"])
def test_what_is_written_elsewhere_stays_as_it_is(text: str) -> None:
    assert unguarded(text) == text


@pytest.mark.parametrize("text", ["", "周建国", "13800138000", "1280.50", "2026-11-21"])
def test_ordinary_text_gets_no_guard(text: str) -> None:
    assert guarded(text) == text
