"""Drafts: kept after half a second, there after a kill, gone after a save, never in the way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import Form

TYPIST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import Form
app = QApplication([])
form = Form()
name = form.add("name", LineField("Name"))
drafts = Drafts(Path(sys.argv[1]))
drafts.watch("service.intake", form.fields)
name.line.setText("周建国 拉杆箱")
print("typed", flush=True)
app.exec()
"""


def test_typing_survives_a_kill(tmp_path: Path, repository: Path, qtbot: QtBot) -> None:
    environment = os.environ | {"PYTHONPATH": str(repository), "PYTHONIOENCODING": "utf-8"}
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path)], stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert typist.stdout is not None
        assert typist.stdout.readline().strip() == "typed"
        deadline = time.monotonic() + 10
        while not (tmp_path / "service.intake.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        typist.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        typist.communicate()
    form = Form()
    qtbot.addWidget(form)
    name = form.add("name", LineField("Name"))
    state = Drafts(tmp_path).restore("service.intake")
    assert state == {"name": "周建国 拉杆箱"}
    form.fields.restore(state)
    assert name.value() == "周建国 拉杆箱"


def test_one_write_for_many_keys_and_none_after_save(tmp_path: Path, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    name = form.add("name", LineField("Name"))
    drafts = Drafts(tmp_path / "drafts")
    drafts.watch("member.new", form.fields)
    QTest.keyClicks(name.line, "abc")
    assert drafts.restore("member.new") is None
    drafts.flush()
    assert drafts.restore("member.new") == {"name": "abc"}
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["member.new.json"]
    form.fields.mark_clean()
    drafts.clear("member.new")
    assert drafts.restore("member.new") is None
    drafts.flush()
    assert not list((tmp_path / "drafts").iterdir())


def test_emptied_form_leaves_no_draft(tmp_path: Path, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    name = form.add("name", LineField("Name"))
    drafts = Drafts(tmp_path)
    drafts.watch("x", form.fields)
    name.line.setText("a")
    drafts.flush()
    name.line.clear()
    drafts.flush()
    assert drafts.restore("x") is None


@pytest.mark.parametrize("content", ["", "{", "[1]", "{}", "\x00\x01"])
def test_broken_drafts_count_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    assert Drafts(tmp_path).restore("x") is None


def test_a_full_or_missing_disk_does_not_disturb_typing(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way", encoding="utf-8")
    drafts = Drafts(blocker / "drafts")
    drafts.keep("x", lambda: {"a": "b"})
    drafts.flush()
    assert drafts.failed
    assert drafts.restore("x") is None


def test_names_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a plain name"):
        Drafts(tmp_path).clear("../x")
