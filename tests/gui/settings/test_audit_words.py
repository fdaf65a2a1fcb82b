"""The history says in words what was done."""

import re
from pathlib import Path

import pytest

from crmdesk.core.ticket_events import TicketAct
from crmdesk.views.settings.audit_words import audit_act, audit_detail

_WRITTEN = re.compile(
    r'"((?:list|staff|member|callback|ticket|loan|loaner|card|paper|settings|store|letter|purchase)\.[a-z_]+)"'
)


def test_every_act_that_a_service_writes_has_its_words(repository: Path) -> None:
    written = {
        act
        for path in (repository / "crmdesk" / "services").rglob("*.py")
        for act in _WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    assert len(written) > 30
    assert [act for act in sorted(written) if audit_act(act) == act] == []
    assert audit_act(f"ticket.{TicketAct.QUOTED}") == "Quoted"
    assert audit_act("something.else") == "something.else"


@pytest.mark.parametrize(
    ("detail", "words"),
    [('{"from":"sent","to":"judging"}', "from sent · to judging"), ("{}", ""), ("[1]", "[1]"), ("plain", "plain")],
)
def test_the_facts_stand_without_brackets(detail: str, words: str) -> None:
    assert audit_detail(detail) == words
