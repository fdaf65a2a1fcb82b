"""The history says in words what was done."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pytest

from crmdesk.core.batch_events import BatchAct
from crmdesk.core.i18n import set_language
from crmdesk.core.loaners import LoanerState
from crmdesk.core.members import CardState
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.import_run import ImportKind
from crmdesk.views.settings import audit_facts
from crmdesk.views.settings.audit_words import audit_act, audit_detail
from crmdesk.views.settings.right_words import fine_rights_words, right_word
from crmdesk.views.support.look_words import LISTS

# An act that ends in a value of these is written as f"ticket.{act}".
_FAMILIES: dict[str, type[Enum]] = {
    "batch.": BatchAct,
    "ticket.": TicketAct,
    "loaner.": LoanerState,
    "card.": CardState,
    "import.": ImportKind,
}


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@dataclass(frozen=True)
class Writer:
    """A function that records, and the module it stands in."""

    function: ast.FunctionDef
    module: ast.Module

    def records(self) -> Iterator[ast.Call]:
        """Give the calls that record."""
        for node in ast.walk(self.function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                yield node

    def acts(self, call: ast.Call) -> list[str]:
        """Give the acts a call can record; one that comes from outside may be any that the module names."""
        act = call.args[2]
        if isinstance(act, ast.Constant):
            return [str(act.value)]
        if isinstance(act, ast.Name):
            found = (node.value for node in ast.walk(self.module) if isinstance(node, ast.Constant))
            return [one for one in found if isinstance(one, str) and re.fullmatch(r"[a-z]+\.[a-z_]+", one)]
        assert isinstance(act, ast.JoinedStr), ast.unparse(call)
        family = ast.literal_eval(act.values[0])
        assert family in _FAMILIES, f"say in _FAMILIES and in audit_words which acts begin with {family}"
        return [f"{family}{one.value}" for one in _FAMILIES[family]]

    def names(self, call: ast.Call) -> list[str]:
        """Give the names of a call's facts."""
        if len(call.args) < 5:
            return []
        detail = call.args[4]
        if isinstance(detail, ast.Name):
            detail = next(
                node.value
                for node in ast.walk(self.function)
                if isinstance(node, ast.Assign | ast.AnnAssign)
                and ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target) == detail.id
                and node.value is not None
            )
        assert isinstance(detail, ast.Dict), ast.unparse(call)
        return [str(key.value) for key in detail.keys if isinstance(key, ast.Constant)]


def _writers(repository: Path) -> Iterator[Writer]:
    for path in sorted((repository / "crmdesk").rglob("*.py")):
        if path.name == "audit.py" or "record(" not in path.read_text(encoding="utf-8"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (Writer(node, tree) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.fixture
def written(repository: Path) -> list[tuple[str, str]]:
    """Give every act that is ever recorded with the name of each of its facts ("" for none)."""
    return [
        (act, name)
        for writer in _writers(repository)
        for call in writer.records()
        for act in writer.acts(call)
        for name in ("", *writer.names(call))
    ]


def test_every_act_that_is_recorded_has_its_words(written: list[tuple[str, str]], language: str) -> None:
    acts = {act for act, _name in written}
    assert len(acts) > 90
    assert [act for act in sorted(acts) if audit_act(act) == act] == []
    if language != "en":
        assert [act for act in sorted(acts) if audit_act(act).isascii() and act != "staff.wrong_pin"] == []


def test_every_fact_that_is_recorded_has_its_words(written: list[tuple[str, str]]) -> None:
    known = {*audit_facts.FACTS, *audit_facts.HIDDEN}
    missing = {
        (act, name)
        for act, name in written
        if name and name not in known and (act.partition(".")[0], name) not in audit_facts.SPECIAL
    }
    assert missing == set()


def test_no_words_are_kept_for_what_is_never_recorded(written: list[tuple[str, str]]) -> None:
    assert set(audit_facts.FACTS) - {name for _act, name in written} == set()


def test_every_list_that_can_be_exported_has_its_name(repository: Path) -> None:
    pages = {
        node.value.value
        for path in (repository / "crmdesk" / "views").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign)
        and ast.unparse(node.target) == "help_page"
        and isinstance(node.value, ast.Constant)
        and node.value.value
    }
    assert pages <= set(LISTS)


@pytest.mark.parametrize(
    ("act", "detail", "english", "chinese"),
    [
        ("ticket.judged", '{"from":"judging","to":"sent"}', "To be judged → Sent for repair", "待判定 → 已送修"),
        ("loaner.lost", '{"from":"lent","to":"lost"}', "Lent → Lost", "借出 → 遗失"),
        (
            "loan.take_back",
            '{"grade":"as_lent","kept":0,"loaner":"BJ-02","returned":30000}',
            "As lent · deposit kept ¥0 · loaner BJ-02 · deposit returned ¥300",
            "完好 · 扣押金 ¥0 · 备用品 BJ-02 · 退押金 ¥300",
        ),
        (
            "import.undo",
            '{"kept":2,"removed":5,"restored":1,"run":7}',
            "2 left, changed since · 5 taken out · 1 put back as they were",
            "保留 2 条（之后有改动） · 撤除 5 条 · 恢复原样 1 条",
        ),
        ("member.consent", '{"given":false,"purpose":"marketing"}', "not agreed · Marketing", "不同意 · 营销推送"),
        ("list.export", '{"list":"members","rows":12,"view":""}', "Members · 12 rows", "会员 · 12 行"),
        (
            "staff.edit",
            '{"active":true,"rights":"+export -see_money","role":"clerk"}',
            "works here · may export lists, may not see amounts · Clerk",
            "在职 · 可以导出列表、不可以查看金额 · 店员",
        ),
        ("ticket.print", '{"kind":"bag_tag","reprint":0}', "Bag tag", "物品吊牌"),
        ("photo", '{"sha256":"ab"}', "", ""),
    ],
)
def test_the_facts_are_said_in_words(act: str, detail: str, english: str, chinese: str, language: str) -> None:
    assert audit_detail(act, detail) == (english if language == "en" else chinese)


def test_a_setting_is_named_by_its_sentence() -> None:
    detail = '{"after":"21","before":null,"key":"loan_days"}'
    said = audit_detail("settings.change", detail)
    assert said.endswith("as delivered → 21")


@pytest.mark.parametrize("detail", ["{}", "[1]", "plain"])
def test_what_is_no_fact_stays_as_it_is(detail: str) -> None:
    assert audit_detail("something.else", detail) == ("" if detail == "{}" else detail)
    assert audit_act("something.else") == "something.else"


def test_every_right_has_its_word(language: str) -> None:
    words = [right_word(right) for right in Right]
    assert len(set(words)) == len(words)
    assert fine_rights_words("") == ""
    assert language == "en" or not "".join(words).isascii()
