"""The first draft of a letter: every outcome in both languages, nothing forbidden, no mixed languages."""

from datetime import date
from itertools import product

import pytest

from crmdesk.core.letter_words import LANGUAGES, LetterSource, draft, languages_of
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, RootCause
from crmdesk.documents.wording import check_words

PARTS = ("salutation", "facts", "finding", "remedy", "promise", "closing")
EVERY = list(product(LANGUAGES, [*Compensation, None], [*RootCause, None]))
CASE = LetterSource(
    name="欧阳雪",
    gender=Gender.FEMALE,
    received_on=date(2026, 11, 5),
    subject="手提包掉色",
    customer_words="用了两周就掉色",
    wanted="退货",
    root_cause=RootCause.PRODUCT,
    findings="固色不足",
    compensation=Compensation.REFUND,
    amount=Money.parse("1280.50"),
    decision="全额退款",
    corrective_action="停售同批次",
    corrective_due=date(2026, 12, 1),
)


def whole(source: LetterSource, language: str) -> str:
    words = draft(source, language)
    return "\n".join(getattr(words, part) for part in PARTS)


def test_the_chinese_letter_carries_what_was_typed() -> None:
    words = draft(CASE, "zh_CN")
    assert words.salutation == "尊敬的欧阳女士："
    assert words.facts == "2026年11月5日，您就“手提包掉色”向我们反映：用了两周就掉色。您希望：退货。"
    assert words.finding == "接到您的反映后，我们进行了调查。固色不足。问题出在商品质量上。"
    assert words.remedy == "经研究，我们的处理决定是：全额退款。"
    assert "2026年12月1日" in words.promise


def test_the_english_letter_leaves_chinese_typing_out() -> None:
    words = draft(CASE, "en")
    assert words.salutation == "Dear Ms Ouyang,"
    assert words.remedy == "We refund ¥1,280.50 to you."
    assert "5 November 2026" in words.facts
    assert words.finding == "We have looked into it. The fault lies with the goods."
    assert not [letter for letter in whole(CASE, "en") if "\u3400" <= letter <= "\u9fff"]


@pytest.mark.parametrize(
    ("language", "outcome", "cause"), list(product(LANGUAGES, [*Compensation, None], [*RootCause, None]))
)
def test_every_outcome_has_sentences_that_may_be_printed(
    language: str, outcome: Compensation | None, cause: RootCause | None
) -> None:
    source = LetterSource("王", None, date(2026, 11, 5), "", "", root_cause=cause, compensation=outcome)
    text = whole(source, language)
    assert not check_words(text)
    assert "{" not in text
    assert all(part.strip() for part in text.split("\n") if part)
    words = draft(source, language)
    assert words.facts
    assert words.finding
    assert words.remedy


def test_both_is_two_languages() -> None:
    assert languages_of("both") == ("zh_CN", "en")
    assert languages_of("en") == ("en",)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_CN", "目前已执行：退款 300.00 元、积分 +500。"), ("en", "Carried out already: Refund ¥300.00, Points +500.")],
)
def test_what_is_carried_out_already_is_said_after_the_decision(language: str, said: str) -> None:
    carried = ((Compensation.REFUND, Money.yuan(300), 0), (Compensation.POINTS, Money(0), 500))
    source = LetterSource("王", None, date(2026, 11, 5), "", "", decision="退款", carried_out=carried)
    assert draft(source, language).remedy.endswith(said)
