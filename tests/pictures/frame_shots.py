"""The main window around the gallery's pages, and what floats over it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import mark, set_language
from crmdesk.core.setting import Setting
from crmdesk.core.tones import Tone
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.support.frame.section import SectionSpec
from crmdesk.views.support.immortal import keep_singletons_alive
from crmdesk.views.support.navigator import Navigator
from crmdesk.views.support.qt_words import QtWords
from crmdesk.views.support.theme import Theme, ThemeChoice
from crmdesk.views.support.widgets.search_hits import Answer, SearchGroup, SearchHit
from tests.pictures.gallery.pages import PAGES
from tests.pictures.gallery.words import Say, chinese, english
from tools import catalogue

T = TypeVar("T")
_WAIT_MS: Final = 150
_SECTIONS: Final = (
    ("today", mark("Today"), "sun"),
    ("members", mark("Members"), "users"),
    ("service", mark("Service"), "wrench"),
    ("loaners", mark("Loaners"), "luggage"),
    ("care", mark("Callbacks & care"), "phone-call"),
    ("papers", mark("Print"), "printer"),
    ("reports", mark("Reports"), "chart-column"),
    ("settings", mark("Settings"), "settings"),
)
_PAGE_OF: Final = {"detail": "service", "form": "members", "call": "care", "board": "today", "empty": "loaners"}


class Forgetful:
    """Settings of a desk that keeps nothing."""

    def get(self, setting: Setting[T]) -> T:
        return setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        del setting, value


class Found:
    """A search that always finds the same."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def search(self, text: str, answer: Answer) -> None:
        say = self._say
        del text
        members = [
            _person(say("Zhou Jianguo", "周建国"), "M-01-0000412 · 138****5678", say("pinyin zhou", "拼音 zhou"), 1),
            _person(say("Zhou Min", "周敏"), "M-01-0000398 · 139****2345", say("pinyin zhou", "拼音 zhou"), 2),
        ]
        more = say("24 more members", "还有 24 位会员")
        tickets = [
            SearchHit(
                "R-01-261114-003",
                say("suitcase wheel", "拉杆箱轮子 · 周建国"),
                "wrench",
                3,
                say("1 day late", "逾期 1 天"),
                Tone.LATE,
            )
        ]
        commands = [SearchHit(say("New repair", "新建维修单"), "", "zap", 4, "Ctrl+Shift+R")]
        answer(
            [
                SearchGroup(say("Members", "会员"), members, 26, more=lambda _answer: None, more_words=more),
                SearchGroup(say("Tickets", "服务单"), tickets),
                SearchGroup(say("Commands", "命令"), commands),
            ]
        )

    def cancel(self) -> None:
        pass


def _person(name: str, detail: str, why: str, place: int) -> SearchHit:
    return SearchHit(name, f"{detail} · {why}", "user-round", place, marks=((0, 4 if name.isascii() else 1),))


class Photographer:
    """Takes pictures of one window."""

    def __init__(self, application: QApplication, size: tuple[int, int]) -> None:
        self._size = QSize(*size)
        self._theme = Theme(application)
        self._words = QtWords(application)

    def take(self, language: str, theme: str, only: str) -> Iterator[tuple[str, QImage]]:
        """Give (name, picture) of every page in a language and look."""
        set_language(language)
        self._words.use(language)
        self._theme.apply(ThemeChoice(theme))
        say = chinese if language == "zh_CN" else english
        window = self._window(say)
        window.show()
        for name in [*PAGES, "search", "toast", "keys", "lock"]:
            if only in name:
                yield name, self._picture(window, name)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _window(self, say: Say) -> MainWindow:
        pages = {section: PAGES[page] for page, section in _PAGE_OF.items()}
        sections = [
            SectionSpec(name, title, icon, partial(pages.get(name, PAGES["empty"]), say), f"Ctrl+{number}")
            for number, (name, title, icon) in enumerate(_SECTIONS, 1)
        ]
        navigator = Navigator()
        window = MainWindow(FrameParts(navigator, Forgetful(), sections))
        navigator.setParent(window)
        navigator.register_command("service.new", mark("New ticket"), "", lambda: None)
        window.resize(self._size)
        window.set_person(say("Zhou Min", "周敏"), say("manager", "店长"), say("Wensan Road store", "文三路店"))
        window.set_search(Found(say))
        for section, count in (("service", 12), ("loaners", 6), ("care", 10)):
            window.set_count(section, count)
        window.status.say_saved("14:02")
        window.status.say("backup", lambda: say("Backup 13:00 today, verified", "备份 今天 13:00 已验证"))
        window.status.say("printer", lambda: say("Printer EPSON LQ-630K ready", "打印机 EPSON LQ-630K 就绪"))
        window.status.say("desks", lambda: say("2 desks online", "2 台电脑在线"))
        return window

    def _picture(self, window: MainWindow, name: str) -> QImage:
        window.unlock()
        window.go(_PAGE_OF.get(name, "today"))
        self._float(window, name)
        QTest.qWait(_WAIT_MS)
        return window.grab().toImage()

    def _float(self, window: MainWindow, name: str) -> None:
        window.top.search.clear()
        window.top.search.close_results()
        window._key_sheet.dismiss()
        window.toasts.dismiss()
        if name == "search":
            window.activateWindow()
            window.top.search.setFocus()
            QTest.keyClicks(window.top.search, "zh")
        elif name == "toast":
            window.toasts.show("R-01-261121-004 ✓", [("Print", lambda: None), ("Undo", lambda: None)])
        elif name == "keys":
            window.top.search.clear()
            window.setFocus()
            QTest.keyClicks(window, "?")
        elif name == "lock":
            window.lock()


@contextmanager
def photographer(size: tuple[int, int]) -> Iterator[Photographer]:
    """An application to take pictures with."""
    catalogue.build()
    keep_singletons_alive()
    application = QApplication(["shots"])
    yield Photographer(application, size)
    for widget in application.topLevelWidgets():
        widget.deleteLater()
