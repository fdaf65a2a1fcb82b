from datetime import date

import pytest

from crmdesk.core.number_guess import DAYS_BACK, guess_running, guess_ticket
from crmdesk.core.numbers import day_number, running_number

TODAY = date(2026, 11, 21)
CODES = ("01", "02", "HZ1")


def test_a_whole_number_is_itself() -> None:
    whole = day_number("C", "HZ1", TODAY, 12)
    guess = guess_ticket(whole.replace("-", ""), CODES, "01", TODAY)
    assert (guess.exact, guess.beginnings) == ((whole,), ())


@pytest.mark.parametrize(
    ("typed", "beginnings"),
    [
        ("R", ("R-",)),
        ("R0", ("R-0",)),
        ("R01", ("R-01",)),
        ("RHZ1261121", ("R-HZ1-261121",)),
        ("R0126112100", ("R-01-261121-00",)),
        ("X01", ()),
        ("R99", ()),
    ],
)
def test_beginnings(typed: str, beginnings: tuple[str, ...]) -> None:
    assert guess_ticket(typed, CODES, "01", TODAY).beginnings == beginnings


def test_a_day_means_every_kind_and_store() -> None:
    assert set(guess_ticket("261121", CODES, "01", TODAY).beginnings) == {
        f"{letter}-{code}-261121" for letter in "RCT" for code in CODES
    }
    assert guess_ticket("261321", CODES, "01", TODAY).beginnings == ()


def test_an_end_means_the_last_weeks_of_the_own_store() -> None:
    guess = guess_ticket("007", CODES, "02", TODAY)
    assert len(guess.exact) == 3 * DAYS_BACK
    assert day_number("T", "02", TODAY, 7) in guess.exact
    with_check = day_number("T", "02", TODAY, 7)
    assert with_check in guess_ticket(with_check[-4:], CODES, "02", TODAY).exact
    wrong = with_check[-4:-1] + str((int(with_check[-1]) + 1) % 10)
    assert with_check not in guess_ticket(wrong, CODES, "02", TODAY).exact


@pytest.mark.parametrize("count", [1, 42, 999_999])
def test_cards_by_serial_with_and_without_check_digit(count: int) -> None:
    whole = running_number("V", "02", count)
    assert whole in guess_running(str(count), "V", CODES).exact
    assert whole in guess_running(f"{count}{whole[-1]}", "V", CODES).exact
    assert any(whole.startswith(start) for start in guess_running(whole[1:6], "V", CODES).beginnings)


def test_numbers_of_former_systems_are_looked_up_as_they_are() -> None:
    assert guess_running("8800123456789", "V", CODES).exact == ()
    assert "8800123456789" in guess_running("8800123456789", "V", CODES).beginnings
    assert guess_running("VIP88", "V", CODES).beginnings == ("VIP88",)
