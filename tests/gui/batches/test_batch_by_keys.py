"""A batch at the desk by keyboard alone: packed by scan, sent, arrived, answered, back; and the ticket's side."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.batches import BatchLineState, BatchState
from crmdesk.core.i18n import set_language
from crmdesk.core.tickets import GoodsPlace, Route, TicketState
from crmdesk.core.tones import Tone
from crmdesk.documents.sheets.judgement_form import FIRST_ROW
from crmdesk.queries import batches_lines
from crmdesk.views.service import batch_import_dialog
from crmdesk.views.service.batch_dialogs import BackDialog, ChaseDialog, NewBatchDialog, SendDialog
from crmdesk.views.service.batch_import_dialog import ImportReplyDialog
from crmdesk.views.service.batch_of_ticket import SendAwayDialog
from crmdesk.views.service.batch_reply_dialog import ReplyDialog
from crmdesk.views.service.batch_scan_dialog import ScanDialog
from crmdesk.views.service.batch_vendors_dialog import VendorsDialog
from crmdesk.views.support.clipboard import pasted_text
from tests.builders.batches import arrived, batch_of, begun, lines_of, sent, tickets
from tests.builders.repairs import seen, taken_in
from tests.gui.batches.conftest import Bench
from tests.integration.batches.test_replies_by_workbook import export, fill, write

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: heard.append(1)))
    return heard


def scan(bench: Bench, code: str) -> None:
    """Type as a scanner does, Enter at the end."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, code)
    bench.press(Qt.Key.Key_Return)


def test_a_batch_from_the_first_scan_to_the_last_piece_back(bench: Bench, beeps: list[int]) -> None:
    first, second = tickets(bench.shop, 2)
    bench.go()
    bench.press(Qt.Key.Key_N, CTRL)
    assert isinstance(bench.form(), NewBatchDialog)
    bench.go_on()
    assert bench.no_form()
    case = bench.page.panel.case
    assert case is not None
    batch_id = case.batch.id

    bench.go_on()  # nothing is packed yet: the next step is to pack
    dialog = bench.form()
    assert isinstance(dialog, ScanDialog)
    scan(bench, seen(bench.shop, first).number)
    scan(bench, seen(bench.shop, second).number)
    assert beeps == []
    scan(bench, seen(bench.shop, second).number)
    assert beeps == [1]
    assert "packed in batch" in dialog.notice.accessibleName()
    scan(bench, "nonsense")
    assert len(beeps) == 2
    bench.go_on()
    assert bench.no_form()

    bench.go_on()
    assert isinstance(bench.form(), SendDialog)
    bench.type("SF", "sf99")
    bench.go_on()
    assert batch_of(bench.shop, batch_id).tracking == "SF99"
    assert seen(bench.shop, first).goods_place is GoodsPlace.TRANSIT
    bench.go_on()  # the parcel has arrived
    assert batch_of(bench.shop, batch_id).state is BatchState.ARRIVED


def test_a_line_is_answered_and_the_goods_scanned_back(bench: Bench) -> None:
    batch_id = arrived(bench.shop, 2)
    first, second = (line.ticket_id for line in lines_of(bench.shop, batch_id))
    bench.go()
    bench.page.panel.view.setFocus()
    bench.press(Qt.Key.Key_Home)
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Space)
    assert isinstance(bench.form(), ReplyDialog)
    bench.type("yes", "Product", "Repair", "40", "5", "Wu")
    for _payer in range(3):
        bench.press(Qt.Key.Key_Tab)
    bench.type("40")
    bench.go_on()
    assert bench.no_form()
    assert seen(bench.shop, first).state is TicketState.APPROVED
    assert lines_of(bench.shop, batch_id)[0].state is BatchLineState.REPLIED

    bench.page.panel._steps(bench.page.panel.case).back().run()  # type: ignore[arg-type]
    bench.settle()
    scan(bench, seen(bench.shop, second).number)
    scan(bench, seen(bench.shop, first).number)
    bench.go_on()
    done = batch_of(bench.shop, batch_id)
    assert (done.state, done.tally.back) == (BatchState.CLOSED, 2)
    assert seen(bench.shop, first).state is TicketState.QUALITY_CHECK


def test_a_reply_that_does_not_add_up_stays_in_the_form(bench: Bench) -> None:
    batch_id = arrived(bench.shop, 1)
    line = lines_of(bench.shop, batch_id)[0]
    bench.go()
    ReplyDialog(bench.page.room, line).open()
    dialog = bench.form()
    bench.type("yes", "Product", "Repair", "40", "5", "Wu")
    bench.go_on()
    assert dialog.isVisible()
    assert dialog.fields.fields()["cost"].has_problem()
    assert lines_of(bench.shop, batch_id)[0].replied_at is None


def test_replies_come_in_from_the_workbook_after_a_look(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = arrived(bench.shop, 3)
    path = export(bench.shop, batch_id, tmp_path / "form.xlsx")
    fill(path, lambda sheet: write(sheet, 0))
    fill(path, lambda sheet: write(sheet, 1, cost=-1))
    bench.go()
    batch_import_dialog.read(bench.page.room, path)
    dialog = bench.form()
    assert isinstance(dialog, ImportReplyDialog)
    fates = [(one.good, bool(one.remarks)) for one in dialog.check.rows]
    assert fates == [(True, False), (False, True), (False, False)]
    assert lines_of(bench.shop, batch_id)[0].replied_at is None
    bench.go_on()
    assert bench.no_form()
    assert [line.state for line in lines_of(bench.shop, batch_id)] == [
        BatchLineState.REPLIED,
        BatchLineState.ARRIVED,
        BatchLineState.ARRIVED,
    ]
    assert bench.toasts.texts[-1].endswith("1 reply taken")
    refused = tmp_path / "refused.xlsx"
    asked: list[Path] = [refused]
    monkeypatch.setattr(batch_import_dialog, "save_file", lambda *given: given[-1](asked.pop()))
    batch_import_dialog.save_refused(bench.page.room, dialog.check, None)
    bench.qtbot.waitUntil(refused.exists)
    row = [cell.value for cell in load_workbook(refused).worksheets[0][2]]
    assert row[0] == FIRST_ROW + 1
    assert "below zero" in str(row[-1])


def test_the_chase_list_copies_its_message_and_counts(bench: Bench) -> None:
    batch_id = sent(bench.shop, 2)
    bench.shop.clock.advance(timedelta(days=6))
    bench.go()
    bench.page.chips.choose("chase")
    bench.settle()
    bench.go_on()
    assert isinstance(bench.form(), ChaseDialog)
    bench.go_on()
    assert bench.no_form()
    assert [line.chases for line in lines_of(bench.shop, batch_id)] == [1, 1]
    assert all(line.ticket_number in pasted_text() for line in lines_of(bench.shop, batch_id))
    with bench.shop.reading() as session:
        assert batches_lines.to_chase(session, bench.shop.context()) == []


def test_the_ticket_offers_the_open_batch(bench: Bench) -> None:
    batch_id = begun(bench.shop)
    ticket_id = taken_in(bench.shop, route=Route.HEAD_OFFICE)
    bench.open(ticket_id)
    assert bench.primary() == "Send to head office"
    bench.go_on()
    assert isinstance(bench.form(), SendAwayDialog)
    bench.go_on()
    assert bench.no_form()
    assert [line.ticket_id for line in lines_of(bench.shop, batch_id)] == [ticket_id]
    assert bench.primary() == f"Open batch {batch_of(bench.shop, batch_id).number}"
    bench.go_on()
    assert bench.desk.navigator.screen("service.batches") is bench.page
    case = bench.page.panel.case
    assert case is not None
    assert case.batch.id == batch_id


def test_goods_that_are_away_are_taken_in_from_the_ticket(bench: Bench) -> None:
    batch_id = arrived(bench.shop, 1)
    line = lines_of(bench.shop, batch_id)[0]
    bench.open(line.ticket_id)
    assert bench.primary() == "Record arrival"
    bench.go_on()
    assert isinstance(bench.form(), BackDialog)
    bench.type("as expected")
    bench.go_on()
    assert bench.no_form()
    assert seen(bench.shop, line.ticket_id).state is TicketState.RECEIVED_BACK
    assert batch_of(bench.shop, batch_id).state is BatchState.CLOSED


def test_packing_from_the_list_begins_a_batch_when_none_is_open(bench: Bench) -> None:
    ticket_id = taken_in(bench.shop)
    bench.go()
    bench.page.chips.choose("pack")
    bench.settle()
    bench.go_on()
    assert isinstance(bench.form(), NewBatchDialog)
    bench.go_on()
    with bench.shop.reading() as session:
        line = batches_lines.line_of_ticket(session, ticket_id, bench.shop.context())
    assert line is not None
    assert line.state is BatchLineState.PACKED


def test_repairers_are_added_and_changed(bench: Bench) -> None:
    bench.go()
    VendorsDialog(bench.page.room).open()
    bench.form()
    bench.press(Qt.Key.Key_A, ALT)
    bench.type("Old Chen", "Chen", "123")
    bench.go_on()
    dialog = bench.form()
    assert isinstance(dialog, VendorsDialog)
    assert [one.name for one in dialog.table.rows()] == ["Old Chen"]
    bench.press(Qt.Key.Key_C, ALT)
    bench.type("Older Chen")
    bench.go_on()
    assert [one.name for one in dialog.table.rows()] == ["Older Chen"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_speaks_both_languages_and_marks_what_is_late(bench: Bench, language: str) -> None:
    arrived(bench.shop, 2)
    bench.shop.clock.advance(timedelta(days=6))
    set_language(language)
    try:
        bench.go()
        assert bench.page.title() == ("Batches" if language == "en" else "寄修批次")
        bench.page.chips.choose("waiting")
        bench.settle()
        rows = bench.page.lists.tables["waiting"].rows()
        assert [row.tone for row in rows] == [Tone.LATE, Tone.LATE]
    finally:
        set_language("en")
