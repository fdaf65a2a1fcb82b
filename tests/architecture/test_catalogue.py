"""Every text of the program in every language, and the checks that say so."""

from pathlib import Path

import pytest

from crmdesk.core.i18n import LANGUAGES, SOURCE_LANGUAGE
from tools import catalogue

PROGRAM = """
from crmdesk.core.i18n import gettext, mark, ngettext

TITLE = mark("&Members")
gettext("Saved {number}").format(number=1)
ngettext("{count} call", "{count} calls", 2)
gettext(TITLE)
"""
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
COMPLETE = """
msgid "&Members"
msgstr "会员(&M)"

msgid "Saved {number}"
msgstr "已保存 {number}"

msgid "{count} call"
msgid_plural "{count} calls"
msgstr[0] "{count} 个回访"
"""


class Sample:
    """A program with three texts and its catalogues."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder / "program"
        self.catalogues = folder / "i18n"
        self.sources.mkdir()
        (self.sources / "texts.py").write_text(PROGRAM, encoding="utf-8")

    def write(self, name: str, entries: str) -> None:
        path = self.catalogues / "zh_CN" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + entries, encoding="utf-8")

    def problems(self) -> list[str]:
        return catalogue.problems("zh_CN", self.catalogues, self.sources)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != SOURCE_LANGUAGE])
def test_the_program_is_translated(language: str) -> None:
    assert not catalogue.problems(language)


def test_a_complete_catalogue_has_no_problems(sample: Sample) -> None:
    sample.write("a.po", COMPLETE)
    assert sample.problems() == []


def test_a_missing_text_is_found_and_offered_to_fill_in(sample: Sample) -> None:
    sample.write("a.po", COMPLETE.replace("已保存 {number}", ""))
    assert [text.forms for text in catalogue.missing("zh_CN", sample.catalogues, sample.sources)] == [
        ("Saved {number}",)
    ]
    assert "program/texts.py:5" in sample.problems()[0]


def test_a_missing_plural_is_found(sample: Sample) -> None:
    sample.write("a.po", COMPLETE.replace("{count} 个回访", ""))
    assert "{count} call" in sample.problems()[0]


@pytest.mark.parametrize(
    ("name", "entries", "sentence"),
    [
        ("b.po", 'msgid "Gone"\nmsgstr "没了"\n', "no longer in the program"),
        ("b.po", 'msgid "&Members"\nmsgstr "顾客(&M)"\n', "translated otherwise at a.po"),
        ("a.po", COMPLETE.replace("已保存 {number}", "已保存 {n}"), "other placeholders"),
        ("a.po", COMPLETE.replace("已保存 {number}", "已保存 {number"), "other placeholders"),
        ("a.po", COMPLETE.replace("会员(&M)", "会员"), "mnemonic"),
        ("a.po", COMPLETE.replace('msgid "Saved', '#, fuzzy\nmsgid "Saved'), "fuzzy"),
    ],
)
def test_a_wrong_entry_is_found(sample: Sample, name: str, entries: str, sentence: str) -> None:
    sample.write("a.po", COMPLETE)
    sample.write(name, entries)
    assert any(sentence in problem for problem in sample.problems())


def test_the_same_translation_may_stand_in_two_files(sample: Sample) -> None:
    sample.write("a.po", COMPLETE)
    sample.write("b.po", 'msgid "&Members"\nmsgstr "会员(&M)"\n')
    assert sample.problems() == []


def test_it_is_compiled_when_a_file_changed_and_only_then(sample: Sample) -> None:
    sample.write("a.po", COMPLETE)
    assert catalogue.build(sample.catalogues) == ["zh_CN"]
    catalogue.build(sample.catalogues)
    assert catalogue.build(sample.catalogues) == []
    sample.write("b.po", 'msgid "&Members"\nmsgstr "会员(&M)"\n')
    assert catalogue.build(sample.catalogues) == ["zh_CN"]
