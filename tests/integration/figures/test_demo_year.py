"""Every figure of the demonstration store equals a computation that shares nothing with the program."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy.orm import Session

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.roles import Role
from crmdesk.db.engine import Database
from crmdesk.queries.figures import figures, figures_between
from tests.builders.demo_year import demo_context, demo_file
from tests.integration.figures.plain import Plain, Raw

TODAY = date(2026, 11, 21)
PERIODS = {
    "the running year": (date(2026, 1, 1), date(2026, 12, 31)),
    "the year before": (date(2025, 1, 1), date(2025, 12, 31)),
    "a month that is over": (date(2026, 10, 1), date(2026, 10, 31)),
    "the end of a February": (date(2026, 2, 1), date(2026, 2, 28)),
    "a quarter": (date(2026, 7, 1), date(2026, 9, 30)),
    "one day": (date(2026, 11, 20), date(2026, 11, 20)),
    "days to come": (date(2027, 1, 1), date(2027, 1, 31)),
    "everything": (date(2024, 1, 1), date(2027, 12, 31)),
}


@pytest.fixture
def session() -> Iterator[Session]:
    database = Database.open(demo_file())
    with database.reading() as session:
        yield session
    database.dispose()


@pytest.fixture(scope="module")
def raw() -> Raw:
    return Raw(demo_file())


@pytest.mark.parametrize("name", PERIODS)
def test_a_period(session: Session, raw: Raw, name: str) -> None:
    first, last = PERIODS[name]
    found = figures_between(session, first, last, demo_context())
    plain = Plain(raw, first, max(min(last, TODAY), first))
    assert (found.first, found.as_of) == (plain.first, plain.last)
    assert asdict(found.sales) == plain.sales()
    assert asdict(found.service) == plain.service()
    assert asdict(found.care) == plain.care()


def test_the_store_has_something_of_everything(session: Session) -> None:
    """Equal numbers prove little when they are all zero."""
    found = figures(session, TODAY, demo_context())
    assert (found.first, found.as_of) == (date(2025, 11, 22), TODAY)
    values = asdict(found.sales) | asdict(found.service) | asdict(found.care)
    empty = {name for name, value in values.items() if not value}
    assert empty <= {"file_rate", "add_rate", "birthday_recall", "come_backs", "follower_loss", "uncollected"}


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not_see_reports(session: Session, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        figures(session, TODAY, demo_context(role))
    with pytest.raises(NotAllowedError):
        figures_between(session, TODAY, TODAY, demo_context(role))
