"""The real program from outside: first start, second start, kill, restore, trouble."""

import json
from pathlib import Path

import pytest

from crmdesk.core.clock import SystemClock
from crmdesk.db.backup_shelf import list_backups
from crmdesk.db.data_dir import DataDir
from crmdesk.db.instance import InstanceLock
from tests.builders.begun import PIN, begun_store
from tests.e2e.running import Running, command, program
from tests.integration.cli.telling import tell


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """A store with one person, closed."""
    return begun_store(tmp_path / "data")


def sign_in(running: Running) -> None:
    running.until_page("SignInPage")
    running.ask(f"program._pages.window.page._pin.setText('{PIN}')")
    running.until("press('Sign in')")
    running.until_main_window()


def test_first_start_makes_a_store_and_closing_backs_it_up(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    with program(folder) as running:
        running.until_page("FirstStartPage")
        assert not (folder / "crmdesk.db").exists(), "nothing is made before the person says so"
        running.ask("edits('Store name', 'West Lake')")
        running.ask("edits('Your name', 'He')")
        running.ask(f"edits('Your PIN', '{PIN}')")
        running.until("press('Begin')")
        running.until_page("BeginPage")
        running.until("press('Begin empty')")
        running.until_main_window()
        assert running.close() == 0
    assert (folder / "store.json").is_file()
    assert [one.reason for one in list_backups(folder / "backups") if one.verified] == ["exit"]
    assert not (folder / "instance.json").exists()
    with program(folder) as again:
        sign_in(again)
        assert again.ask("window().windowTitle() != ''")
        assert again.close() == 0
    assert len(list_backups(folder / "backups")) == 2, "signing in is written down, so there was something to back up"


def test_a_second_start_shows_the_first_window_and_ends(data: DataDir) -> None:
    with program(data.root) as first:
        first.until_page("SignInPage")
        first.ask("window().showMinimized()")
        second = command("--data", str(data.root))
        assert second.returncode == 0, second.stderr
        first.until("window().isMinimized()", False)
        assert first.close() == 0


def test_a_store_held_by_another_program_says_so(data: DataDir) -> None:
    lock = InstanceLock.take(data, SystemClock())
    try:
        with program(data.root) as running:
            running.until_page("RecoveryPage")
            assert "Another program" in str(running.ask("program._pages.window.page._details")) or running.ask(
                "'LockedByAnotherError' in program._pages.window.page._details"
            )
            lock.release()
            running.until("press('Try again')")
            running.until_page("SignInPage")
            assert running.close() == 0
    finally:
        lock.release()


def test_a_killed_program_leaves_the_store_whole_and_free(data: DataDir) -> None:
    with program(data.root) as running:
        sign_in(running)
        running.process.kill()
        running.process.wait()
    checked = tell("check", "--data", str(data.root), "--json")
    assert checked.code == 0, checked.err
    assert json.loads(checked.out)["whole"]
    with program(data.root) as again:
        sign_in(again)
        assert again.close() == 0


def test_what_was_typed_is_back_after_a_kill(data: DataDir) -> None:
    with program(data.root) as running:
        sign_in(running)
        running.ask("program._reception.foundation.navigator.run('service.new')")
        running.until("edits('What it is', 'Suitcase 24')", "Suitcase 24")
        running.until(
            f"any('Suitcase 24' in one.read_text('utf-8') for one in Path({str(data.drafts)!r}).glob('*.json'))"
        )
        running.process.kill()
        running.process.wait()
    with program(data.root) as again:
        sign_in(again)
        again.ask("program._reception.foundation.navigator.run('service.new')")
        again.until("edits('What it is')", "Suitcase 24")
        assert again.close() == 0


def test_a_damaged_store_is_restored_from_the_page(data: DataDir) -> None:
    assert tell("backup", "--data", str(data.root)).code == 0
    content = bytearray(data.database.read_bytes())
    content[4096 * 2 : 4096 * 12] = bytes(4096 * 10)
    data.database.write_bytes(content)
    (data.root / "checked.json").unlink(missing_ok=True)
    with program(data.root) as running:
        running.until_page("RecoveryPage")
        running.until("press('Restore this backup')")
        sign_in(running)
        assert running.close() == 0
    assert list((data.root / "replaced").iterdir()), "the damaged file is kept aside"


def test_an_older_state_can_be_chosen_while_working(data: DataDir) -> None:
    assert tell("backup", "--data", str(data.root)).code == 0
    with program(data.root) as running:
        sign_in(running)
        running.ask("program._reception.foundation.navigator.run('program.restore')")
        running.until_page("RecoveryPage")
        running.until("press('Back to the store')")
        sign_in(running)
        running.ask("program._reception.foundation.navigator.run('program.restore')")
        running.until_page("RecoveryPage")
        running.until("press('Restore this backup')")
        running.until_page("SignInPage")
        assert running.close() == 0


def test_restore_from_the_command_line(data: DataDir) -> None:
    made = command("backup", "--data", str(data.root), "--json")
    assert made.returncode == 0, made.stderr
    data.database.unlink()
    gone = command("check", "--data", str(data.root))
    assert gone.returncode == 1
    assert len(gone.stderr.strip().splitlines()) == 1
    restored = command("restore", json.loads(made.stdout)["file"], "--data", str(data.root), "--json")
    assert restored.returncode == 0, restored.stderr
    assert command("check", "--data", str(data.root)).returncode == 0


def test_the_window_refuses_a_restore_beside_it(data: DataDir) -> None:
    assert tell("backup", "--data", str(data.root)).code == 0
    with program(data.root) as running:
        running.until_page("SignInPage")
        refused = tell("restore", "--data", str(data.root))
        assert refused.code == 1
        assert "Another program is using the store's data." in refused.err
        assert tell("backup", "--data", str(data.root)).code == 0, "a backup works beside the window"
        assert running.close() == 0


def test_selftest_prints_json() -> None:
    tried = command("--selftest")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    report = json.loads(tried.stdout)
    assert report["ok"]
    assert {"window", "database", "backup", "paper", "sheet", "code"} <= report["seconds"].keys()
