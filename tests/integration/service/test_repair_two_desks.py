"""Two programs on one file take the same step on one ticket at the same moment: one wins, the other is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from crmdesk.core.errors import StaleError
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import TicketState
from crmdesk.services import pickup
from crmdesk.services.pickup import Pay
from crmdesk.views.support import errors
from tests.builders.repairs import quoted, ready, seen, taken_in
from tests.builders.shop import Shop

DESK = """
import sys
from pathlib import Path
from crmdesk.core.errors import StaleError
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ApprovalChannel, Liability, Remedy
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services import judgement, pickup, quotes
from crmdesk.services.judgement import Judge
from crmdesk.services.pickup import HandBack
from crmdesk.services.quotes import MakeQuote, RecordAnswer
from tests.builders.repairs import seen
from tests.builders.shop import Shop

metadata()
path, what, ticket_id, desk = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
shop = Shop(Database.open(Path(path)))
known = seen(shop, ticket_id)
ticked = frozenset(one.id for one in known.accessories)
person, version = shop.context(Role.MANAGER, desk=desk), known.version
steps = {
    "judge": (judgement.judge, Judge(ticket_id, version, Liability.WEAR, Remedy.REPAIR_PAID, desk)),
    "quote": (quotes.quote, MakeQuote(ticket_id, version, desk, Money.yuan(90))),
    "approve": (
        quotes.record_answer, RecordAnswer(ticket_id, version, True, ApprovalChannel.PHONE, desk, Money.yuan(80))
    ),
    "collect": (
        pickup.hand_back, HandBack(ticket_id, version, desk, item_back=True, signed=True, accessories=ticked)
    ),
}
print("ready", flush=True)
sys.stdin.readline()
service, request = steps[what]
try:
    shop.do(service, request, person)
    print("done")
except StaleError as error:
    print("stale", error.seen_version, error.current_version)
shop.close()
"""


def start(repository: Path, shop: Shop, what: str, ticket_id: int, desk: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", DESK, str(shop.database.path), what, str(ticket_id), desk],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=repository,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("judge", TicketState.JUDGING),
        ("quote", TicketState.QUOTED),
        ("approve", TicketState.APPROVED),
        ("collect", TicketState.CLOSED),
    ],
)
def test_one_wins_and_the_other_is_told(shop: Shop, repository: Path, what: str, state: TicketState) -> None:
    ticket_id = {"judge": taken_in, "quote": taken_in, "approve": quoted, "collect": ready}[what](shop)
    if what == "collect":
        shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, Money.yuan(80)), shop.context())
    desks = [start(repository, shop, what, ticket_id, f"desk-{number}") for number in range(2)]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    answers = sorted(desk.communicate(timeout=60)[0].split()[0] for desk in desks)
    assert answers == ["done", "stale"]
    assert seen(shop, ticket_id).state is state


def test_the_other_reads_what_happened() -> None:
    sentence = errors.explain(StaleError(EntityKind.TICKET, 1, 2, 3))
    assert sentence is not None
    assert sentence.title
