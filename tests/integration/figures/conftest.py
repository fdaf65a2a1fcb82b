"""A store whose rows are put down by hand, and the figures of a period of it, once and once again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest

from crmdesk.core.roles import Role
from crmdesk.queries.figures import Figures, figures_between
from tests.builders.ledger_rows import Rows
from tests.builders.shop import Shop
from tests.integration.figures.plain import Plain, Raw

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 21)

Ask = Callable[..., Figures]


@pytest.fixture
def rows(shop: Shop) -> Rows:
    return Rows(shop)


@pytest.fixture
def ask(shop: Shop) -> Ask:
    """Give the figures of a period; that plain Python counts the same is looked at on the way."""

    def asked(first: date = FIRST, last: date = LAST, **unlike: object) -> Figures:
        with shop.reading() as session:
            found = figures_between(session, first, last, shop.context(Role.OWNER))
        path = shop.database.path
        assert path
        plain = Plain(Raw(path), found.first, found.as_of)
        assert asdict(found.sales) == plain.sales()
        assert asdict(found.service) == plain.service()
        assert asdict(found.care) == plain.care() | unlike
        return found

    return asked
