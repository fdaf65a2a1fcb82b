"""Batches in the one search box: by their number, a part of it, and the courier's."""

import pytest

from crmdesk.core.found import Why
from crmdesk.core.refs import EntityKind
from crmdesk.queries.find import find
from tests.builders import batches
from tests.builders.shop import Shop


def test_a_batch_is_found_by_its_number_and_by_the_couriers(shop: Shop) -> None:
    key = batches.sent(shop)
    batch = batches.batch_of(shop, key)
    by_number = (batch.number, batch.number.lower(), batch.number.replace("-", ""), batch.number[:-2])
    with shop.reading() as session:
        for typed in by_number:
            [hit] = find(session, typed, shop.context()).batches
            assert (hit.kind, hit.id, hit.why) == (EntityKind.BATCH, key, Why.NUMBER)
        for typed in (batch.tracking, f" {batch.tracking.lower()} ", batch.tracking[:6]):
            [hit] = find(session, typed, shop.context()).batches
            assert (hit.id, hit.why) == (key, Why.COURIER)
        assert (
            find(session, batch.tracking, shop.context()).first
            == find(session, batch.tracking, shop.context()).batches[0]
        )


@pytest.mark.parametrize("typed", ["", "%", "SF%", "____", "B", "' or 1=1"])
def test_nothing_is_found_by_signs_that_mean_nothing(shop: Shop, typed: str) -> None:
    batches.sent(shop)
    with shop.reading() as session:
        assert find(session, typed, shop.context()).batches == ()
