"""Every refusal has a sentence in both languages; the rest is a crash report without anybody's data."""

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import sys
import threading
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import crmdesk
from crmdesk.core.errors import (
    EnvironmentTroubleError,
    IllegalMoveError,
    NotAllowedError,
    RefusedError,
    StaleError,
)
from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.trouble import DiskFullError, NotAStoreFileError
from crmdesk.views.support import crash, errors
from crmdesk.views.support.dialogs import Question

LAYERS = ("core", "db", "models", "services", "queries", "documents", "exchange", "migrations")


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(crmdesk.__path__, "crmdesk."):
        parts = found.name.split(".")
        if parts[1] in LAYERS and "versions" not in parts and parts[-1] != "env":
            yield found.name


def _below(kind: type[Exception]) -> Iterator[type[Exception]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)


def _expected() -> list[type[Exception]]:
    for name in _modules():
        importlib.import_module(name)
    kinds = {kind for root in (RefusedError, StaleError, EnvironmentTroubleError) for kind in (root, *_below(root))}
    kinds.discard(RefusedError)
    ours = [kind for kind in kinds if kind.__module__.startswith("crmdesk.")]
    return sorted(ours, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


def _sample(annotation: object) -> object:
    plain: dict[object, object] = {
        int: 3,
        str: "2026-11-21",  # many facts are ISO days
        bool: True,
        Money: Money(12_345),
        date: date(2026, 11, 21),
        datetime: datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
        Path: Path("sample"),
        EntityKind: EntityKind.TICKET,
    }
    if annotation in plain:
        return plain[annotation]
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return next(iter(annotation))
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        return annotation(**{part.name: _sample(part.type) for part in dataclasses.fields(annotation)})
    arguments = typing.get_args(annotation)
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return (_sample(arguments[0]),)
    if origin in {frozenset, set}:
        return frozenset({_sample(arguments[0])})
    if arguments:
        return _sample(next(part for part in arguments if part is not type(None)))
    return "sample"


def _made(kind: type[Exception]) -> Exception:
    if kind.__init__ is Exception.__init__:
        return kind()
    facts = {}
    for name, parameter in inspect.signature(kind).parameters.items():
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            continue
        facts[name] = _sample(parameter.annotation)
    return kind(**facts)


@pytest.mark.parametrize("kind", _expected(), ids=lambda kind: kind.__qualname__)
def test_every_expected_failure_has_its_own_words_in_both_languages(kind: type[Exception]) -> None:
    error = _made(kind)
    own = [part for part in kind.__mro__ if part in errors.sentences()]
    assert own, f"no sentence for {kind.__qualname__}: add it to views/support/sentences_<feature>.py"
    spoken = {}
    for language in ("en", "zh_CN"):
        set_language(language)
        sentence = errors.explain(error)
        assert sentence is not None
        whole = f"{sentence.title} {sentence.body()}"
        assert sentence.title
        assert "{" not in whole
        spoken[language] = whole
    assert spoken["en"] != spoken["zh_CN"], "not translated"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in spoken["zh_CN"])


def test_words_of_the_field_not_of_the_program() -> None:
    set_language("zh_CN")
    sentence = errors.explain(IllegalMoveError(EntityKind.TICKET, "R-01-261114-003", "quoted", "in_work"))
    assert sentence is not None
    assert sentence.title == "服务单 R-01-261114-003 现在是“待客户同意”，不能变为“维修中”。"
    assert sentence.safe == "没有改动任何内容。"


def test_most_particular_sentence_wins_and_defects_have_none() -> None:
    full = errors.explain(DiskFullError("D:/store.db"))
    assert full is not None
    assert full.title == "The disk is full."
    assert "D:/store.db" in full.body()
    assert errors.explain(ZeroDivisionError()) is None
    assert not errors.is_expected(ZeroDivisionError())
    assert errors.is_expected(NotAllowedError("serve", "clerk"))


def test_trying_again_is_offered_where_it_can_help(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tries: list[int] = []
    question = errors.show(page, DiskFullError("x"), lambda: tries.append(1))
    question.verbs()["Try again"].click()
    assert tries == [1]
    for error in (NotAStoreFileError("x"), NotAllowedError("serve", "clerk")):
        question = errors.show(page, error, lambda: tries.append(1))
        assert list(question.verbs()) == ["Close"]
        question.close()


def _break(secret: str) -> None:
    raise ValueError(secret)


def _break_twice() -> None:
    try:
        _break("周建国 13800138000")
    except ValueError as first:
        raise RuntimeError("again 13800138000") from first


def test_crash_report_names_places_but_nobody(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    with pytest.raises(RuntimeError) as caught:
        _break_twice()
    text = crash.report(caught.value)
    question = errors.show(page, caught.value)
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "tests/gui/support/test_errors.py:" in text or "test_errors.py:" in text
    assert "_break" in text
    assert "13800138000" not in text
    assert "周建国" not in text
    assert str(Path.home()) not in text
    question.verbs()["Copy report"].click()
    assert QGuiApplication.clipboard().text() == text
    assert question.isVisible()
    question.close()


def test_guard_catches_all_threads_and_shows_one_report(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logged: list[str] = []
    guard = crash.CrashGuard(logged.append)
    guard.install()
    thread = threading.Thread(target=_break, args=("secret",))
    thread.start()
    thread.join()
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.waitUntil(lambda: guard._shown is not None)
    assert len(logged) == 2
    assert "secret" not in "".join(logged)
    shown = [found for found in QGuiApplication.instance().topLevelWidgets() if isinstance(found, Question)]  # type: ignore[union-attr]
    assert len([question for question in shown if question.isVisible()]) == 1
    shown[0].close()
    qtbot.waitUntil(lambda: guard._shown is None)
