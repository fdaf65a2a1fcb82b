"""The demonstration: a small store lives through its years and its day, and what is left agrees with the database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from sqlalchemy import func, select, table, text

from crmdesk.cli.main import main
from crmdesk.core.i18n import set_language
from crmdesk.core.papers import PaperKind
from crmdesk.db.engine import Database

MEMBERS = "24"
DPI = 300


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make it once for all tests of this file."""
    out = tmp_path_factory.mktemp("demo") / "out"
    command = ["demo", "--out", str(out), "--members", MEMBERS, "--day", "2026-11-21", "--no-pictures"]
    assert main(command) == 0
    yield out
    set_language("en")


@pytest.fixture(scope="module")
def day(demo: Path) -> dict[str, Any]:
    """Give what the day says of itself."""
    said: dict[str, Any] = json.loads((demo / "day.json").read_text(encoding="utf-8"))
    return said


def test_the_day_agrees_with_the_database(demo: Path, day: dict[str, Any]) -> None:
    assert {name: check for name, check in day["checks"].items() if not check["equal"]} == {}
    assert day["agrees"] is True
    database = Database.open(demo / "store" / "crmdesk.db")
    try:
        with database.reading() as session:
            found = {name: session.scalar(select(func.count()).select_from(table(name))) for name in day["rows"]}
            assert found == day["rows"]
            assert session.scalar(text("SELECT max(at) < '2026-11-21T12:15' FROM audit_entry"))
    finally:
        database.dispose()


def test_every_step_left_its_numbers(day: dict[str, Any]) -> None:
    assert day["day"] == "2026-11-21"
    steps = day["steps"]
    assert {name[0] for name in steps} == set("123456789")
    assert steps["4 repair"]["hand_back_with_loaner_out"]["refused"] == "LoanerOutError"
    assert steps["4 repair"]["clerk_may_not_judge"]["refused"] == "NotAllowedError"
    assert steps["6 complaint"]["clerk_may_not_approve"]["refused"] == "NotAllowedError"
    assert steps["6 complaint"]["above_the_managers_limit"]["refused"] == "AboveLimitError"
    assert steps["6 three pieces"]["state"] == "closed"
    assert steps["4 batches"]["chased"] == 1
    assert steps["4 goods"]["waited"] > 30
    assert steps["6 return"]["above_the_managers_limit"]["refused"] == "AboveLimitError"
    assert [call["outcome"] for call in steps["7 calls"]["calls"]][:2] == ["satisfied", "no_answer"]
    assert all(search["found"] for search in steps["2 find"]["searches"])


def test_the_years_are_believable(day: dict[str, Any]) -> None:
    figures = day["steps"]["9 lists"]["figures"]
    assert -0.5 < figures["year_on_year"] < 1
    assert 0 < figures["return_rate_amount"] < 0.1
    assert 1 < figures["items_per_ticket"] < 3
    assert figures["overdue"] < figures["callbacks"] / 5
    assert day["steps"]["9 lists"]["birthdays"] >= 1


# The day does not make these; their own tests open and read them.
ABOUT_MEMBERS = {
    *(PaperKind.STATEMENT, PaperKind.VALUE_RECEIPT, PaperKind.PERSON_FILE),
    *(PaperKind.ERASURE_PROOF, PaperKind.ADDRESS_LABEL, PaperKind.MEMBER_LETTER),
}


def test_papers_open_and_their_text_is_there(demo: Path, day: dict[str, Any]) -> None:
    assert len(day["papers"]) >= 25
    assert {paper["kind"] for paper in day["papers"]} == {kind.value for kind in PaperKind} - ABOUT_MEMBERS
    for paper in day["papers"]:
        reader = PdfReader(demo / paper["file"])
        assert reader.pages, paper["file"]
        words = "".join(page.extract_text() for page in reader.pages)
        assert paper["code"].removesuffix("-sheet") in words.replace(" ", ""), paper["file"]


def test_codes_on_papers_decode(demo: Path, day: dict[str, Any]) -> None:
    unread = [paper["file"] for paper in day["papers"] if not _decodes(demo / paper["file"], paper["code"])]
    assert unread == []


def _decodes(path: Path, code: str) -> bool:
    document = pypdfium2.PdfDocument(path)
    try:
        pictures = [page.render(scale=DPI / 72).to_pil() for page in document]
    finally:
        document.close()
    # A card has its bars on the back.
    found = {one.text for picture in pictures for one in zxingcpp.read_barcodes(picture)}
    return any(code.removesuffix("-sheet") in one for one in found)


def test_workbooks_open(demo: Path, day: dict[str, Any]) -> None:
    owner = openpyxl.load_workbook(demo / "owner.xlsx", read_only=True)
    assert len(owner.sheetnames) >= 8
    owner.close()
    members = openpyxl.load_workbook(demo / "lists" / "members.xlsx", read_only=True)
    assert sum(1 for _row in members.worksheets[0].rows) - 1 == day["steps"]["9 lists"]["members"]
    members.close()
    refused = openpyxl.load_workbook(demo / "lists" / "members-ugly-refused.xlsx", read_only=True)
    assert refused.worksheets
    refused.close()


def test_a_folder_with_a_store_is_not_touched(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--out", str(demo)]) == 1
    assert "another folder" in capsys.readouterr().err
