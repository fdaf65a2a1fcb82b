"""Views that people keep: their JSON, whose they are, two desks, and counts that are right."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.order import Order
from crmdesk.core.roles import Role
from crmdesk.core.tickets import Priority, Route, Severity, TicketKind, TicketState
from crmdesk.queries import saved_views as kept
from crmdesk.queries.saved_views import read_wanted, write_wanted
from crmdesk.queries.ticket_filter import DaySpan, TicketFilter, TicketView
from crmdesk.services import saved_views
from crmdesk.services.saved_views import ChangeView, KeepView, TooManyViewsError, ViewExistsError
from tests.builders.repairs import ready, taken_in
from tests.builders.shop import Shop, staff_id

_DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
_FILTERS = st.builds(
    TicketFilter,
    view=st.sampled_from(TicketView),
    kind=st.none() | st.sampled_from(TicketKind),
    text=st.text(max_size=20),
    states=st.frozensets(st.sampled_from(TicketState)),
    severities=st.frozensets(st.sampled_from(Severity)),
    owner_id=st.none() | st.integers(1, 2**62),
    route=st.none() | st.sampled_from(Route),
    shelf=st.text(max_size=5),
    fault=st.sampled_from(("", "wheel_broken")),
    priority=st.none() | st.sampled_from(Priority),
    received=st.builds(DaySpan, _DAYS, _DAYS),
    promised=st.builds(DaySpan, _DAYS, _DAYS),
)


@given(_FILTERS, st.none() | st.builds(Order, st.sampled_from(("number", "promised")), st.booleans()))
def test_what_is_kept_is_what_comes_back(wanted: TicketFilter, order: Order | None) -> None:
    assert read_wanted(write_wanted(wanted, order)) == (wanted, order)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"view": "moon", "states": 5, "order": [1]}', '{"x": {}}'])
def test_what_another_program_wrote_does_no_harm(text: str) -> None:
    assert read_wanted(text) == (TicketFilter(), None)


def test_an_unknown_state_among_known_ones_is_left_out() -> None:
    wanted, _order = read_wanted(json.dumps({"states": ["ready", "teleported"], "owner_id": 7}))
    assert wanted == TicketFilter(states=frozenset({TicketState.READY}), owner_id=7)


def _keep(shop: Shop, name: str, role: Role = Role.CLERK, *, shared: bool = False) -> int:
    wanted = write_wanted(TicketFilter(priority=Priority.EXPRESS))
    return shop.do(saved_views.keep, KeepView(name, wanted, shared), shop.context(role))


def _names(shop: Shop, role: Role) -> list[str]:
    with shop.reading() as session:
        return [view.name for view in kept.kept_views(session, shop.context(role))]


def test_own_views_are_ones_own_and_shared_ones_everybodys(shop: Shop) -> None:
    _keep(shop, "我的加急")
    _keep(shop, "全店加急", Role.MANAGER, shared=True)
    assert _names(shop, Role.CLERK) == ["全店加急", "我的加急"]
    assert _names(shop, Role.GUIDE) == ["全店加急"]


def test_a_clerk_keeps_no_view_for_everybody_and_changes_none(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        _keep(shop, "全店", shared=True)
    view = _keep(shop, "全店", Role.MANAGER, shared=True)
    with pytest.raises(NotAllowedError):
        shop.do(saved_views.forget, view, 1, shop.context())


def test_somebody_elses_view_is_not_there(shop: Shop) -> None:
    view = _keep(shop, "我的")
    with pytest.raises(NotFoundError):
        shop.do(saved_views.change, ChangeView(view, 1, name="你的"), shop.context(Role.GUIDE))


def test_two_desks_rename_one_view(shop: Shop) -> None:
    view = _keep(shop, "我的")
    shop.do(saved_views.change, ChangeView(view, 1, name="急件"), shop.context())
    with pytest.raises(StaleError):
        shop.do(saved_views.change, ChangeView(view, 1, name="慢件"), shop.context(desk="desk-2"))
    assert _names(shop, Role.CLERK) == ["急件"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_view_needs_a_name(shop: Shop, name: str) -> None:
    with pytest.raises(InvalidFieldError):
        _keep(shop, name)


def test_a_name_is_given_once(shop: Shop) -> None:
    _keep(shop, "急件")
    with pytest.raises(ViewExistsError):
        _keep(shop, " 急件 ")


def test_thirty_views_are_enough(shop: Shop) -> None:
    for number in range(saved_views.MOST):
        _keep(shop, f"视图 {number}")
    with pytest.raises(TooManyViewsError):
        _keep(shop, "再一个")


def test_a_dropped_view_can_be_had_back(shop: Shop) -> None:
    view = _keep(shop, "急件")
    gone = shop.do(saved_views.forget, view, 1, shop.context())
    assert _names(shop, Role.CLERK) == []
    shop.do(saved_views.keep, gone, shop.context())
    assert _names(shop, Role.CLERK) == ["急件"]


def test_counts_are_those_of_the_list(shop: Shop) -> None:
    taken_in(shop, priority=Priority.EXPRESS)
    taken_in(shop, name="钱芳", priority=Priority.EXPRESS)
    ready(shop, name="林婉清")
    today = shop.context().today()
    soon = TicketFilter(promised=DaySpan(today, today + timedelta(days=30)), owner_id=staff_id(Role.CLERK))
    wanted = {
        "急": TicketFilter(priority=Priority.EXPRESS),
        "轮": TicketFilter(fault="wheel_broken", received=DaySpan(today, today)),
        "架": TicketFilter(shelf="A3", states=frozenset({TicketState.READY})),
        "近": soon,
        "昨": TicketFilter(received=DaySpan(None, today - timedelta(days=1))),
        "重": TicketFilter(severities=frozenset({Severity.HIGH})),
    }
    keys = {
        name: shop.do(saved_views.keep, KeepView(name, write_wanted(one)), shop.context())
        for name, one in wanted.items()
    }
    with shop.reading() as session:
        found = kept.counts(session, shop.context())
    assert {name: found[key] for name, key in keys.items()} == {"急": 2, "轮": 3, "架": 1, "近": 3, "昨": 0, "重": 0}
