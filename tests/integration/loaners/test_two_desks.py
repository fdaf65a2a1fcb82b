"""Two programs on one file lend the same loaner at the same moment: exactly one wins."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from crmdesk.core.loaners import LoanState
from crmdesk.models.loan import DepositEntry, Loan
from tests.builders.loaners import add_loaner, add_member
from tests.builders.shop import Shop

LENDER = """
import sys
from pathlib import Path
from crmdesk.core.desk_errors import LoanerTakenError
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.loans import LendLoaner, lend
from tests.builders.shop import Shop

metadata()
path, loaner_id, member_id, desk = sys.argv[1:]
shop = Shop(Database.open(Path(path)))
print("ready", flush=True)
sys.stdin.readline()
try:
    shop.do(lend, LendLoaner(int(loaner_id), None, int(member_id)), shop.context(desk=desk))
    print("lent")
except LoanerTakenError as error:
    print("taken", error.loaner_code)
shop.close()
"""


def start(repository: Path, shop: Shop, loaner_id: int, member_id: int, desk: str) -> "subprocess.Popen[str]":
    """Start one desk and wait until it stands at the line."""
    process = subprocess.Popen(
        [sys.executable, "-c", LENDER, str(shop.database.path), str(loaner_id), str(member_id), desk],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=repository,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_exactly_one_desk_wins(shop: Shop, repository: Path) -> None:
    loaner = add_loaner(shop)
    members = [add_member(shop, f"会员{number}", f"1380571000{number}") for number in range(2)]
    desks = [start(repository, shop, loaner.id, member, f"desk-{member}") for member in members]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    answers = sorted(desk.communicate(timeout=60)[0].strip() for desk in desks)
    assert answers == ["lent", "taken L-007"]
    assert [desk.returncode for desk in desks] == [0, 0]
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Loan).where(Loan.state == LoanState.OUT)) == 1
        assert session.scalar(select(func.count()).select_from(DepositEntry)) == 1
