"""Forms: what is typed becomes values, problems sit at the field, keys save and cancel."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning, day_text, due_text, parse_day
from crmdesk.views.support.dialogs import Question
from crmdesk.views.support.fields import (
    ChoiceField,
    LineField,
    MoneyField,
    NumberField,
    PhoneField,
    TagsField,
    TextField,
    TickField,
)
from crmdesk.views.support.forms import Form
from crmdesk.views.support.mnemonics import without_mnemonic

TODAY = date(2026, 11, 21)


class Intake(Form):
    def __init__(self) -> None:
        super().__init__()
        self.name = self.add("name", LineField("&Name", required=True))
        self.phone, self.deposit = PhoneField("Phone"), MoneyField("Deposit", most=Money.yuan(500))
        self.add_row(phone=self.phone, deposit=self.deposit)
        self.promise = self.add("promise", DayField("Promise", lambda: TODAY))
        self.liability = self.add("liability", ChoiceField("Liability", [("Wear", 1), ("Transport", 2)]))
        self.words = self.add("words", TextField("Words", max_length=10))
        self.tags = self.add("tags", TagsField("Tags", max_tags=2))
        self.pieces = self.add("pieces", NumberField("Pieces", least=1, most=9))
        self.printed = self.add("printed", TickField("&Print the slip"))


@pytest.fixture
def form(qtbot: QtBot) -> Intake:
    form = Intake()
    qtbot.addWidget(form)
    form.show()
    with qtbot.waitActive(form):
        form.activateWindow()
    return form


def test_values_are_typed(form: Intake) -> None:
    form.name.line.setText("  周建国 ")
    form.phone.line.setText("１３８ 0013 8000")
    form.deposit.line.setText("¥1,28.5")
    form.promise.line.setText("+5")
    form.liability.set_value(2)
    form.words.text.setPlainText("轮子断")
    form.tags.line.setText("急，急, 老客户")
    form.pieces.line.setText("３")
    form.printed.box.setChecked(True)
    values = form.fields.values()
    phone = values.pop("phone")
    assert phone.digits == "13800138000"
    assert values == {
        "name": "周建国",
        "deposit": Money(12850),
        "promise": date(2026, 11, 26),
        "liability": 2,
        "words": "轮子断",
        "tags": ("急", "老客户"),
        "pieces": 3,
        "printed": True,
    }


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "138", "too few digits"),
        ("phone", "abc", "no phone number"),
        ("deposit", "-5", "At least ¥0."),
        ("deposit", "501", "At most ¥500."),
        ("deposit", "1.234", "two decimal places"),
        ("deposit", "much", "an amount such as"),
        ("promise", "someday", "This is no day."),
        ("pieces", "10", "from 1 to 9"),
    ],
)
def test_problems_sit_under_the_field(form: Intake, field: str, typed: str, sentence: str) -> None:
    form.name.set_value("周")
    control = form.fields.fields()[field]
    control.restore(typed)
    assert control.value() is None
    assert not form.fields.check()
    assert sentence in control.problem_text()
    assert sentence in control.editor.accessibleDescription()
    control.restore("")
    assert not control.has_problem()


def test_too_much_text_is_told_and_never_cut(form: Intake) -> None:
    form.words.text.setPlainText("x" * 13)
    assert form.words.problem() == "Too long by 3 characters; please shorten it."
    assert form.words._hint.text() == "13/10"
    form.tags.line.setText("a, b, c")
    assert not form.tags.check()


def test_first_wrong_field_gets_the_focus(form: Intake) -> None:
    saved: list[int] = []
    form.fields.submitted.connect(lambda: saved.append(1))
    form.phone.line.setText("138")
    form.words.setFocus()
    QTest.keyClick(form.words.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not saved
    assert form.name.problem_text() == "Please fill this in."
    assert form.name.line.hasFocus()
    form.name.set_value("周")
    form.phone.set_value(None)
    QTest.keyClick(form.name.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved == [1]


def test_leaving_a_field_checks_its_form_and_tidies_it(form: Intake) -> None:
    form.phone.setFocus()
    form.phone.line.setText("13800138000")
    form.deposit.setFocus()
    assert form.phone.line.text() == "138 0013 8000"
    form.deposit.line.setText("80")
    form.promise.setFocus()
    assert form.deposit.line.text() == "¥80.00"
    form.promise.line.setText("11-26")
    form.words.setFocus()
    assert form.promise.line.text() == "Thu 26 Nov"
    assert form.promise.value() == date(2026, 11, 26)
    form.name.setFocus()
    form.phone.setFocus()
    assert not form.name.has_problem()  # emptiness is told when saving, not while walking through


def test_day_field_by_arrows_and_calendar(form: Intake) -> None:
    form.promise.setFocus()
    QTest.keyClick(form.promise.line, Qt.Key.Key_Up)
    assert form.promise.value() == date(2026, 11, 22)
    QTest.keyClick(form.promise.line, Qt.Key.Key_Down)
    QTest.keyClick(form.promise.line, Qt.Key.Key_Down)
    assert form.promise.value() == date(2026, 11, 20)


def test_esc_asks_only_when_something_would_be_lost(form: Intake) -> None:
    left: list[int] = []
    form.fields.cancelled.connect(lambda: left.append(1))
    form.name.setFocus()
    QTest.keyClick(form.name.line, Qt.Key.Key_Escape)
    assert left == [1]
    form.name.line.setText("x")
    QTest.keyClick(form.name.line, Qt.Key.Key_Escape)
    question = form.findChild(Question)
    assert question is not None
    assert left == [1]
    question.verbs()["Throw away"].click()
    assert left == [1, 1]


def test_refusals_of_the_service_go_to_their_field(form: Intake) -> None:
    form.fields.failed(InvalidFieldError("name", "too_long", "x"))
    assert form.name.problem_text() == "Too long; please shorten it."
    form.fields.failed(NotAllowedError("serve", "clerk"))
    question = form.findChild(Question)
    assert question is not None
    assert question.windowTitle() == "You may not do this as Clerk."
    question.close()


def test_draft_holds_the_typing_itself(form: Intake, qtbot: QtBot) -> None:
    assert form.fields.draft() == {}
    form.phone.line.setText("138 00")
    form.liability.set_value(1)
    form.promise.line.setText("+1")
    draft = form.fields.draft()
    other = Intake()
    qtbot.addWidget(other)
    other.fields.restore(draft | {"gone": "field"})
    assert other.phone.line.text() == "138 00"
    assert other.liability.value() == 1
    assert other.promise.value() == date(2026, 11, 22)
    other.fields.mark_clean()
    assert not other.fields.is_dirty()
    other.fields.clear()
    assert other.phone.typed() == ""


def test_screen_readers_hear_the_labels(form: Intake) -> None:
    assert form.name.editor.accessibleName() == "Name, required"
    assert form.printed.editor.accessibleName() == "Print the slip"
    assert without_mnemonic("姓名(&N)") == "姓名"
    assert without_mnemonic("Salt && pepper") == "Salt & pepper"
    assert form.name._label.buddy() is form.name.line


def test_choices_can_be_replaced(form: Intake) -> None:
    form.liability.set_value(2)
    form.liability.set_choices([("Transport", 2), ("Other", 3)])
    assert form.liability.value() == 2
    form.liability.set_choices([("Other", 3)])
    assert form.liability.value() is None


@pytest.mark.parametrize(
    ("typed", "future", "past"),
    [
        ("26", date(2026, 11, 26), date(2026, 10, 26)),
        ("21", TODAY, TODAY),
        ("31", date(2026, 12, 31), date(2026, 10, 31)),
        ("11-20", date(2027, 11, 20), date(2026, 11, 20)),
        ("2-29", date(2028, 2, 29), date(2024, 2, 29)),
        ("11月26日", date(2026, 11, 26), date(2025, 11, 26)),
        ("26.3.5", date(2026, 3, 5), date(2026, 3, 5)),
        ("20261126", date(2026, 11, 26), date(2026, 11, 26)),
        ("２０２６年１１月２６日", date(2026, 11, 26), date(2026, 11, 26)),
        ("+5", date(2026, 11, 26), date(2026, 11, 26)),
        ("-1天", date(2026, 11, 20), date(2026, 11, 20)),
        ("明天", date(2026, 11, 22), date(2026, 11, 22)),
        ("32", None, None),
        ("13-01", None, None),
        ("0", None, None),
        ("2026-02-30", None, None),
        ("2026112", None, None),
        ("1-2-3-4", None, None),
        ("99999", None, None),
        ("+99999", None, None),
        ("", None, None),
        ("x", None, None),
    ],
)
def test_days_as_people_type_them(typed: str, future: date | None, past: date | None) -> None:
    assert parse_day(typed, TODAY) == future
    assert parse_day(typed, TODAY, Leaning.PAST) == past


def test_days_as_people_read_them() -> None:
    assert day_text(date(2026, 11, 26), TODAY) == "Thu 26 Nov"
    assert day_text(date(2027, 1, 3), TODAY) == "Sun 3 Jan 2027"
    assert [due_text(date(2026, 11, day), TODAY) for day in (19, 20, 21, 22, 23)] == [
        "2 days late",
        "1 day late",
        "due today",
        "1 day left",
        "2 days left",
    ]
    set_language("zh_CN")
    assert day_text(date(2026, 11, 26), TODAY) == "11月26日 周四"
    assert day_text(date(2027, 1, 3), TODAY) == "2027年1月3日 周日"
    assert due_text(date(2026, 11, 23), TODAY) == "还剩 2 天"
    assert due_text(date(2026, 11, 20), TODAY) == "逾期 1 天"
