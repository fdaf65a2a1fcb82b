"""What other desks change reaches our screens through the same bus."""

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.topics import Topic
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.poller import ChangePoller
from tests.builders.shop import Shop
from tests.gui.support.conftest import Failures, SignedIn


def test_changes_of_others_are_published(
    jobs: JobRunner, bus: Bus, shop: Shop, qtbot: QtBot, failures: Failures
) -> None:
    asked: list[int | None] = []
    answers = [(7, frozenset[Topic]()), (9, frozenset({Topic.TICKETS}))]

    def feed(_session: Session, _context: Context, position: int | None) -> tuple[int, frozenset[Topic]]:
        asked.append(position)
        if len(asked) == 2:
            raise OSError("server away")
        return answers.pop(0)

    told: list[object] = []
    bus.changed.connect(told.append)
    poller = ChangePoller(jobs, bus, SignedIn(shop), feed)
    poller.start()
    poller.ask()  # still waiting: not asked twice
    while len(asked) < 3:
        before = len(asked)
        qtbot.waitUntil(jobs.is_idle)
        poller.ask()
        qtbot.waitUntil(lambda: len(asked) > before)  # noqa: B023 - waited for within the turn
    poller.stop()
    assert asked[:3] == [None, 7, 7]
    assert told == [frozenset({Topic.TICKETS})]
    assert not failures.seen
    qtbot.waitUntil(jobs.is_idle)
