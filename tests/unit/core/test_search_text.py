import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.search_text import (
    IndexWord,
    SearchQuery,
    Term,
    TermKind,
    analyse,
    digit_words,
    fold,
    index_words,
    name_words,
    reading_words,
)


def _folded(text: str) -> str:
    return "".join(character for character, _ in fold(text))


def _found(typed: str, kept: set[str]) -> bool:
    words = index_words(analyse(typed))
    return bool(words) and all(_kept(word, kept) for word in words)


def _kept(word: IndexWord, kept: set[str]) -> bool:
    return any(one.startswith(word.text) for one in kept) if word.beginning else word.text in kept


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("José Müller", "jose muller"),
        ("陳曉", "陈晓"),
        ("ß", "ss"),
        ("\u200b王\ufe0f", "王"),
        ("\ud800王", "王"),
        ("が", "が"),
        ("李\u3000四", "李 四"),
    ],
)
def test_fold(raw: str, folded: str) -> None:
    assert _folded(raw) == folded


def test_fold_remembers_places() -> None:
    assert fold("ß王") == [("s", 0), ("s", 0), ("王", 1)]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("王小明", [(TermKind.CHINESE, "王小明")]),
        ("买买提·阿不都拉", [(TermKind.CHINESE, "买买提阿不都拉")]),
        ("王 5678", [(TermKind.CHINESE, "王"), (TermKind.DIGITS, "5678")]),
        ("王5678", [(TermKind.CHINESE, "王"), (TermKind.DIGITS, "5678")]),
        ("138 0013 8000", [(TermKind.DIGITS, "13800138000")]),
        ("138-0013-8000", [(TermKind.DIGITS, "13800138000")]),
        ("xi'an", [(TermKind.LATIN, "xian")]),
        ("Smith, John", [(TermKind.LATIN, "smith"), (TermKind.SYMBOL, ","), (TermKind.LATIN, "john")]),
        ("wang xm", [(TermKind.LATIN, "wang"), (TermKind.LATIN, "xm")]),
        ("%", [(TermKind.SYMBOL, "%")]),
        ("a_b", [(TermKind.LATIN, "a"), (TermKind.SYMBOL, "_"), (TermKind.LATIN, "b")]),
        ('"王*', [(TermKind.SYMBOL, '"'), (TermKind.CHINESE, "王"), (TermKind.SYMBOL, "*")]),
        ("wang-", [(TermKind.LATIN, "wang")]),
        ("-", [(TermKind.SYMBOL, "-")]),
        ("  ", []),
        ("𠮷田", [(TermKind.CHINESE, "吉田")]),
        ("𬱖", [(TermKind.CHINESE, "𬱖")]),
    ],
)
def test_terms(typed: str, terms: list[tuple[TermKind, str]]) -> None:
    assert analyse(typed).terms == tuple(Term(kind, text) for kind, text in terms)


@pytest.mark.parametrize(
    ("typed", "number", "only"),
    [
        ("R-01-261121-0037", "R012611210037", True),
        ("r012611210037", "R012611210037", True),
        ("B12", "B12", True),
        ("261121", "261121", False),
        ("wang5678", "WANG5678", False),
        ("V01000123４", "V010001234", True),
        ("王12", "", False),
        ("wang", "", False),
        ("12%", "", False),
        ("lb 20", "LB20", False),
    ],
)
def test_numbers(typed: str, number: str, *, only: bool) -> None:
    query = analyse(typed)
    assert (query.number, query.only_number) == (number, only)


@pytest.mark.parametrize("typed", ["王", "小", "明", "王小", "小明", "王小明", "王 明", "王　小明"])
def test_any_piece_of_a_name_is_kept(typed: str) -> None:
    assert _found(typed, name_words("王小明"))


@pytest.mark.parametrize("typed", ["提阿", "买买提阿不都拉", "买买提·阿不都拉", "阿不都拉", "都拉"])
def test_names_with_a_middle_dot(typed: str) -> None:
    assert _found(typed, name_words("买买提·阿不都拉"))


@pytest.mark.parametrize("typed", ["j", "joh", "john", "smi", "john smi", "smith john", "johnsmith", "Alexanderb"])
def test_latin_names_by_any_beginning(typed: str) -> None:
    assert _found(typed, name_words("John Smith Alexander-Brown"))


def test_words_joined_by_an_apostrophe_are_found_whole_and_by_halves() -> None:
    kept = name_words("Shane O'Neil")
    assert all(_found(typed, kept) for typed in ("o'neil", "oneil", "neil", "o'", "'"))
    assert not _found("shan'e-x", kept)


@pytest.mark.parametrize(
    "typed",
    [
        "w",
        "wang",
        "wangx",
        "wangxiao",
        "wangxiaom",
        "wangxiaoming",
        "xiaoming",
        "ming",
        "wxm",
        "xm",
        "wang xiao ming",
        "wang xm",
    ],
)
def test_sound(typed: str) -> None:
    assert _found(typed, reading_words([("wang",), ("xiao",), ("ming",)]))


def test_every_reading_of_a_polyphonic_character() -> None:
    kept = reading_words([("li",), ("zhong", "chong"), ("yang",)])
    assert _found("lizhongyang", kept)
    assert _found("lichongyang", kept)
    assert _found("lcy", kept)
    assert not _found("liyang", kept)


@pytest.mark.parametrize("size", range(2, 12))
def test_any_run_of_digits(size: int) -> None:
    digits = "13812345678"
    kept = digit_words(digits)
    assert all(_found(digits[start : start + size], kept) for start in range(len(digits) - size + 1))


def test_one_digit_is_the_last() -> None:
    kept = digit_words("13812345678")
    assert _found("8", kept)
    assert not _found("2", kept)


def test_signs_are_literal() -> None:
    assert not _found("%", name_words("王小明"))
    assert not _found("王%", name_words("王小明"))
    assert _found("王%", name_words("王%明"))
    assert _found('"', name_words('王"明'))


def test_nothing_typed_finds_nobody() -> None:
    assert index_words(analyse("   ")) == ()
    assert analyse("\u200b").is_empty


@given(st.text(max_size=60))
def test_words_are_safe_for_an_index_that_splits_at_ascii_signs(text: str) -> None:
    for word in [*name_words(text), *(word.text for word in index_words(analyse(text)))]:
        assert word
        assert all(not character.isascii() or character.isalnum() for character in word)
        word.encode()


@given(st.text(min_size=1, max_size=20))
def test_every_name_is_found_by_itself(name: str) -> None:
    query = analyse(name)
    if not query.is_empty:
        assert _found(name, name_words(name) | digit_words("")) or not query.terms


def test_a_query_is_a_value() -> None:
    assert analyse(" 王 ") == SearchQuery("王", (Term(TermKind.CHINESE, "王"),))
