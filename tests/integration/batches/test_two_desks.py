"""Two desks, each a process of its own on one file, pack the same goods at the same moment: one of them gets them."""

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from crmdesk.core.batch_errors import NotPackableError, PackTrouble
from crmdesk.core.batches import BatchLineState
from crmdesk.db.engine import Database
from crmdesk.services import batches
from crmdesk.services.batches import PackTickets
from tests.builders.batches import begun, lines_of
from tests.builders.repairs import seen, taken_in
from tests.builders.shop import Shop

_ROUNDS = 4


def _pack(path: Path, desk: str, wanted: list[tuple[int, int]], together: Barrier) -> list[str]:
    """Pack each ticket into this desk's batch as soon as the other desk is ready too."""
    shop = Shop(Database.open(path))
    said = []
    try:
        for batch_id, ticket_id in wanted:
            together.wait(timeout=60)
            try:
                shop.do(batches.pack, PackTickets(batch_id, (ticket_id,)), shop.context(desk=desk))
                said.append("packed")
            except NotPackableError as error:
                said.append(error.trouble.value)
    finally:
        shop.close()
    return said


def _desk(
    path: Path, desk: str, wanted: list[tuple[int, int]], rest: tuple[Barrier, "multiprocessing.Queue[object]"]
) -> None:
    together, answers = rest
    answers.put((desk, _pack(path, desk, wanted, together)))


def test_the_same_goods_go_into_one_box_only(shop: Shop) -> None:
    first, second = begun(shop), begun(shop)
    people = [f"客户{number}" for number in range(_ROUNDS)]
    ticket_ids = [taken_in(shop, name=name) for name in people]
    path = shop.database.path
    assert path is not None
    context = multiprocessing.get_context("spawn")
    together, answers = context.Barrier(2), context.Queue()
    desks = [
        context.Process(target=_desk, args=(path, desk, [(batch, one) for one in ticket_ids], (together, answers)))
        for desk, batch in (("desk-1", first), ("desk-2", second))
    ]
    for one in desks:
        one.start()
    said = dict(answers.get(timeout=120) for _desk_ in desks)
    for one in desks:
        one.join(timeout=60)
        assert one.exitcode == 0
    for place, ticket_id in enumerate(ticket_ids):
        assert {said["desk-1"][place], said["desk-2"][place]} == {"packed", PackTrouble.IN_BATCH.value}
        lines = [line for batch in (first, second) for line in lines_of(shop, batch) if line.ticket_id == ticket_id]
        assert [line.state for line in lines] == [BatchLineState.PACKED]
        assert [event.note for event in seen(shop, ticket_id).events if event.act == "packed"] == [
            lines[0].batch_number
        ]
