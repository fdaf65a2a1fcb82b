"""A damaged store without a backup: what can be read is rescued, said, and taken up when the person wants it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.rescue import Rescue
from crmdesk.bootstrap.rescue_words import rescued_words
from crmdesk.core.clock import SystemClock
from crmdesk.core.trouble import DamagedFileError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.raw import Mode, raw_connection
from crmdesk.db.salvage import Salvaged, TableSaved
from crmdesk.services.opening import open_store
from crmdesk.views.signin.recovery_page import RecoveryPage
from crmdesk.views.support.dialogs import Question
from tests.builders.begun import begun_store
from tests.builders.harm import zero


def break_audit(data: DataDir) -> None:
    """Wipe the page that holds the audit."""
    with raw_connection(data.database, None, Mode.READ) as connection:
        row = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'audit_entry'").fetchone()
    assert row is not None
    zero(data.database, (int(row[0] or 0) - 1) * 4096, 4096)


def test_what_was_rescued_takes_the_place_of_the_damaged_file(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    data = begun_store(tmp_path)
    break_audit(data)
    desk, background = DeskFile(data.desk_file), Background()
    pages = Pages(Look(qapp), desk, store_is_there=True)
    qtbot.addWidget(pages.window)
    rescue = Rescue(pages, background, SystemClock())
    rescue.show(DamagedFileError(str(data.database), ()), data)
    qtbot.waitUntil(lambda: isinstance(pages.window.page, RecoveryPage))
    page = pages.window.page
    assert isinstance(page, RecoveryPage)
    page._rescue.click()
    qtbot.waitUntil(lambda: pages.window.findChild(Question) is not None, timeout=20_000)
    question = pages.window.findChild(Question)
    assert isinstance(question, Question)
    with qtbot.waitSignal(rescue.retry_asked, timeout=20_000):
        question.verbs()["Go on with what was rescued"].click()
    with raw_connection(data.database, None, Mode.READ) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened = open_store(data, SystemClock())
    assert opened.store is not None
    opened.database.dispose()
    background.close()


def test_what_was_saved_and_what_not_is_said() -> None:
    whole = Salvaged(Path("x"), (TableSaved("member", 1200), TableSaved("ticket", 3)))
    assert rescued_words(whole) == "Saved: 1,200 members · 3 service orders.\nEverything could be read."
    broken = Salvaged(Path("x"), (TableSaved("member", 5, unreadable=2), TableSaved("ticket", 3)), ("loan",))
    assert rescued_words(broken).endswith("3 places could not be read (loan, member).")
