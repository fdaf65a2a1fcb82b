"""F1: the guide beside the work, read and searched by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import LANGUAGES, set_language
from crmdesk.core.settings_desk import WINDOW
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.support.help import HelpWindow
from crmdesk.views.support.help_book import Book
from crmdesk.views.support.help_page import HelpPage

_IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def settings(tmp_path: Path) -> DeskFile:
    return DeskFile(tmp_path / "desk.json")


@pytest.fixture
def guide(settings: DeskFile, qtbot: QtBot) -> Iterator[HelpWindow]:
    work = QWidget()
    qtbot.addWidget(work)
    made = HelpWindow(work, settings)
    made.show_page("loaners")
    qtbot.waitExposed(made)
    yield made
    made.close()


def read(guide: HelpWindow) -> str:
    return guide.page.toPlainText()


def test_it_opens_at_the_chapter_of_the_page_and_takes_nothing_from_the_work(guide: HelpWindow) -> None:
    assert guide.contents.currentItem().text() == "Loaners"
    assert read(guide).startswith("Loaners")
    assert guide.windowModality() is Qt.WindowModality.NonModal
    guide.show_page("care")
    assert guide.contents.currentItem().text() == "Callbacks"
    guide.show_page("no such page")
    assert guide.contents.currentRow() == 0


def test_a_chapter_is_chosen_with_the_arrow_keys(guide: HelpWindow) -> None:
    guide.contents.setFocus()
    QTest.keyClick(guide.contents, Qt.Key.Key_Down)
    assert read(guide).startswith("Complaints and returns")


def test_a_link_leads_to_its_chapter_and_never_outside(guide: HelpWindow) -> None:
    guide.page.anchorClicked.emit(QUrl("04-import.md"))
    assert read(guide).startswith("Import from Excel")
    guide.page.anchorClicked.emit(QUrl("https://example.org/04-import.md"))
    guide.page.anchorClicked.emit(QUrl("../../README"))
    assert read(guide).startswith("Import from Excel")


def test_words_are_marked_found_and_looked_for_in_other_chapters(guide: HelpWindow) -> None:
    QTest.keyClicks(guide.search, "deposit")
    assert len(guide.page.extraSelections()) > 1
    assert guide.found.text().startswith(str(len(guide.page.extraSelections())))
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.page.textCursor().selectedText().lower() == "deposit"
    guide.search.setText("calibration")
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.contents.currentItem().text() == "Papers and cards"
    assert guide.page.textCursor().selectedText() == "calibration"
    guide.search.setText("no such words")
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.contents.currentItem().text() == "Papers and cards"


def test_the_search_goes_round_in_the_only_chapter_that_has_it(guide: HelpWindow) -> None:
    guide.search.setText("set off")
    places = []
    for _turn in range(len(guide.page.extraSelections()) + 1):
        QTest.keyClick(guide.search, Qt.Key.Key_Return)
        places.append(guide.page.textCursor().position())
    assert places[-1] == places[0]
    assert guide.contents.currentItem().text() == "Loaners"


def test_escape_empties_the_search_and_then_closes(guide: HelpWindow) -> None:
    guide.search.setText("deposit")
    guide._close_or_clear()
    assert guide.search.text() == ""
    assert guide.isVisible()
    guide._close_or_clear()
    assert not guide.isVisible()


def test_its_place_is_remembered(guide: HelpWindow, settings: DeskFile, qtbot: QtBot) -> None:
    guide.resize(700, 500)
    guide.close()
    assert "help" in settings.get(WINDOW)
    parent = QWidget()
    qtbot.addWidget(parent)
    again = HelpWindow(parent, settings)
    assert (again.width(), again.height()) == (700, 500)


def test_pictures_are_as_wide_as_the_page(guide: HelpWindow, qtbot: QtBot) -> None:
    name = QUrl("../pictures/en/06-loaners.png")
    wide = guide.page.loadResource(_IMAGE, name)
    guide.resize(760, 500)
    qtbot.waitUntil(lambda: guide.page._fitted == guide.page.viewport().width())
    narrow = guide.page.loadResource(_IMAGE, name)
    assert narrow.width() < wide.width()  # type: ignore[attr-defined] # both are pictures
    assert narrow.width() < guide.page.viewport().width()  # type: ignore[attr-defined]
    assert guide.page.horizontalScrollBar().maximum() == 0
    assert guide.page.loadResource(_IMAGE, QUrl("../pictures/en/none.png")) is None


def test_the_language_changes_and_the_chapter_stays(guide: HelpWindow) -> None:
    set_language("zh_CN")
    try:
        guide.speak()
        assert guide.contents.currentItem().text() == "备用品"
        assert guide.windowTitle() == "使用手册"
        assert read(guide).startswith("备用品")
    finally:
        set_language("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_markup_is_seen(language: str, qtbot: QtBot) -> None:
    page = HelpPage()
    qtbot.addWidget(page)
    book = Book(language)
    for chapter in book.chapters:
        page.show_chapter(chapter, book.folder)
        assert "**" not in page.toPlainText(), chapter.name
        assert "](" not in page.toPlainText(), chapter.name
        assert "| " not in page.toPlainText(), chapter.name
