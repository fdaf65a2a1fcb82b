"""Every reason has a sentence, and every sentence says it with the facts."""

import string

from crmdesk.core.i18n import set_language
from crmdesk.exchange.field_labels import FIELD_LABELS
from crmdesk.exchange.fields import FIELDS
from crmdesk.exchange.mapping import MappingError, MappingTrouble
from crmdesk.exchange.problems import Reason, RowProblem, Severity
from crmdesk.exchange.reasons import (
    FILE_SENTENCES,
    MAPPING_SENTENCES,
    ROW_SENTENCES,
    file_sentence,
    mapping_sentence,
    row_sentence,
)
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble


def _placeholders(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def test_every_reason_has_a_sentence() -> None:
    assert set(FILE_SENTENCES) == set(FileTrouble)
    assert set(ROW_SENTENCES) == set(Reason)
    assert set(MAPPING_SENTENCES) == set(MappingTrouble)
    assert all(field in FIELD_LABELS for fields in FIELDS.values() for field in fields)


def test_sentences_ask_for_facts_that_are_there() -> None:
    assert all(_placeholders(sentence) <= {"name", "detail", "row"} for sentence in FILE_SENTENCES.values())
    assert all(_placeholders(sentence) <= {"value", "other_row"} for sentence in ROW_SENTENCES.values())


def test_sentences_in_both_languages() -> None:
    refused = FileRefusedError(FileTrouble.STRAY_CELL, name="a.xlsx", detail="XFD9", row=9)
    problem = RowProblem(3, None, "1.38E+10", Reason.PHONE_DIGITS_LOST, Severity.ERROR)
    assert file_sentence(refused) == "“a.xlsx” has a forgotten cell far outside, at XFD9. Delete it and save."
    assert mapping_sentence(MappingError(MappingTrouble.NOT_JSON)) == "The mapping file is not valid JSON."
    set_language("zh_CN")
    assert file_sentence(refused) == "“a.xlsx”在很远的 XFD9 处有一个多余的单元格，请删除后保存。"
    assert row_sentence(problem) == "这个号码在 Excel 里已丢失尾数（“1.38E+10”），请以文本格式重新输入。"
