"""The list of tickets: views with counts, filter while typing, export, papers, photos."""

import io
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.queries import paper_register
from crmdesk.queries.paper_register import PaperFilter
from crmdesk.queries.ticket_filter import TicketView
from crmdesk.services import repair
from tests.builders.repairs import approved, quoted, ready, seen, step, taken_in
from tests.gui.service.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def _shown(counter: Counter) -> list[str]:
    counter.settle()
    table = counter.screen.table
    return [table.index(row, 1).data() for row in range(table.rowCount())]


def test_views_count_what_they_show(counter: Counter) -> None:
    taken_in(counter.shop)
    ready(counter.shop, name="林婉清")
    away = quoted(counter.shop, name="单雪芹")
    counter.shop.do(repair.cancel, step(counter.shop, away, "不修了"), counter.shop.context())
    counter.window.go("service")
    QAbstractItemModelTester(counter.screen.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert sorted(_shown(counter)) == ["周建国", "林婉清"]
    counts = {name: button._count for name, button in counter.screen.chips._buttons.items()}
    assert counts["open"] == 2
    assert counts["to_collect"] == 1
    counter.screen.show_view(TicketView.TO_COLLECT)
    assert _shown(counter) == ["林婉清"]
    counter.screen.show_view(TicketView.ALL)
    assert len(_shown(counter)) == 3


def test_typing_filters_and_escape_gives_all_back(counter: Counter) -> None:
    taken_in(counter.shop)
    taken_in(counter.shop, name="林婉清")
    counter.window.go("service")
    counter.settle()
    counter.screen.view.setFocus()
    QTest.keyClicks(counter.screen.view, "R")
    counter.screen.filter.setText("林")
    counter.qtbot.waitUntil(lambda: not counter.screen.head.soon.isActive())
    assert _shown(counter) == ["林婉清"]
    counter.screen.filter.setText("nobody")
    counter.qtbot.waitUntil(lambda: not counter.screen.head.soon.isActive())
    assert _shown(counter) == []
    assert counter.screen.panel.case is None
    counter.screen.filter.setFocus()
    counter.press(Qt.Key.Key_Escape)
    counter.qtbot.waitUntil(lambda: not counter.screen.head.soon.isActive())
    assert len(_shown(counter)) == 2


def test_a_ticket_outside_the_view_is_shown_all_the_same(counter: Counter) -> None:
    closed = taken_in(counter.shop)
    counter.shop.do(repair.cancel, step(counter.shop, closed, "不修了"), counter.shop.context())
    taken_in(counter.shop, name="林婉清")
    counter.window.go("service")
    counter.settle()
    counter.open(closed)
    assert counter.screen.view.current_id() is None


def test_what_others_change_is_seen(counter: Counter) -> None:
    ticket_id = ready(counter.shop)
    counter.open(ticket_id)
    assert counter.primary() == "Tell customer"
    work = repair.cancel
    request = step(counter.shop, ticket_id, "不要了")
    counter.desk.jobs.write(counter.screen, lambda session, context: work(session, request, context), lambda _s: None)
    counter.settle()
    counter.qtbot.waitUntil(lambda: not _shown(counter))


def test_the_slip_prints_with_ctrl_p_and_says_that_it_is_a_reprint(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.open(ticket_id)
    for _print in range(2):
        counter.press(Qt.Key.Key_P, CTRL)
    text = _text(counter.papers.made["service_slip"])
    number = seen(counter.shop, ticket_id).number
    assert number in text
    assert "机场托运后左前轮断裂" in text
    assert "客户很急" not in text, "private notes never print"
    assert "138****5678" in text
    assert "第 1 次补打" in text
    printed = [event for event in seen(counter.shop, ticket_id).events if event.act is TicketAct.PRINTED]
    assert [event.note for event in printed] == ["service_slip", "service_slip"]


def test_every_paper_is_kept_as_it_was_given_out(counter: Counter) -> None:
    ticket_id = quoted(counter.shop)
    counter.open(ticket_id)
    view = counter.screen.panel._views[seen(counter.shop, ticket_id).kind]
    case = counter.screen.panel.case
    assert case is not None
    for paper in view.papers(case):
        if not paper.refusal:
            paper.run()
            counter.settle()
    assert set(counter.papers.made) == {"service_slip", "bag_tag", "quote", "condition_report"}
    with counter.shop.reading() as session:
        rows = paper_register.first(session, PaperFilter(ticket_id=ticket_id), counter.shop.context(), None, 9)
        kept = {row.kind.value: paper_register.content(session, row.id) for row in rows}
        printers = {line.printer for row in rows for line in paper_register.prints(session, row.id)}
    number = seen(counter.shop, ticket_id).number
    assert {row.number for row in rows} == {number, "Q" + number[1:]}
    assert kept == counter.papers.made
    assert printers == {"HP Tank 510"}
    assert {(row.version, row.prints, row.member_name) for row in rows} == {(1, 1, "周建国")}


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_list_is_exported_as_seen(counter: Counter, tmp_path: Path) -> None:
    taken_in(counter.shop)
    counter.window.go("service")
    counter.settle()
    counter.press(Qt.Key.Key_E, CTRL)
    dialog = next(one for one in QApplication.topLevelWidgets() if one.inherits("QFileDialog"))
    target = tmp_path / "orders.xlsx"
    dialog.fileSelected.emit(str(target))  # type: ignore[attr-defined]
    dialog.close()
    counter.qtbot.waitUntil(target.exists, timeout=10_000)
    counter.settle()
    sheet = load_workbook(target).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Number", "Member", "Item", "Problem", "Status", "Deadline"]
    assert [cell.value for cell in sheet[2]][1:] == ["周建国", "拉杆箱 20寸 银色", "轮子断", "Received", "5 days left"]


def test_photos_come_in_by_file_and_what_is_no_picture_is_said(counter: Counter, tmp_path: Path) -> None:
    ticket_id = taken_in(counter.shop)
    counter.open(ticket_id)
    good, bad = tmp_path / "wheel.png", tmp_path / "virus.jpg"
    Image.new("RGB", (80, 60), (200, 10, 10)).save(good)
    bad.write_bytes(b"MZ" + bytes(500))
    part = counter.screen.panel._photos
    part.add_files([good, bad])
    counter.settle()
    assert len(seen(counter.shop, ticket_id).photos) == 1
    question = QApplication.activeModalWidget()
    assert question is not None
    question.close()
    counter.settle()
    assert len(part.strip._tiles) == 1
    kept = (tmp_path / "photos" / f"{seen(counter.shop, ticket_id).photos[0]}.jpg").read_bytes()
    assert Image.open(io.BytesIO(kept)).format == "JPEG"


def test_a_clerk_who_does_not_export_is_told_so(counter: Counter) -> None:
    counter.person.role = Role.CLERK
    taken_in(counter.shop)
    counter.window.go("service")
    counter.settle()
    assert not counter.screen._export.isEnabled()
    assert counter.screen._export.toolTip()


def test_back_leads_to_the_ticket_before(counter: Counter) -> None:
    one, two = taken_in(counter.shop), taken_in(counter.shop, name="林婉清")
    counter.open(one)
    counter.open(two)
    counter.desk.navigator.back()
    counter.settle()
    assert counter.screen.panel.case is not None
    assert counter.screen.panel.case.ticket.id == one
    assert counter.desk.navigator.here is not None
    assert counter.desk.navigator.here.ref == EntityRef(EntityKind.TICKET, one)


def test_no_step_reaches_the_ticket_that_is_no_longer_chosen(counter: Counter) -> None:
    one, two = approved(counter.shop), approved(counter.shop, name="林婉清")
    counter.open(one)
    counter.desk.navigator.open(EntityRef(EntityKind.TICKET, two))
    counter.screen.panel.run_primary()  # pressed before the second ticket is there
    counter.screen.panel.steps.primary.click()
    counter.settle()
    assert [seen(counter.shop, key).state for key in (one, two)] == [TicketState.APPROVED] * 2
    counter.go_on()
    assert [seen(counter.shop, key).state for key in (one, two)] == [TicketState.APPROVED, TicketState.IN_WORK]
