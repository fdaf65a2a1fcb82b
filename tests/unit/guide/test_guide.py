"""The guide holds together: chapters for every page, pictures, links and keys that are there, both languages alike."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crmdesk.views
from crmdesk.core.i18n import LANGUAGES
from crmdesk.core.resources import guide_path
from crmdesk.views.support.help_book import CHAPTERS, Book
from crmdesk.views.support.screen import Screen

ROOT = Path(__file__).resolve().parents[3]
PICTURES = guide_path("en").parent / "pictures"
LARGEST = 120 * 1024
_PICTURE = re.compile(r"!\[([^]]+)\]\(([^)]+)\)")
_LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)]+)\)")
_CODE = re.compile(r"`([^`]+)`")
_MANY = ("…", "–")  # "1 … 0" stands for ten keys


def _screens(of: type[Screen] = Screen) -> Iterator[type[Screen]]:
    for one in of.__subclasses__():
        if one.__module__.startswith("crmdesk."):
            yield one
        yield from _screens(one)


def _sources() -> Iterator[ast.Module]:
    for folder in ("views", "bootstrap"):
        for path in (ROOT / "crmdesk" / folder).rglob("*.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _key_help() -> set[str]:
    """Keys that a page's key sheet names."""
    return {
        node.args[0].value
        for tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "KeyHelp"
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def _literals() -> set[str]:
    return {
        node.value
        for tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_program_has_a_chapter(language: str) -> None:
    for module in pkgutil.walk_packages(crmdesk.views.__path__, "crmdesk.views."):
        importlib.import_module(module.name)
    pages = {screen.help_page for screen in _screens()}
    assert {"today", "members", "service", "loaners", "care", "papers", "reports", "settings"} <= pages
    assert pages <= set(CHAPTERS)
    there = {one.name for one in Book(language).chapters}
    assert set(CHAPTERS.values()) == there


def test_both_languages_have_the_same_chapters_headings_and_pictures() -> None:
    shapes = {}
    for language in LANGUAGES:
        shapes[language] = [
            (
                chapter.name,
                re.findall(r"^#+", chapter.text, re.MULTILINE),
                [Path(path).name for _words, path in _PICTURE.findall(chapter.text)],
                _LINK.findall(chapter.text),
            )
            for chapter in Book(language).chapters
        ]
    assert shapes["zh_CN"] == shapes["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_there_small_and_all_used(language: str) -> None:
    book = Book(language)
    named = [path for chapter in book.chapters for _words, path in _PICTURE.findall(chapter.text)]
    files = [(book.folder / path).resolve() for path in named]
    assert [path for path in files if not path.is_file()] == []
    assert [path.name for path in files if path.stat().st_size > LARGEST] == []
    assert set((PICTURES / language).resolve().glob("*.png")) == set(files)
    for chapter in book.chapters:
        assert _PICTURE.search(chapter.text), chapter.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language: str) -> None:
    book = Book(language)
    links = [(chapter.name, link) for chapter in book.chapters for link in _LINK.findall(chapter.text)]
    assert links
    assert [one for one in links if not (book.folder / one[1].partition("#")[0]).is_file()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_of_the_last_chapter_are_keys_of_the_program(language: str) -> None:
    text = next(chapter.text for chapter in Book(language).chapters if chapter.name == "14-keys")
    tables = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    named = {key for key in _CODE.findall(tables) if "+" in key or re.fullmatch(r"F\d", key)}
    known = _literals() | {"Ctrl+C"}  # the toolkit's own key for copying
    assert len(named) > 15
    assert {key for key in named if key not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_that_pages_name_stand_in_the_last_chapter(language: str) -> None:
    text = next(chapter.text for chapter in Book(language).chapters if chapter.name == "14-keys")
    told = set(_CODE.findall(text))
    wanted = {keys for keys in _key_help() if not any(mark in keys for mark in _MANY)}
    assert wanted - told == set()


def test_a_missing_guide_is_no_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("crmdesk.views.support.help_book.guide_path", lambda language: tmp_path / language)
    assert Book("en").chapters == []
    assert Book("en").next_with("deposit", 0) is None


def test_a_frozen_program_has_its_guide_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inside = tmp_path / "resources" / "guide" / "en"
    inside.mkdir(parents=True)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert guide_path("en") == inside
