"""A judgement form goes out as a workbook and comes back filled in: what is taken, what is refused, row by row."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.core.batch_errors import ReplySheetError, SheetTrouble
from crmdesk.core.judgement_sheet import ASKED, KNOWN, SheetColumn
from crmdesk.core.tickets import Liability, Remedy, TicketState
from crmdesk.documents.sheets.import_errors import write_import_errors
from crmdesk.documents.sheets.judgement_form import FIRST_ROW, HEADER_ROW, write_judgement_form
from crmdesk.exchange.judgement_remarks import ReplyReason, remark_sentence
from crmdesk.exchange.judgement_replies import read_replies
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.queries import batches_papers
from crmdesk.services import batches_import
from crmdesk.services.batches_import import refused_facts
from tests.builders.batches import arrived, lines_of, packed
from tests.builders.repairs import seen
from tests.builders.shop import Shop

_C = SheetColumn
PLACE = {column: place for place, column in enumerate((*KNOWN, *ASKED), start=1)}
KEY = len(PLACE) + 1
GOOD: dict[SheetColumn, object] = {
    _C.REPAIRABLE: "可修",
    _C.LIABILITY: "产品质量",
    _C.REMEDY: "免费维修",
    _C.COST: 40,
    _C.HEAD_OFFICE: 40,
    _C.DAYS: 5,
    _C.DECIDED_BY: "吴工",
    _C.WORDS: "轮组批次问题",
}


def export(shop: Shop, batch_id: int, path: Path, language: str = "zh_CN") -> Path:
    with shop.reading() as session:
        facts = batches_papers.judgement_form(session, batch_id, shop.context(), language)
    write_judgement_form(path, facts, language)
    return path


def fill(path: Path, change: Callable[[Worksheet], None]) -> Path:
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def write(sheet: Worksheet, place: int, **changes: object) -> None:
    for column, value in {**{one.value: two for one, two in GOOD.items()}, **changes}.items():
        sheet.cell(FIRST_ROW + place, PLACE[SheetColumn(column)]).value = value  # type: ignore[assignment]


def second_row(changes: dict[str, object]) -> Callable[[Worksheet], None]:
    return lambda sheet: write(sheet, 1, **changes)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_filled_form_is_taken(shop: Shop, tmp_path: Path, language: str) -> None:
    batch_id = arrived(shop, 3)
    path = export(shop, batch_id, tmp_path / "form.xlsx", language)
    first, second, third = lines_of(shop, batch_id)
    fill(path, lambda sheet: write(sheet, 0))
    fill(path, lambda sheet: write(sheet, 1, remedy="repair_paid", head_office=None, customer=40))
    sheet = read_replies(path)
    with shop.reading() as session:
        checked = batches_import.check(session, sheet, shop.context())
    assert (len(checked.good), checked.empty, len(checked.refused)) == (2, 1, 0)
    assert seen(shop, first.ticket_id).state is TicketState.AT_HEAD_OFFICE  # looked at only
    shop.do(batches_import.take, sheet, shop.context())
    states = [seen(shop, one.ticket_id).state for one in (first, second, third)]
    assert states == [TicketState.APPROVED, TicketState.QUOTED, TicketState.AT_HEAD_OFFICE]
    judged = seen(shop, first.ticket_id).judgement
    assert judged is not None
    assert (judged.liability, judged.remedy, judged.cause) == (
        Liability.PRODUCT_FAULT,
        Remedy.REPAIR_FREE,
        "轮组批次问题",
    )
    with pytest.raises(ReplySheetError) as refused:
        shop.do(batches_import.take, sheet, shop.context())
    assert refused.value.trouble is SheetTrouble.NOTHING
    with shop.reading() as session:
        again = batches_import.check(session, sheet, shop.context())
    assert [one.remarks[0].reason for one in again.refused] == [ReplyReason.ANSWERED] * 2


WRONG: dict[str, tuple[dict[str, object], ReplyReason]] = {
    "a word of nobody's": ({"liability": "天知道"}, ReplyReason.WORD_UNKNOWN),
    "a word missing": ({"remedy": None}, ReplyReason.MISSING),
    "cost in words": ({"cost": "四十左右"}, ReplyReason.AMOUNT_UNKNOWN),
    "cost below zero": ({"cost": -40}, ReplyReason.AMOUNT_NEGATIVE),
    "three decimals": ({"cost": 40.005}, ReplyReason.AMOUNT_TOO_FINE),
    "three decimals as text": ({"cost": "40.005"}, ReplyReason.AMOUNT_TOO_FINE),
    "too huge": ({"cost": 1e18}, ReplyReason.AMOUNT_UNKNOWN),
    "split short by a fen": ({"head_office": 39.99}, ReplyReason.SPLIT),
    "half a day": ({"days": 2.5}, ReplyReason.DAYS_UNKNOWN),
    "days in words": ({"days": "很快"}, ReplyReason.DAYS_UNKNOWN),
    "a year and more": ({"days": 400}, ReplyReason.DAYS_UNKNOWN),
    "nobody decided": ({"decided_by": None}, ReplyReason.MISSING),
    "not repairable but repaired": ({"repairable": "不可修"}, ReplyReason.REMEDY_UNFIT),
    "refused without words": ({"repairable": "不可修", "remedy": "不予处理", "words": None}, ReplyReason.MISSING),
    "item changed": ({"item": "手提包 棕色"}, ReplyReason.ITEM_CHANGED),
    "number changed": ({"number": "R-01-261121-9999"}, ReplyReason.NUMBER_CHANGED),
    "name as long as a novel": ({"decided_by": "吴" * 200}, ReplyReason.TOO_LONG),
}


def test_each_bad_row_is_refused_alone_with_its_reason(shop: Shop, tmp_path: Path) -> None:
    batch_id = arrived(shop, 2)
    source = export(shop, batch_id, tmp_path / "form.xlsx")
    for name, (changes, reason) in WRONG.items():
        path = tmp_path / "one.xlsx"
        path.write_bytes(source.read_bytes())
        fill(path, lambda sheet: write(sheet, 0))
        fill(path, second_row(changes))
        sheet = read_replies(path)
        good, bad = sheet.rows
        assert good.answer is not None, name
        assert [remark.reason for remark in bad.remarks] == [reason], name
        assert bad.number == FIRST_ROW + 1
        assert remark_sentence(bad.remarks[0])


def test_doubled_and_unknown_rows_are_refused_and_the_good_ones_taken(shop: Shop, tmp_path: Path) -> None:
    batch_id = arrived(shop, 2)
    path = export(shop, batch_id, tmp_path / "form.xlsx")

    def spoil(sheet: Worksheet) -> None:
        write(sheet, 0)
        write(sheet, 1)
        for column in range(1, KEY + 1):  # the second row once more
            sheet.cell(FIRST_ROW + 2, column).value = sheet.cell(FIRST_ROW + 1, column).value
        write(sheet, 3, number="R-01-000000-0000")

    checked = read_replies(fill(path, spoil))
    reasons = [[remark.reason for remark in row.remarks] for row in checked.rows]
    assert reasons == [[], [ReplyReason.DOUBLED], [ReplyReason.DOUBLED], [ReplyReason.UNKNOWN_ROW]]
    taken = shop.do(batches_import.take, checked, shop.context())
    assert len(taken.good) == 1
    bad = tmp_path / "bad.xlsx"
    assert write_import_errors(bad, refused_facts(taken, shop.context().now())) == 3
    mended = read_replies(bad)  # what was refused goes through the same reader once more
    assert len(mended.rows) == 3


def test_a_file_that_is_not_ours_is_refused_as_a_whole(shop: Shop, tmp_path: Path) -> None:
    batch_id = arrived(shop, 1)
    source = export(shop, batch_id, tmp_path / "form.xlsx")

    def trouble(change: Callable[[Worksheet], None]) -> SheetTrouble:
        path = tmp_path / "other.xlsx"
        path.write_bytes(source.read_bytes())
        fill(path, change)
        with pytest.raises(ReplySheetError) as refused:
            shop.do(lambda session, context: batches_import.take(session, read_replies(path), context), shop.context())
        return refused.value.trouble

    def rename(sheet: Worksheet) -> None:
        sheet.cell(HEADER_ROW, PLACE[_C.COST]).value = "金额"

    def other_batch(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, KEY).value = "B-01-200101-0011|R-01-200101-0011|abcdefabcdef"

    assert trouble(lambda sheet: sheet.delete_cols(KEY)) is SheetTrouble.NOT_OURS
    assert trouble(lambda sheet: sheet.delete_cols(PLACE[_C.DAYS])) is SheetTrouble.COLUMNS
    assert trouble(rename) is SheetTrouble.COLUMNS
    assert trouble(other_batch) is SheetTrouble.UNKNOWN_BATCH
    nonsense = tmp_path / "form.pdf"
    nonsense.write_bytes(b"%PDF-1.7 not a sheet")
    with pytest.raises(FileRefusedError):
        read_replies(nonsense)


def test_a_form_of_a_batch_that_never_left_is_refused(shop: Shop, tmp_path: Path) -> None:
    path = fill(export(shop, packed(shop, 1), tmp_path / "form.xlsx"), lambda sheet: write(sheet, 0))
    with pytest.raises(ReplySheetError) as refused:
        shop.do(batches_import.take, read_replies(path), shop.context())
    assert refused.value.trouble is SheetTrouble.NOT_SENT


def test_the_workbook_holds_lists_and_open_cells_only_where_answers_go(shop: Shop, tmp_path: Path) -> None:
    path = export(shop, arrived(shop, 2), tmp_path / "form.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.cell(FIRST_ROW, PLACE[_C.COST]).protection.locked is False
    assert sheet.cell(FIRST_ROW, PLACE[_C.ITEM]).protection.locked is True
    assert sheet.column_dimensions[get_column_letter(KEY)].hidden
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert len(rules) == 3
    lists = book["lists"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["C"]][:2] == ["免费维修", "收费维修"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_keeps_what_the_reader_needs(shop: Shop, tmp_path: Path) -> None:
    path = fill(export(shop, arrived(shop, 2), tmp_path / "form.xlsx"), lambda sheet: write(sheet, 0))
    target = tmp_path / "by_office"
    office = shutil.which("soffice") or ""
    command = [office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(target), str(path)], check=True, capture_output=True, timeout=240)
    sheet = read_replies(target / "form.xlsx")
    assert [row.answer is not None for row in sheet.rows] == [True, False]
    assert sheet.rows[0].remarks == ()
    again = load_workbook(target / "form.xlsx").worksheets[0]
    assert {rule.type for rule in again.data_validations.dataValidation} >= {"list", "decimal", "whole"}
    assert again.protection.sheet
