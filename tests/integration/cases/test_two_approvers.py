"""Two programs on one file approve proposals of the same complaint at the same moment: exactly one wins."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from crmdesk.core.money import Money
from crmdesk.models.complaint_work import ComplaintApproval
from tests.builders.cases import proposed, version
from tests.builders.shop import Shop

APPROVER = """
import sys
from pathlib import Path
from crmdesk.core.errors import StaleError
from crmdesk.core.roles import Role
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.complaint_proposals import OnProposal, approve
from tests.builders.shop import Shop

metadata()
path, ticket_id, seen, role = sys.argv[1:]
shop = Shop(Database.open(Path(path)))
print("ready", flush=True)
sys.stdin.readline()
try:
    shop.do(approve, OnProposal(int(ticket_id), int(seen)), shop.context(Role(role), role))
    print("approved")
except StaleError:
    print("stale")
shop.close()
"""


def start(repository: Path, shop: Shop, ticket_id: int, role: str) -> "subprocess.Popen[str]":
    """Start one desk and wait until it stands at the line."""
    process = subprocess.Popen(
        [sys.executable, "-c", APPROVER, str(shop.database.path), str(ticket_id), str(version(shop, ticket_id)), role],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=repository,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_exactly_one_approval_is_kept(shop: Shop, repository: Path) -> None:
    ticket_id = proposed(shop, Money.yuan(400))
    desks = [start(repository, shop, ticket_id, role) for role in ("manager", "owner")]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    answers = sorted(desk.communicate(timeout=60)[0].strip() for desk in desks)
    assert answers == ["approved", "stale"]
    assert [desk.returncode for desk in desks] == [0, 0]
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(ComplaintApproval)) == 1
