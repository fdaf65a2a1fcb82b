"""Words of a kept photo, and where goods at a repairer are."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crmdesk.core.i18n import set_language
from crmdesk.core.labels import state_label
from crmdesk.core.roles import Role
from crmdesk.core.tickets import Route, TicketState
from crmdesk.exchange.pictures import take_picture
from crmdesk.services import photos
from crmdesk.services.photos import AddPhoto
from crmdesk.views.service.photo_viewer import PhotoViewer
from tests.builders.repairs import seen, taken_in
from tests.gui.service.conftest import Counter


def _photographed(counter: Counter) -> int:
    store = counter.desk.photos
    assert store is not None
    made = taken_in(counter.shop)
    ticket_id = getattr(made, "id", made)
    for colour in (b"\x10", b"\x90"):
        content = _png(colour)
        counter.shop.do(
            lambda session, request, context: photos.add_to_ticket(session, request, context, store=store),
            AddPhoto(ticket_id, take_picture(content)),
            counter.shop.context(),
        )
    return ticket_id


def _png(shade: bytes) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (32, 24), (shade[0], 80, 120)).save(kept, "PNG")
    return kept.getvalue()


def test_words_are_kept_on_enter_on_going_on_and_on_closing(counter: Counter) -> None:
    ticket_id = _photographed(counter)
    counter.open(ticket_id)
    counter.screen.panel._photos.open_photo(0)  # a click on the tile
    counter.settle()
    viewer = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PhotoViewer))

    def said() -> tuple[str, ...]:
        counter.settle()
        return seen(counter.shop, ticket_id, Role.MANAGER).captions

    line = viewer.words.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "left wheel")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not viewer.isHidden()
    assert said() == ("left wheel", "")
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.words.typed() == ""
    viewer.words.set_value("拉杆")
    QTest.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.words.typed() == "left wheel"
    viewer.words.set_value("")
    viewer.reject()
    assert said() == ("", "拉杆")


@pytest.mark.parametrize(
    ("route", "words"), [(Route.VENDOR, ["维修商已收", "维修商已返"]), (Route.HEAD_OFFICE, ["总部已收", "总部已返"])]
)
def test_the_state_says_where_the_goods_went(route: Route, words: list[str]) -> None:
    set_language("zh_CN")
    states = (TicketState.AT_HEAD_OFFICE, TicketState.RECEIVED_BACK)
    assert [state_label(one, route) for one in states] == words
    assert state_label(TicketState.READY, route) == "已修好"
