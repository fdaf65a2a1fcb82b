"""The recovery page: its own sentence for every trouble, and only what helps is offered."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.recovery import choice_of_backup, offered, trouble_of
from crmdesk.core.clock import FixedClock, SystemClock
from crmdesk.core.i18n import set_language
from crmdesk.core.trouble import (
    DamagedFileError,
    DiskFullError,
    FolderMissingError,
    FolderReadOnlyError,
    KeyNeededError,
    LockedByAnotherError,
    NetworkFolderError,
    NewerSchemaError,
    NotAStoreFileError,
    NotEncryptedError,
    StorageTroubleError,
    StoreFileMissingError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
    TruncatedFileError,
    WrongKeyError,
)
from crmdesk.db.backup import BackupPlan, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.views.signin.recovery_page import BackupChoice, RecoveryPage, Trouble
from tests.builders.begun import begun_store

SINCE = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
FOLDER = Path("data")
TROUBLES: list[StorageTroubleError] = [
    FolderMissingError("d"),
    FolderReadOnlyError("d"),
    NetworkFolderError("d"),
    StoreFileMissingError("f"),
    StoreFileReadOnlyError("f"),
    StoreFileUnreadableError("f"),
    NotAStoreFileError("f"),
    WrongKeyError("f"),
    KeyNeededError("f"),
    NotEncryptedError("f"),
    TruncatedFileError("f", 8192, 4096),
    DamagedFileError("f", ("row 3 missing from index",)),
    NewerSchemaError("f", "0099"),
    LockedByAnotherError("d", pid=4242, host="DESK-2", since=SINCE),
    DiskFullError("d"),
]
BACKUPS = [BackupChoice(Path("a.db"), "today 10:00", "…"), BackupChoice(Path("b.db"), "today 09:00", "…")]


def shown(trouble: Trouble, backups: list[BackupChoice], qtbot: QtBot) -> RecoveryPage:
    page = RecoveryPage(trouble, backups)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_trouble_has_words_of_its_own(language: str) -> None:
    set_language(language)
    titles = [trouble_of(trouble, FOLDER).sentence.title for trouble in TROUBLES]
    assert len(set(titles)) == len(TROUBLES)
    assert all(trouble_of(trouble, FOLDER).sentence.safe for trouble in TROUBLES)


def test_who_holds_the_store_is_said() -> None:
    sentence = trouble_of(TROUBLES[-2], FOLDER).sentence
    assert "DESK-2" in sentence.what_to_do
    assert "10:00" in sentence.what_to_do
    assert sentence.safe == "Nothing was changed."


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: type(one).__name__)
def test_a_backup_is_offered_only_where_the_file_is_lost(trouble: StorageTroubleError, qtbot: QtBot) -> None:
    page = shown(trouble_of(trouble, FOLDER), BACKUPS, qtbot)
    lost = {
        StoreFileMissingError,
        NotAStoreFileError,
        WrongKeyError,
        KeyNeededError,
        NotEncryptedError,
        TruncatedFileError,
        DamagedFileError,
    }
    assert page._restore.isVisible() == (type(trouble) in lost)
    assert page._rescue.isVisible() == (type(trouble) in {TruncatedFileError, DamagedFileError})
    assert page._retry.isVisible() != isinstance(trouble, NewerSchemaError | NetworkFolderError)


def test_the_newest_backup_is_chosen_and_another_can_be(qtbot: QtBot) -> None:
    page = shown(trouble_of(DamagedFileError("f", ()), FOLDER), BACKUPS, qtbot)
    with qtbot.waitSignal(page.restore_asked) as asked:
        page._restore.click()
    assert asked.args == [Path("a.db")]
    page._group.button(1).click()
    with qtbot.waitSignal(page.restore_asked) as asked:
        page._restore.click()
    assert asked.args == [Path("b.db")]


def test_without_a_backup_it_says_so(qtbot: QtBot) -> None:
    page = shown(trouble_of(StoreFileMissingError("f"), FOLDER), [], qtbot)
    assert not page._restore.isVisible()
    assert page._retry.isVisible()


def test_details_can_be_copied(qtbot: QtBot) -> None:
    page = shown(trouble_of(DamagedFileError("f", ("row 3 missing",)), FOLDER), [], qtbot)
    page._copy()
    text = QGuiApplication.clipboard().text()
    assert "DamagedFileError" in text
    assert "row 3 missing" in text


def test_only_verified_backups_are_offered_newest_first(tmp_path: Path) -> None:
    data = begun_store(tmp_path / "data")
    now = SystemClock().now()
    clock = FixedClock(now - timedelta(hours=2))
    make_backup(BackupPlan(data), BackupReason.HOURLY, clock)
    clock.advance(timedelta(hours=1))
    newest = make_backup(BackupPlan(data), BackupReason.EXIT, clock)
    bare = newest.path.with_name("20990101T000000000000Z-manual.db")
    bare.write_bytes(newest.path.read_bytes())
    choices = offered(data.backups, SystemClock())
    assert choices[0].path == newest.path
    assert bare not in [choice.path for choice in choices]
    assert choices[0].title.endswith("when closing")
    assert choices[0].detail.startswith("0 members")


def test_somebody_who_wants_an_older_state_can_go_back(qtbot: QtBot) -> None:
    page = shown(choice_of_backup(FOLDER), BACKUPS, qtbot)
    assert page._retry.text() == "Back to the store"
    with qtbot.waitSignal(page.retry_asked):
        page._retry.click()
