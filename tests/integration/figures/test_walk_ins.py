"""Walk-ins are counted by day, corrected by a later number, and make the two shares of the care figures."""

from datetime import timedelta

import pytest

from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.roles import Role
from crmdesk.queries import walk_ins
from crmdesk.queries.figures_care import care_figures
from crmdesk.queries.report_span import Span
from crmdesk.services.walk_ins import CountWalkIns, count
from tests.builders.member_shop import people
from tests.builders.shop import STORE_ID, Shop


def test_a_later_number_takes_the_place_of_the_earlier(shop: Shop) -> None:
    context = shop.context()
    today = context.today()
    shop.do(count, CountWalkIns(today, 12), context)
    shop.do(count, CountWalkIns(today, 20), context)
    shop.do(count, CountWalkIns(today - timedelta(days=1), 5), context)
    with shop.reading() as session:
        assert walk_ins.of_day(session, STORE_ID, today) == 20
        assert walk_ins.walk_ins(session, today - timedelta(days=7), today) == 25
        assert walk_ins.walk_ins(session, today - timedelta(days=7), today - timedelta(days=2)) is None


def test_the_shares_of_walk_ins_are_there_when_somebody_counted(shop: Shop) -> None:
    people(shop)
    context = shop.context()
    today = context.today()
    span = Span(today, today, context.store.zone, full_phones=False)
    with shop.reading() as session:
        before = care_figures(session, span)
    assert (before.file_rate, before.add_rate) == (None, None)
    shop.do(count, CountWalkIns(today, 12), context)
    with shop.reading() as session:
        after = care_figures(session, span)
    assert after.file_rate == pytest.approx(after.new_members / 12)
    assert after.add_rate == pytest.approx(after.new_contacts / 12)


def test_nonsense_is_refused(shop: Shop) -> None:
    context = shop.context()
    for wrong in (
        CountWalkIns(context.today() + timedelta(days=1), 5),
        CountWalkIns(context.today(), -1),
        CountWalkIns(context.today(), 1_000_000),
    ):
        with pytest.raises(InvalidFieldError):
            shop.do(count, wrong, context)
    with pytest.raises(NotAllowedError):
        shop.do(count, CountWalkIns(context.today(), 5), shop.context(Role.ADMINISTRATOR))
