"""A group of hits that goes on: its last row asks for more, by Enter or by a click."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from crmdesk.views.main_window import MainWindow
from crmdesk.views.support.widgets.search_hits import Answer, NoSearch, SearchGroup, SearchHit
from crmdesk.views.support.widgets.search_popup import SearchPopup

GoOn = Callable[[SearchGroup], None]


class _Pages(NoSearch):
    """Answers with a group of two and a second group; keeps who asked for more."""

    def __init__(self) -> None:
        self.asked: list[GoOn] = []

    @override
    def search(self, text: str, answer: Answer) -> None:
        hits = tuple(SearchHit(f"{text}{place}", ref=place) for place in range(2))
        members = SearchGroup("Members", hits, more=self.asked.append, more_words="3 more members")
        answer([members, SearchGroup("Tickets", (SearchHit("R-1", ref="ticket"),))])


def _typed(window: MainWindow) -> tuple[_Pages, SearchPopup]:
    pages = _Pages()
    window.set_search(pages)
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "z")
    popup = window.top.search.results
    assert popup is not None
    return pages, popup


def _listed(popup: SearchPopup) -> list[str]:
    return [str(popup._model.data(popup._model.index(row, 0))) for row in range(popup._model.rowCount())]


def _down(window: MainWindow, times: int) -> None:
    for _ in range(times):
        QTest.keyClick(window.top.search, Qt.Key.Key_Down)


def test_enter_on_the_last_row_lists_what_follows(window: MainWindow, qtbot: QtBot) -> None:
    pages, popup = _typed(window)
    assert _listed(popup) == ["Members", "z0", "z1", "3 more members", "Tickets", "R-1"]
    _down(window, 2)
    QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    pages.asked[0](SearchGroup("", (SearchHit("z2", ref=2), SearchHit("z3", ref=3)), more=pages.asked.append))
    assert _listed(popup) == ["Members", "z0", "z1", "z2", "z3", "", "Tickets", "R-1"]
    with qtbot.waitSignal(window.hit_chosen) as chosen:
        QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    assert chosen.args == [2], "the first of those that followed"


def test_the_end_takes_the_row_away(window: MainWindow) -> None:
    pages, popup = _typed(window)
    _down(window, 2)
    popup.accept()
    pages.asked[0](SearchGroup("", ()))
    assert _listed(popup) == ["Members", "z0", "z1", "Tickets", "R-1"]
    assert popup._model.hit(popup._list.currentIndex().row()) is not None


def test_a_late_answer_is_not_put_into_another_list(window: MainWindow) -> None:
    pages, popup = _typed(window)
    _down(window, 2)
    popup.accept()
    QTest.keyClicks(window.top.search, "x")
    pages.asked[0](SearchGroup("", (SearchHit("late"),)))
    assert "late" not in _listed(popup)


def test_a_click_asks_too(window: MainWindow) -> None:
    pages, popup = _typed(window)
    place = popup._list.visualRect(popup._model.index(3, 0)).center()
    QTest.mouseClick(popup._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(pages.asked) == 1
    assert popup.isVisible()
