"""Two desks spend the last points at the same moment: one of them wins, the other reads why not."""

from multiprocessing import get_context
from pathlib import Path
from typing import Any

from crmdesk.core.clock import FixedClock
from crmdesk.core.members import LedgerKind
from crmdesk.core.roles import Role
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services import ledger
from crmdesk.services.ledger import BalanceTooLowError
from crmdesk.services.ledger_desk import GivePoints, Spend, give_points, spend
from crmdesk.views.support import errors
from tests.builders.shop import OPENING, Shop


def _spends(path: Path, member: int, go: Any, told: Any) -> None:  # noqa: ANN401 - of the spawning context
    metadata()
    shop = Shop(Database.open(path), FixedClock(OPENING))
    go.wait(60)
    try:
        shop.do(spend, Spend(member, points=100), shop.context(Role.CLERK))
        told.put("")
    except BalanceTooLowError as error:
        sentence = errors.explain(error)
        told.put(sentence.title if sentence else "?")
    finally:
        shop.close()


def test_the_last_points_are_spent_once(shop: Shop, member: int) -> None:
    shop.do(give_points, GivePoints(member, 100, "x"), shop.context())
    spawned = get_context("spawn")
    go, told = spawned.Event(), spawned.Queue()
    desks = [spawned.Process(target=_spends, args=(shop.database.path, member, go, told)) for _ in range(2)]
    for desk in desks:
        desk.start()
    go.set()
    said = sorted(told.get(timeout=120) for _ in desks)
    for desk in desks:
        desk.join(60)
    assert said[0] == ""
    assert "100" in said[1]
    with shop.reading() as session:
        assert ledger.balance(session, member, LedgerKind.POINTS) == 0
