"""The import page as a clerk uses it: by keyboard, with ugly files, stopped, undone."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from crmdesk.core.pace import FIRST
from crmdesk.core.progress import NoProgress
from crmdesk.core.roles import Role
from crmdesk.exchange.fields import ImportKind, MemberField
from crmdesk.exchange.opening import open_table
from crmdesk.services.imports_file import open_import
from crmdesk.services.imports_parts import ImportParts
from crmdesk.services.unit import perform
from crmdesk.views.support.widgets.button import Button
from tests.builders.lists import members_file, take_members
from tests.builders.outside_files import write_text
from tests.gui.imports.conftest import Counter

GOOD = "姓名,手机,腰围"


def press(counter: Counter, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.screen, key, modifier)
    counter.settle()


def go_on(counter: Counter) -> None:
    press(counter, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def shown(counter: Counter) -> QWidget | None:
    return counter.screen.stack.currentWidget()


def button(counter: Counter, words: str) -> QAbstractButton:
    found = [one for one in counter.dialog().findChildren(QAbstractButton) if one.text() == words]
    assert len(found) == 1
    return found[0]


def take(counter: Counter, path: Path) -> None:
    counter.screen.take_file(path)
    counter.settle()


def test_a_list_comes_in_and_goes_by_keyboard(counter: Counter, tmp_path: Path) -> None:
    path = members_file(
        tmp_path, GOOD, "周敏,13800138000,68", "王芳,1.38E+10,", "李雷,13700137000,80", encoding="gb18030"
    )
    screen = counter.screen
    take(counter, path)
    assert shown(counter) is screen.columns
    assert [choice.currentText() for choice in screen.columns.choices] == ["Name", "Phone", "Keep as its own field"]
    go_on(counter)
    assert shown(counter) is screen.check
    assert counter.members() == 0
    assert screen.next.text() == "Import 2 members"
    assert screen.check.table is not None
    assert [row.number for row in screen.check.table.rows()] == [3], "the refused ones are shown first"
    go_on(counter)
    assert shown(counter) is screen.result
    assert counter.members() == 2
    target = tmp_path / "bad.xlsx"
    screen.save_errors(target)
    counter.settle()
    assert [row[1][1] for row in open_table(target).rows()] == ["王芳"]
    screen.result.undo.click()
    button(counter, "Undo the import").click()
    counter.settle()
    assert counter.members() == 0
    go_on(counter)
    assert shown(counter) is screen.choose
    assert [run.undone for run in screen.choose.table.rows()] == [True]


def test_escape_goes_back_and_nothing_is_lost(counter: Counter, tmp_path: Path) -> None:
    take(counter, members_file(tmp_path, GOOD, "周敏,13800138000,68"))
    go_on(counter)
    press(counter, Qt.Key.Key_Escape)
    assert shown(counter) is counter.screen.columns
    press(counter, Qt.Key.Key_Escape)
    assert shown(counter) is counter.screen.choose
    assert counter.members() == 0


def test_a_file_that_is_no_table_says_so_where_it_was_chosen(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    take(counter, tmp_path / "x.pdf")
    assert shown(counter) is counter.screen.choose
    assert "PDF" in counter.screen.choose.trouble.accessibleName()
    take(counter, tmp_path / "gone.xlsx")
    assert "does not exist" in counter.screen.choose.trouble.accessibleName()


def test_a_wrong_guess_is_put_right(counter: Counter, tmp_path: Path) -> None:
    take(counter, members_file(tmp_path, "甲,乙", "很长的一句话说明,abc", "另外一句话很长很长,def"))
    screen = counter.screen
    screen.columns.choices[0].setCurrentIndex(screen.columns.choices[0].findText("Leave out"))
    screen.columns.choices[0].activated.emit(screen.columns.choices[0].currentIndex())
    assert not screen.next.isEnabled()
    assert "Name or Phone" in screen.columns.warning.accessibleName()
    go_on(counter)
    assert shown(counter) is screen.columns
    screen.columns.choices[1].setCurrentIndex(0)
    screen.columns.choices[1].activated.emit(0)
    assert screen.next.isEnabled()
    assert screen.opened is not None
    assert screen.opened.file.mapping.columns[1].field is MemberField.NAME


def test_the_same_file_again_is_told_and_brings_nothing(counter: Counter, tmp_path: Path) -> None:
    path = members_file(tmp_path, GOOD, "周敏,13800138000,68")
    take(counter, path)
    go_on(counter)
    go_on(counter)
    take(counter, path)
    assert "imported before" in counter.screen.columns.again.accessibleName()
    go_on(counter)
    assert not counter.screen.next.isEnabled()
    go_on(counter)
    assert counter.members() == 1


def test_stopping_offers_to_go_on_or_to_take_back(counter: Counter, tmp_path: Path) -> None:
    rows = [f"客{place},138{place:08d},1" for place in range(9 * FIRST)]
    take(counter, members_file(tmp_path, GOOD, *rows))
    go_on(counter)
    QTest.keyClick(counter.screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown(counter) is counter.screen.running
    assert not counter.screen.can_leave()
    QTest.keyClick(counter.screen, Qt.Key.Key_Escape)
    counter.settle()
    assert shown(counter) is counter.screen.result
    assert counter.screen.report is not None
    assert counter.screen.report.stopped
    assert counter.members() < len(rows)
    assert counter.screen.result.go_on.isVisible()
    assert counter.screen.result.undo.isVisible()
    counter.screen.result.go_on.click()
    counter.settle()
    assert counter.members() == len(rows)
    assert not counter.screen.result.go_on.isVisible()


def test_an_import_that_was_killed_is_offered_on_the_first_step(counter: Counter, tmp_path: Path) -> None:
    path = members_file(tmp_path, GOOD, *(f"客{place},138{place:08d},1" for place in range(2 * FIRST)))
    parts = ImportParts(open_import(path), counter.person.context(), NoProgress())
    for _count, step in zip(range(2), parts.steps(), strict=False):
        perform(counter.shop.database, counter.person.context(), step)
    counter.screen.reload()
    counter.settle()
    half = counter.screen.choose.half
    assert half.isVisible()
    assert "m.csv" in half.banners[0].accessibleName()
    moved = path.rename(tmp_path / "moved.csv")
    (run,) = (run for run in counter.screen.choose.table.rows() if run.open)
    counter.screen.going_on.go_on(run, moved)
    counter.settle()
    assert counter.members() == 2 * FIRST
    counter.screen.reload()
    counter.settle()
    assert not half.isVisible()


def test_what_changes_is_shown_and_the_rule_is_chosen_by_keyboard(counter: Counter, tmp_path: Path) -> None:
    take_members(counter.shop, members_file(tmp_path, "姓名,手机,地址", "周敏,13800138000,旧地址", name="old.csv"))
    take(counter, members_file(tmp_path, "姓名,手机,地址", "周敏,13800138000,新地址"))
    screen = counter.screen
    rule = screen.columns.rules[2]
    assert [rule.itemText(place) for place in range(rule.count())] == [
        "Fill what is empty",
        "Overwrite",
        "Keep what is on file",
    ]
    rule.setFocus()
    press(counter, Qt.Key.Key_Down)
    rule.activated.emit(rule.currentIndex())
    go_on(counter)
    assert screen.check.table is not None
    (row,) = screen.check.table.rows()
    assert [(one.old, one.new) for one in row.changes] == [("旧地址", "新地址")]
    go_on(counter)
    assert screen.report is not None
    assert screen.report.updated == 1


def test_a_source_is_kept_and_its_files_are_recognised(counter: Counter, tmp_path: Path) -> None:
    take(counter, members_file(tmp_path, "甲,乙", "周敏,13800138000"))
    screen = counter.screen
    choice = screen.columns.choices[1]
    choice.setCurrentIndex(choice.findText("Phone"))
    choice.activated.emit(choice.currentIndex())
    screen.columns.choices[0].setCurrentIndex(0)
    screen.columns.choices[0].activated.emit(0)
    screen.sources._keep("till A")
    counter.settle()
    take(counter, members_file(tmp_path, "乙,甲", "13900139000,王芳", name="again.csv"))
    assert screen.columns.bar.source.currentText() == "till A"
    assert [one.currentText() for one in screen.columns.choices] == ["Phone", "Name"]


def test_a_file_is_dropped(counter: Counter, tmp_path: Path) -> None:
    path = write_text(tmp_path / "p.csv", [["小票号", "日期", "金额"], ["A1", "2026-11-01", "9"]])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    area = counter.screen.choose.area
    drop = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    area.dropEvent(drop)
    counter.settle()
    assert shown(counter) is counter.screen.columns
    assert counter.screen.columns.kind.current is ImportKind.PURCHASES
    go_on(counter)
    go_on(counter)
    assert counter.screen.report is not None
    assert counter.screen.report.created == 1


def test_an_earlier_import_is_undone_from_the_list(counter: Counter, tmp_path: Path) -> None:
    take(counter, members_file(tmp_path, GOOD, "周敏,13800138000,68"))
    go_on(counter)
    go_on(counter)
    go_on(counter)
    counter.screen.choose.undo.click()
    button(counter, "Undo the import").click()
    counter.settle()
    assert counter.members() == 0
    assert shown(counter) is counter.screen.result


def test_a_clerk_is_told_who_imports(counter: Counter) -> None:
    counter.person.role = Role.CLERK
    counter.screen.reload()
    counter.settle()
    assert "manager" in counter.screen.choose.trouble.accessibleName()
    assert not counter.screen.choose.area.isEnabled()
    press(counter, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None


def test_the_file_is_chosen_by_the_button_that_has_the_focus_and_names_its_key(counter: Counter) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert counter.screen.choose.area.isAncestorOf(focused)
    assert focused.text() == "Choose a file…"
    assert focused.hint == "Ctrl+O"
    assert focused.sizeHint().width() > focused.minimumSizeHint().width()


def test_what_is_written_is_promised_only_before_it_is(counter: Counter, tmp_path: Path) -> None:
    promise = "Nothing is written before the last step."
    take(counter, members_file(tmp_path, GOOD, "周敏,13800138000,68"))
    assert promise in _said(counter)
    go_on(counter)
    assert promise in _said(counter)
    go_on(counter)
    assert shown(counter) is counter.screen.result
    assert promise not in _said(counter)


def _said(counter: Counter) -> set[str]:
    return {one.text() for one in counter.screen.findChildren(QLabel) if one.isVisible()}
