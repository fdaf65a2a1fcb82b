"""What a reply must say, when head office is chased, and what the key of a row notices."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crmdesk.core.batch_rules import Answer, chase_due, check_answer, row_check
from crmdesk.core.desk_errors import SplitError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.judgement_sheet import ASKED, KNOWN, TITLES, SheetColumn, key_text, parse_key
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy
from tests.builders.batches import FREE, PAID, REFUSED

AMOUNTS = st.dictionaries(st.sampled_from(Payer), st.integers(0, 10**9).map(Money))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(AMOUNTS)
def test_shares_that_make_the_cost_to_the_fen_are_taken(shares: dict[Payer, Money]) -> None:
    check_answer(replace(PAID, cost=Money.total(shares.values()), shares=shares))


@given(AMOUNTS, st.integers(-(10**9), 10**9))
def test_a_fen_too_many_or_too_few_is_refused(shares: dict[Payer, Money], off: int) -> None:
    cost = Money.total(shares.values()) + Money(off)
    assume(off != 0)
    with pytest.raises((SplitError, InvalidFieldError)):
        check_answer(replace(PAID, cost=cost, shares=shares))


@pytest.mark.parametrize("answer", [FREE, PAID, REFUSED])
def test_ordinary_answers_are_taken(answer: Answer) -> None:
    check_answer(answer)


def test_free_of_charge_costs_the_customer_nothing() -> None:
    shares = {Payer.CUSTOMER: Money.yuan(1)}
    with pytest.raises(InvalidFieldError) as refused:
        check_answer(Answer(True, Liability.WEAR, Remedy.REPAIR_FREE, Money.yuan(1), shares, decided_by="吴工"))
    assert refused.value.reason == "free_with_amount"


@given(DAYS, st.none() | DAYS, st.integers(1, 30), DAYS)
def test_nobody_is_chased_early_nor_twice_within_the_gap(due: date, chased: date | None, gap: int, today: date) -> None:
    if chase_due(due, chased, gap, today):
        assert today > due
        assert chased is None or (today - chased).days >= gap
    elif today > due:
        assert chased is not None


@given(st.lists(st.text(max_size=40), min_size=4, max_size=4), st.integers(0, 3), st.text(min_size=1, max_size=10))
def test_a_changed_cell_changes_the_check(cells: list[str], place: int, other: str) -> None:
    changed = [*cells]
    changed[place] = f"{cells[place]}x{other}x"
    assert row_check("B-1", *cells) != row_check("B-1", *changed)
    assert row_check("B-1", *cells) != row_check("B-2", *cells)


def test_a_key_is_read_as_it_was_written() -> None:
    key = parse_key(key_text("B-01-261121-0016", "R-01-261121-0037", "拉杆箱", "", "轮子断"))
    assert key is not None
    assert (key.batch, key.ticket) == ("B-01-261121-0016", "R-01-261121-0037")
    assert key.check == row_check("B-01-261121-0016", "R-01-261121-0037", "拉杆箱", "", "轮子断")


@pytest.mark.parametrize("text", ["", "x", "a|b", "a||c", "a|b|c|d", "||"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert parse_key(text) is None


def test_every_column_is_known_or_asked_and_has_its_own_title() -> None:
    assert {*KNOWN, *ASKED} == set(SheetColumn)
    assert len(set(TITLES.values())) == len(SheetColumn)
