"""The developer's command: what the README promises is there, and says plainly what it cannot do."""

import sys
from pathlib import Path
from typing import Final

import pytest

import dev

COMMANDS: Final = ("run", "test", "shots", "bench", "check", "catalogue", "lock")


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["help"]) == 0
    words = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert words == list(COMMANDS)


def test_an_unknown_command_is_answered_with_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert dev.main([]) == 2
    assert "usage" in capsys.readouterr().out


def test_ci_runs_what_a_developer_runs(repository: Path) -> None:
    lines = (repository / ".ci" / "run").read_text(encoding="utf-8").split("\n")
    assert lines == ["#!/usr/bin/env bash", "exec python3 dev.py test", ""]


def test_this_python_is_taken_when_it_fits() -> None:
    assert dev.find_python() == sys.executable


def test_a_wrong_python_and_no_other_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is 3\.10"):
        dev.find_python()


def test_a_removed_python_is_noticed(tmp_path: Path) -> None:
    assert dev.works(sys.executable)
    assert not dev.works(sys.executable, "import no_such_module")
    assert not dev.works(str(tmp_path / "python"))


def test_what_is_missing_is_said_in_one_line_to_a_plain_user(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    dev.install_packages({"libegl1", "cups"}, "the window")
    assert capsys.readouterr().out == "Needed for the window, please install (names as in Debian): cups libegl1\n"
    dev.install_packages(set(), "nothing")
    assert not capsys.readouterr().out
