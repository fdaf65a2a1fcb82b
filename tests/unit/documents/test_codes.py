"""Patterns of bars and QR codes."""

import pytest

from crmdesk.documents.codes import code128, qr


def test_bars_are_one_row_from_edge_to_edge() -> None:
    pattern = code128("R-01-261121-0037")
    assert pattern is not None
    assert pattern.rows == 1
    assert pattern.runs[0][1] == 0
    assert pattern.runs[-1][1] + pattern.runs[-1][2] == pattern.columns


@pytest.mark.parametrize("text", ["", "汉字", "a\x00b", "é", "x" * 41])
def test_what_bars_cannot_carry_gives_none(text: str) -> None:
    assert code128(text) is None


def test_qr_carries_chinese() -> None:
    pattern = qr("周建国")
    assert pattern is not None
    assert pattern.rows == pattern.columns >= 21


@pytest.mark.parametrize("text", ["", "x" * 401, "\ud83d"])
def test_what_a_qr_cannot_carry_gives_none(text: str) -> None:
    assert qr(text) is None
