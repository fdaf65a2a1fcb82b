"""Numbers in notes are masked however they are grouped; other digits stay."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from crmdesk.core.veil import mask_within, veiled


class Word(StrEnum):
    NUMBER = "13812345678"


@dataclass(frozen=True, slots=True)
class Line:
    day: date
    note: str
    word: Word = Word.NUMBER
    parts: tuple["Line", ...] = ()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13812345678也行", "打138****5678也行"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678。", "138****5678。"),
        ("+86 138 1234 5678", "138****5678"),
        ("0571-88886666", ""),
        ("两个：13812345678、13912345678", "两个：138****5678、139****5678"),
        ("138****5678", "138****5678"),
    ],
)
def test_numbers_are_masked(text: str, masked: str) -> None:
    found = mask_within(text)
    assert "1234" not in found
    assert "8888" not in found
    if not text.startswith("0"):
        assert found == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R-01-261121-0012",
        "P13812345678",
        "6222021138123456789",
        "¥1,280.50",
        "2026-11-21 10:00",
        "12.5 × 40 cm",
        "SF1381234567890",
    ],
)
def test_other_digits_stay(text: str) -> None:
    assert mask_within(text) == text


def test_rows_are_veiled_all_through_and_stay_the_same_where_nothing_is_hidden() -> None:
    plain = Line(date(2026, 11, 21), "轮子断")
    line = Line(date(2026, 11, 21), "打13812345678", parts=(Line(date(2026, 11, 21), "138 1234 5678"), plain))
    found = veiled(line)
    assert (found.note, found.parts[0].note, found.word) == ("打138****5678", "138****5678", Word.NUMBER)
    assert found.parts[1] is plain
    assert veiled(plain) is plain
