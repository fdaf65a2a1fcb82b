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


RACER = """
import sys
from datetime import timedelta
from pathlib import Path
from crmdesk.core.desk_errors import LoanerTakenError
from crmdesk.core.errors import IllegalMoveError
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.loan_reservations import ReserveLoaner, reserve
from crmdesk.services.loans import LendLoaner, lend
from tests.builders.shop import Shop

metadata()
path, member, desk, *loaners = sys.argv[1:]
shop = Shop(Database.open(Path(path)))
context = shop.context(desk=desk)
today = context.today()
print("ready", flush=True)
for number, loaner in enumerate(loaners):
    sys.stdin.readline()
    try:
        if (number + int(desk[-1])) % 3:
            shop.do(lend, LendLoaner(int(loaner), None, int(member), due_on=today + timedelta(days=9)), context)
        else:
            days = today, today + timedelta(days=9)
            shop.do(reserve, ReserveLoaner(int(loaner), int(member), *days), context)
        print("mine", flush=True)
    except (LoanerTakenError, IllegalMoveError):
        print("taken", flush=True)
shop.close()
"""
ROUNDS = 200


def test_two_hundred_times_one_of_two_desks_gets_the_loaner(shop: Shop, repository: Path) -> None:
    """Both ask for the same piece at the same moment, one lending, one often reserving: one wins, nothing overlaps."""
    loaners = [add_loaner(shop, f"N-{number:03d}").id for number in range(ROUNDS)]
    members = [add_member(shop, f"会员{number}", f"1380571000{number}") for number in range(2)]
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(shop.database.path), str(member), f"desk-{place}", *map(str, loaners)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=repository,
        )
        for place, member in enumerate(members)
    ]
    for desk in desks:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
    for _round in range(ROUNDS):
        for desk in desks:
            assert desk.stdin is not None
            desk.stdin.write("go\n")
            desk.stdin.flush()
        answers = sorted(desk.stdout.readline().strip() for desk in desks if desk.stdout is not None)
        assert answers == ["mine", "taken"]
    assert ["".join(desk.communicate(timeout=60)[:1]) for desk in desks] == ["", ""]
    assert [desk.returncode for desk in desks] == [0, 0]
    with shop.reading() as session:
        found = session.execute(select(Loan.loaner_id, Loan.from_day, Loan.due_on).order_by(Loan.loaner_id)).all()
    assert [one.loaner_id for one in found] == sorted(loaners)
    for first in found:
        others = (one for one in found if one is not first and one.loaner_id == first.loaner_id)
        assert not any(one.from_day <= first.due_on and first.from_day <= one.due_on for one in others)
