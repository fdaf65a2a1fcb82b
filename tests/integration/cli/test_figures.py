"""figures and export owner without a window: shapes, definitions, periods, the demonstration store."""

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crmdesk.core.clock import FixedClock
from crmdesk.db.data_dir import DataDir
from tests.builders.begun import begun_store
from tests.builders.demo_year import demo_file
from tests.builders.outside_files import write_text
from tests.builders.shop import OPENING
from tests.integration.cli.telling import tell
from tests.integration.figures.plain import Plain, Raw

DEFINITIONS = Path(__file__).resolve().parents[3] / "docs" / "figure-definitions.md"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return begun_store(tmp_path / "data")


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDir:
    """Give the demonstration store as a data folder, on its last morning."""
    folder = begun_store(tmp_path / "demo")
    shutil.copyfile(demo_file(), folder.database)
    monkeypatch.setattr("crmdesk.cli.store.SystemClock", lambda: FixedClock(OPENING))
    return folder


def asked(data: DataDir, *words: str) -> Any:  # noqa: ANN401 - what JSON holds
    told = tell(*words, "--data", str(data.root), "--json")
    assert (told.code, told.err) == (0, "")
    return json.loads(told.out)


def table(data: DataDir, *words: str) -> list[dict[str, str]]:
    told = tell("figures", "rfm", "--csv", *words, "--data", str(data.root))
    assert (told.code, told.err) == (0, "")
    return list(csv.DictReader(io.StringIO(told.out)))


def sell(data: DataDir, folder: Path, *receipts: str) -> str:
    """Let 周敏 and what she bought come in; gives her number."""
    people = write_text(folder / "m.csv", [["姓名", "手机号", "卡号"], ["周敏", "13800138000", "V001"]])
    asked(data, "import", "members", str(people))
    head = ["小票号", "日期", "手机", "品名", "数量", "金额"]
    lines = [[number, day, "13800138000", "拉杆箱", *rest] for number, day, *rest in (one.split() for one in receipts)]
    asked(data, "import", "purchases", str(write_text(folder / "p.csv", [head, *lines])))
    return str(asked(data, "show", "member", "V001")["number"])


def test_the_figures_of_a_year(data: DataDir, tmp_path: Path) -> None:
    sell(data, tmp_path, "A1 2026-3-1 1 899", "A2 2026-3-5 2 101", "A3 2026-3-9 -1 -50")
    told = asked(data, "figures", "--as-of", "2026-03-31")
    assert (told["first"], told["as_of"]) == ("2025-04-01", "2026-03-31")
    assert list(told) == ["first", "as_of", "sales", "service", "care"]
    sales = told["sales"]
    assert (sales["net_fen"], sales["returned_fen"], sales["tickets"]) == (95_000, 5_000, 2)
    assert (sales["return_rate_amount"], sales["items_per_ticket"], sales["repeat_rate"]) == (0.05, 1.5, 1.0)
    assert (sales["year_on_year"], told["service"]["loaner_utilisation"], told["care"]["reach"]) == (None, None, None)
    words = tell("figures", "--as-of", "2026-03-31", "--data", str(data.root)).out.splitlines()
    assert "sales.return_rate_amount: 0.05" in words
    assert "care.reach: –" in words


def test_recency_frequency_and_money(data: DataDir, tmp_path: Path) -> None:
    number = sell(data, tmp_path, "A1 2026-3-1 1 899", "A2 2026-3-5 1 101.01", "A3 2026-3-5 1 0.01")
    line = {"number": number, "recency": "26", "frequency": "1", "monetary": "333.34"}
    assert table(data, "--as-of", "2026-03-31") == [line]
    assert table(data, "--as-of", "2026-03-01") == [line | {"recency": "0", "frequency": "0", "monetary": "899.00"}]
    assert table(data, "--as-of", "2026-02-28") == []
    assert asked(data, "figures", "rfm", "--as-of", "2026-03-31") == [
        {"number": number, "recency": 26, "frequency": 1, "monetary": 333.34}
    ]
    plain = tell("figures", "rfm", "--as-of", "2026-03-31", "--data", str(data.root)).out.splitlines()
    assert plain[1].split("\t") == [number, "26", "1", "333.34"]


def test_half_a_fen_goes_away_from_zero(data: DataDir, tmp_path: Path) -> None:
    sell(data, tmp_path, "A1 2026-3-1 1 1.00", "A2 2026-3-5 1 1.01")
    assert table(data, "--as-of", "2026-03-31")[0]["monetary"] == "1.01"


def test_the_demonstration_store_equals_plain_python(demo: DataDir) -> None:
    told = asked(demo, "figures", "--as-of", "2026-11-21")
    plain = Plain(Raw(demo_file()), date(2025, 11, 22), date(2026, 11, 21))
    assert told["sales"] == plain.sales()
    assert told["service"] == plain.service()
    assert told["care"] == plain.care()
    assert told == asked(demo, "figures"), "today without a day"
    assert {row["number"]: row for row in table(demo)} == plain.rfm()


def test_every_figure_is_defined(data: DataDir) -> None:
    told = asked(data, "figures")
    names = {name for part in ("sales", "service", "care") for name in told[part]} | {"first", "as_of"}
    names |= {"number", "recency", "frequency", "monetary"}
    defined = set(re.findall(r"^\| `(\w+)` \|", DEFINITIONS.read_text(encoding="utf-8"), re.MULTILINE))
    assert defined == names


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-07-15..2026-08-02", date(2026, 7, 15), date(2026, 8, 2)),
    ],
)
def test_the_owners_workbook_of_a_period(demo: DataDir, tmp_path: Path, period: str, first: date, last: date) -> None:
    target = tmp_path / "owner.xlsx"
    told = asked(demo, "export", "owner", "--period", period, "--out", str(target))
    raw = Raw(demo_file())
    received = [row for row in raw.repairs if first <= row["received"] <= last]
    bought = [row for row in raw.purchases if first <= row["day"] <= last]
    assert (told["sheets"]["repairs"], told["sheets"]["purchases"]) == (len(received), len(bought))
    summary = openpyxl.load_workbook(target, data_only=True).worksheets[0]
    days = [cell.value.date() for cell in summary["B"][:8] if hasattr(cell.value, "date")]
    assert days == [first, last, min(last, date(2026, 11, 21))]


@pytest.mark.parametrize("period", ["soon", "2026Q5", "2026-13", "26", "2026-11-05", "2026-12-31..2026-01-01"])
def test_what_is_no_period(period: str, tmp_path: Path) -> None:
    told = tell("export", "owner", "--period", period, "--out", str(tmp_path / "x.xlsx"))
    assert (told.code, told.out) == (2, "")


@pytest.mark.parametrize("words", [("figures", "--as-of", "tomorrow"), ("figures", "--csv"), ("figures", "sales")])
def test_usage(words: tuple[str, ...], data: DataDir) -> None:
    told = tell(*words, "--data", str(data.root))
    assert (told.code, told.out) == (2, "")
