"""Purchase lines as tills export them."""

from datetime import date, datetime, time

import pytest

from crmdesk.core.money import Money
from crmdesk.exchange.fields import ImportKind, PurchaseField
from crmdesk.exchange.mapping import MappedColumn, Mapping
from crmdesk.exchange.problems import CheckedRow, Reason
from crmdesk.exchange.purchases import PurchaseChecker, PurchaseRow
from crmdesk.exchange.table import Cell

TODAY = date(2026, 11, 21)


def _checker(*fields: str) -> PurchaseChecker:
    columns = [MappedColumn(at, chr(65 + at), name, PurchaseField(name)) for at, name in enumerate(fields)]
    return PurchaseChecker(Mapping(ImportKind.PURCHASES, tuple(columns)), TODAY)


def _check(**cells: Cell) -> CheckedRow[PurchaseRow]:
    return _checker(*cells).check(2, list(cells.values()))


def _good(**cells: Cell) -> PurchaseRow:
    checked = _check(**cells)
    assert checked.row is not None, checked.problems
    return checked.row


def test_a_line() -> None:
    row = _good(
        number="xs001",
        date="2026/3/5 14:03",
        phone=13800138000.0,
        item_code="a-7001",
        item_name="女包",
        colour="黑",
        size=38.0,
        quantity="2件",
        unit_price="¥640.25",
        amount="1,280.50元",
        guide="王芳",
    )
    assert (row.number, row.bought_at, row.timed) == ("XS001", datetime(2026, 3, 5, 14, 3), True)  # noqa: DTZ001
    assert row.phone is not None
    assert (row.phone.digits, row.item_code, row.size) == ("13800138000", "A-7001", "38")
    assert (row.quantity, row.unit_price, row.amount) == (2, Money(64025), Money(128050))
    assert not row.is_return


@pytest.mark.parametrize(
    "cells",
    [
        {"quantity": -1.0, "amount": -200.0},
        {"quantity": 1.0, "amount": "-200"},
        {"quantity": 1.0, "amount": "(200.00)"},
        {"quantity": -1.0, "amount": 200.0},
        {"quantity": 1.0, "amount": 200.0, "return": "退货"},
        {"quantity": 1.0, "amount": 200.0, "return": "是"},
    ],
)
def test_goods_returned_have_one_sign(cells: dict[str, Cell]) -> None:
    row = _good(date="2026-03-05", **cells)
    assert (row.quantity, row.amount, row.is_return) == (-1, Money(-20000), True)


def test_what_is_missing_is_computed() -> None:
    assert _good(date="2026-03-05", quantity=3.0, unit_price=10.0).amount == Money(3000)
    assert _good(date="2026-03-05", quantity=3.0, amount=30.0).unit_price == Money(1000)
    assert _good(date="2026-03-05", amount=30.0).quantity == 1


def test_day_and_time_in_two_columns() -> None:
    for clock in ("9:05", time(9, 5), 46086.378472222):
        row = _good(date="2026-03-05", time=clock, amount=1.0)
        assert row.bought_at == datetime(2026, 3, 5, 9, 5)  # noqa: DTZ001


def test_lines_below_merged_cells_belong_to_the_ticket_above() -> None:
    checker = _checker("number", "date", "phone", "item_name", "amount")
    assert checker.check(2, ["1", "2026-03-05", "13800138000", "包", 5.0]).row is not None
    second = checker.check(3, ["", "", "", "鞋", 6.0]).row
    assert second is not None
    assert (second.number, second.item_name, second.phone is not None) == ("1", "鞋", True)
    walk_in = checker.check(4, ["2", "2026-03-05", "", "包", 5.0]).row
    assert walk_in is not None
    assert walk_in.anonymous


def test_walk_ins_by_word() -> None:
    assert _good(date="2026-03-05", amount=1.0, name="散客", phone="散客", card="非会员").anonymous


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date": "", "amount": 1.0}, Reason.DATE_MISSING),
        ({"date": "2026-11-22", "amount": 1.0}, Reason.DATE_FUTURE),
        ({"date": "3月5日", "amount": 1.0}, Reason.DATE_YEAR_MISSING),
        ({"date": "农历八月十五", "amount": 1.0}, Reason.DATE_LUNAR),
        ({"date": "2026-03-05", "amount": ""}, Reason.AMOUNT_MISSING),
        ({"date": "2026-03-05", "amount": "x"}, Reason.MONEY_NOT_A_NUMBER),
        ({"date": "2026-03-05", "amount": 1.0, "quantity": 0.0}, Reason.QUANTITY_ZERO),
        ({"date": "2026-03-05", "amount": 1.0, "quantity": "半"}, Reason.NUMBER_NOT_WHOLE),
        ({"date": "2026-03-05", "amount": 1.0, "phone": "1.38E+10"}, Reason.PHONE_DIGITS_LOST),
    ],
)
def test_lines_that_stay_out(cells: dict[str, Cell], reason: Reason) -> None:
    checked = _check(**cells)
    assert checked.row is None
    assert [problem.reason for problem in checked.problems] == [reason]


def test_more_than_price_times_quantity_is_told() -> None:
    checked = _check(date="2026-03-05", quantity=1.0, unit_price=10.0, amount=100.0)
    assert checked.row is not None
    assert [problem.reason for problem in checked.problems] == [Reason.AMOUNT_DIFFERS]


def test_the_sum_at_the_end_is_skipped() -> None:
    checked = _checker("number", "amount").check(9, ["合计", 500.0])
    assert checked.row is None
    assert not checked.refused
