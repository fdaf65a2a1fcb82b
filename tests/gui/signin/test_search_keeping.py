"""The search box over a real store: reasons, further members by Enter, and the index that looks after itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.bootstrap import search_keeping
from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import normalise
from crmdesk.services import search_index, search_rebuild
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.search_state import index_state
from crmdesk.services.unit import perform
from crmdesk.views.main_window import MainWindow
from crmdesk.views.support.widgets.search_popup import SearchPopup
from tests.gui.signin.conftest import Front

PHONE = "13812345678"
PEOPLE = 70


def _walk_ins(front: Front) -> None:
    def write(session: Session, context: Context) -> Outcome[None]:
        for place in range(PEOPLE):
            register(
                session, MemberFacts(f"散客{place}", (normalise(PHONE),), walk_in=True, share_phones=True), context
            )
        return Outcome(None)

    perform(front.foundation.database, front.foundation.person.context(), write)


def _listed(popup: SearchPopup) -> list[str]:
    model = popup._model
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def _type(front: Front, window: MainWindow, typed: str) -> SearchPopup:
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, typed)
    front.qtbot.waitUntil(lambda: window.top.search.results is not None, timeout=20_000)
    popup = window.top.search.results
    assert popup is not None
    return popup


def _press_end_and_enter(front: Front, window: MainWindow, popup: SearchPopup) -> None:
    """Go down to the row that asks for more, and ask."""
    before = len(_listed(popup))
    for _ in range(before):
        if popup._model.further(popup._list.currentIndex().row()) is not None:
            break
        QTest.keyClick(window.top.search, Qt.Key.Key_Down)
    QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    front.qtbot.waitUntil(lambda: len(_listed(popup)) > before, timeout=20_000)


def test_one_phone_of_many_people_is_listed_page_by_page(front: Front) -> None:
    window = front.enter()
    _walk_ins(front)
    popup = _type(front, window, "5678")
    front.qtbot.waitUntil(lambda: len(_listed(popup)) == 12, timeout=20_000)
    assert _listed(popup)[1].startswith(f"散客{PEOPLE - 1} ")
    assert "138****5678" in _listed(popup)[1]
    hit = popup._model.hit(1)
    assert hit is not None
    assert [hit.detail[start:end] for start, end in hit.detail_marks] == ["5678"]
    _press_end_and_enter(front, window, popup)
    assert len(_listed(popup)) == 1 + 50 + 1
    _press_end_and_enter(front, window, popup)
    assert len(_listed(popup)) == 1 + PEOPLE
    people = [one.split(" ")[0] for one in _listed(popup)[1:]]
    assert sorted(people) == sorted(f"散客{place}" for place in range(PEOPLE))
    assert popup.isVisible()


def test_enter_opens_the_first(front: Front) -> None:
    window = front.enter()
    _walk_ins(front)
    opened: list[object] = []
    window.hit_chosen.connect(opened.append)
    _type(front, window, "5678")
    QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    front.qtbot.waitUntil(lambda: len(opened) == 1, timeout=20_000)


def _is_whole(front: Front) -> bool:
    with front.foundation.database.reading() as session:
        return index_state(session).whole


def test_a_wrong_index_is_mended_after_the_start(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_keeping, "_SOON_MS", 10)
    monkeypatch.setattr(search_rebuild, "BATCH", 20)
    front.signin_page()
    with front.foundation.database.transaction() as session:
        session.execute(text("DELETE FROM member_search WHERE rowid = -1"))
    assert not _is_whole(front)
    front.enter()
    front.qtbot.waitUntil(lambda: _is_whole(front), timeout=30_000)


def test_a_rebuild_ended_in_the_middle_goes_on_after_the_start(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_keeping, "_SOON_MS", 10)
    front.signin_page()
    with front.foundation.database.transaction() as session:
        search_index.mark_rebuilt(session, 2**62)
    front.enter()
    front.qtbot.waitUntil(lambda: _is_whole(front), timeout=30_000)


def test_the_search_is_renewed_by_its_command(front: Front) -> None:
    front.enter()
    _walk_ins(front)
    with front.foundation.database.transaction() as session:
        search_index.forget(session, *search_index.newest_members(session, None, 9))
    assert not _is_whole(front)
    front.foundation.navigator.run("program.search_index")
    front.qtbot.waitUntil(lambda: _is_whole(front), timeout=30_000)
