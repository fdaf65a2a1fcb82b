"""Languages: looked up in the catalogue, switched at once everywhere, English where nothing else is known."""

import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from crmdesk.core import i18n
from crmdesk.core.i18n import current_language, gettext, mark, ngettext, set_language
from crmdesk.core.resources import resource_path


@pytest.fixture(autouse=True)
def _small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("Members", "会员")
    catalogue.add(("{count} call", "{count} calls"), ("{count} 个回访",))
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    target = tmp_path / "resources" / "i18n" / "zh_CN" / "LC_MESSAGES" / "crmdesk.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(buffer.getvalue())
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    before = dict(i18n._loaded)
    i18n._loaded.pop("zh_CN", None)
    yield
    i18n._loaded.clear()
    i18n._loaded.update(before)


def test_english_is_the_key() -> None:
    assert current_language() == "en"
    assert gettext("Members") == "Members"
    assert [ngettext("{count} call", "{count} calls", n) for n in (0, 1, 2)] == [
        "{count} calls",
        "{count} call",
        "{count} calls",
    ]


def test_chinese_has_one_form_for_every_number() -> None:
    set_language("zh_CN")
    assert current_language() == "zh_CN"
    assert gettext("Members") == "会员"
    assert {ngettext("{count} call", "{count} calls", n) for n in (0, 1, 2, 11)} == {"{count} 个回访"}


def test_a_text_without_translation_stays_english() -> None:
    set_language("zh_CN")
    assert gettext("Nobody translated this") == "Nobody translated this"
    assert gettext("") == ""


def test_marked_texts_are_translated_when_shown() -> None:
    title = mark("Members")
    assert title == "Members"
    set_language("zh_CN")
    assert gettext(title) == "会员"


def test_a_switch_is_seen_by_every_thread() -> None:
    seen: list[str] = []
    set_language("zh_CN")
    thread = threading.Thread(target=lambda: seen.append(gettext("Members")))
    thread.start()
    thread.join()
    assert seen == ["会员"]


def test_an_unknown_language_is_refused_and_changes_nothing() -> None:
    with pytest.raises(ValueError, match="xx"):
        set_language("xx")
    assert current_language() == "en"


def test_a_frozen_program_has_its_resources_inside(tmp_path: Path) -> None:
    assert resource_path("fonts", "a.ttf") == tmp_path / "resources" / "fonts" / "a.ttf"


def test_resources_lie_beside_the_package(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    monkeypatch.delattr(sys, "_MEIPASS")
    assert resource_path("icons") == repository / "resources" / "icons"
