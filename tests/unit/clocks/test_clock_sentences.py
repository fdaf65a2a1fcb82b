"""Every refusal around clocks and the calendar is said in both languages, with its facts."""

from collections.abc import Iterator
from datetime import date

import pytest

from crmdesk.core.clock_errors import (
    CalendarReachError,
    CalendarSheetError,
    CalendarSpanError,
    ClockDaysError,
    ClockNeverRunsError,
    ClockTitleError,
    RowRefusal,
    SheetTrouble,
    UnknownClockError,
)
from crmdesk.core.errors import RefusedError, StaleError
from crmdesk.core.i18n import gettext, set_language
from crmdesk.core.refs import EntityKind
from crmdesk.views.settings.clock_words import PAUSES, STARTS, STOPS
from crmdesk.views.support import errors
from crmdesk.views.support.sentences_clocks import row_words

_FIRST, _LAST = date(2026, 1, 1), date(2027, 12, 31)
_MANY = tuple(RowRefusal(row, SheetTrouble.NO_DAY, "x") for row in range(2, 14))
_REFUSALS: list[tuple[RefusedError | StaleError, str]] = [
    (UnknownClockError("own_1"), ""),
    (ClockDaysError(400, 0, 365), "365"),
    (ClockTitleError("初检"), "初检"),
    (ClockNeverRunsError("初检"), "初检"),
    (CalendarReachError(date(2031, 1, 1), _FIRST, _LAST), "2031-01-01"),
    (CalendarSpanError(_LAST, _FIRST, 62), "62"),
    (CalendarSheetError("2027.csv", ()), "2027.csv"),
    (CalendarSheetError("2027.csv", _MANY), "2027.csv"),
    (StaleError(EntityKind.CLOCK, 1, 0, 1), ""),
    (StaleError(EntityKind.CALENDAR, 1, 0, 1), ""),
]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.mark.parametrize(("refusal", "fact"), _REFUSALS, ids=[str(place) for place in range(len(_REFUSALS))])
def test_every_refusal_has_its_sentence(refusal: Exception, fact: str, language: str) -> None:
    sentence = errors.explain(refusal)
    assert sentence is not None
    said = f"{sentence.title} {sentence.body()}"
    assert fact in said
    assert "{" not in said
    if language == "zh_CN":
        assert not sentence.title.isascii()


def test_of_many_rows_the_first_are_named_and_the_rest_counted(language: str) -> None:
    sentence = errors.explain(CalendarSheetError("2027.csv", _MANY))
    assert sentence is not None
    assert len(sentence.what_to_do.splitlines()) == 9
    assert ("and 4 more rows" if language == "en" else "另有 4 行") in sentence.what_to_do


@pytest.mark.parametrize("trouble", SheetTrouble)
def test_every_trouble_of_a_row_is_said(trouble: SheetTrouble, language: str) -> None:
    said = row_words(RowRefusal(7, trouble, "x"))
    assert "7" in said
    assert said.isascii() == (language == "en") or "“" in said


def test_begin_end_and_pause_have_different_words(language: str) -> None:
    for words in (STARTS, STOPS, PAUSES):
        said = [gettext(one) for one in words.values()]
        assert len(set(said)) == len(said)
        assert language == "en" or not any(one.isascii() for one in said)
