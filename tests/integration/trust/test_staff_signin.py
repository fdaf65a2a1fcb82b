"""Signing in, waiting after wrong PINs, who may manage whom, and the first person of a store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from crmdesk.core.context import StoreRef
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.roles import RIGHTS, Right, Role
from crmdesk.core.settings_service import APPROVE_MANAGER
from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.models.audit import AuditEntry
from crmdesk.models.staff import Staff
from crmdesk.queries.settings import stores
from crmdesk.queries.staff import colleagues, people_to_sign_in, staff_list, staff_member
from crmdesk.services.settings import ChangeSettings, change_settings
from crmdesk.services.signin import (
    BeginStore,
    ChangePin,
    RefusalReason,
    Refused,
    SignedIn,
    SignIn,
    StoreExistsError,
    begin_store,
    change_pin,
    nobody,
    sign_in,
    sign_out,
)
from crmdesk.services.staff import (
    AddStaff,
    EditStaff,
    LastKeeperError,
    OwnersOnlyError,
    OwnRightsError,
    ResetPin,
    StaffFacts,
    add_staff,
    edit_staff,
    reset_pin,
)
from crmdesk.services.unit import perform
from tests.builders.shop import STORE_ID, Shop, staff_id

PIN = "7391"
PLACE = StoreRef(STORE_ID, "01", "文三路店")


def enter(shop: Shop, who: int, pin: str) -> SignedIn | Refused:
    return shop.do(sign_in, SignIn(who, pin), nobody(shop.clock, PLACE))


def acts(shop: Shop) -> list[str]:
    with shop.reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.ordinal)))


@pytest.fixture
def guide(shop: Shop) -> int:
    """Give a person with a PIN."""
    shop.do(reset_pin, ResetPin(staff_id(Role.GUIDE), PIN), shop.context(Role.OWNER))
    return staff_id(Role.GUIDE)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "new.db")
    runner.upgrade(database)
    yield database
    database.dispose()


def test_the_right_pin_lets_in_with_role_rights_and_limit(shop: Shop, guide: int) -> None:
    inside = enter(shop, guide, PIN)
    assert isinstance(inside, SignedIn)
    assert inside.actor.rights == RIGHTS[Role.GUIDE]
    assert inside.actor.approve_limit == Money(0)
    assert inside.store == PLACE
    assert not inside.pin_missing
    assert acts(shop)[-1] == "staff.sign_in"


def test_full_width_digits_and_spaces_are_the_same_pin(shop: Shop, guide: int) -> None:
    assert isinstance(enter(shop, guide, " ７３９１ "), SignedIn)


def test_the_pin_is_not_in_the_database(shop: Shop, guide: int) -> None:
    shop.close()
    assert shop.database.path is not None
    content = shop.database.path.read_bytes()
    assert b"$argon2id$" in content
    assert PIN.encode() not in content.split(b"$argon2id$")[1][:200]
    assert guide


def test_without_a_pin_only_an_empty_one_fits(shop: Shop) -> None:
    clerk = staff_id(Role.CLERK)
    assert isinstance(enter(shop, clerk, "0000"), Refused)
    inside = enter(shop, clerk, "")
    assert isinstance(inside, SignedIn)
    assert inside.pin_missing


def test_wrong_pins_are_counted_over_restarts_and_the_wait_grows(shop: Shop, guide: int) -> None:
    left = [answer.tries_left for _ in range(4) if isinstance(answer := enter(shop, guide, "0000"), Refused)]
    assert left == [4, 3, 2, 1]
    waits = []
    for _ in range(10):
        answer = enter(shop, guide, "0000")
        assert isinstance(answer, Refused)
        assert answer.wait_until is not None
        waits.append((answer.wait_until - shop.clock.now()).total_seconds())
        shop.clock.moment = answer.wait_until
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert isinstance(enter(shop, guide, PIN), SignedIn), "after the wait the right PIN works"
    answer = enter(shop, guide, "0000")
    assert isinstance(answer, Refused)
    assert answer.tries_left == 4, "and the count begins anew"


def test_while_waiting_not_even_the_right_pin_is_looked_at(shop: Shop, guide: int) -> None:
    for _ in range(5):
        enter(shop, guide, "0000")
    answer = enter(shop, guide, PIN)
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.WAITING
    assert acts(shop).count("staff.wrong_pin") == 5


def test_a_clock_that_ran_ahead_locks_nobody_out_for_years(shop: Shop, guide: int) -> None:
    with shop.database.transaction() as session:
        session.execute(
            update(Staff).where(Staff.id == guide).values(locked_until=shop.clock.now() + timedelta(days=900))
        )
    answer = enter(shop, guide, PIN)
    assert isinstance(answer, Refused)
    assert answer.wait_until == shop.clock.now() + timedelta(hours=1)


def test_who_has_left_is_not_let_in(shop: Shop, guide: int) -> None:
    owner = shop.context(Role.OWNER)
    with shop.reading() as session:
        before = staff_member(session, guide, owner)
    facts = StaffFacts(before.name, before.role)
    shop.do(edit_staff, EditStaff(guide, before.version, facts, active=False), owner)
    answer = enter(shop, guide, PIN)
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.NOT_ACTIVE
    with shop.reading() as session:
        assert guide not in [one.id for one in people_to_sign_in(session, STORE_ID)]
        assert guide not in [one.id for one in colleagues(session, owner)]


def test_unknown_people_are_refused(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        enter(shop, 1, PIN)


def test_changing_the_own_pin(shop: Shop, guide: int) -> None:
    own = shop.context(Role.GUIDE)
    assert isinstance(shop.do(change_pin, ChangePin("0000", "8642"), own), Refused)
    assert shop.do(change_pin, ChangePin(PIN, "8642"), own) is None
    assert isinstance(enter(shop, guide, PIN), Refused)
    assert isinstance(enter(shop, guide, "8642"), SignedIn)
    shop.do(sign_out, own)
    assert acts(shop)[-1] == "staff.sign_out"


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("123", "too_short"),
        ("1234", "too_simple"),
        ("8888", "too_simple"),
        ("9876", "too_simple"),
        ("x" * 65, "too_long"),
    ],
)
def test_poor_pins_are_refused_without_repeating_them(shop: Shop, pin: str, reason: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        shop.do(reset_pin, ResetPin(staff_id(Role.GUIDE), pin), shop.context(Role.OWNER))
    assert (caught.value.field, caught.value.reason, caught.value.value) == ("pin", reason, "")


def test_the_managers_limit_is_the_stores_setting(shop: Shop) -> None:
    shop.do(change_settings, ChangeSettings({APPROVE_MANAGER.key: Money.yuan(800)}), shop.context(Role.OWNER))
    inside = enter(shop, staff_id(Role.MANAGER), "")
    assert isinstance(inside, SignedIn)
    assert inside.actor.approve_limit == Money.yuan(800)
    owner = enter(shop, staff_id(Role.OWNER), "")
    assert isinstance(owner, SignedIn)
    assert owner.actor.approve_limit is None


def test_a_new_person_with_fine_rights_and_an_own_limit(shop: Shop) -> None:
    facts = StaffFacts(
        " 王 芳 ", Role.CLERK, "", frozenset({Right.EXPORT}), frozenset({Right.SEE_MONEY}), Money.yuan(50)
    )
    made = shop.do(add_staff, AddStaff(facts, PIN), shop.context(Role.OWNER))
    inside = enter(shop, made.id, PIN)
    assert isinstance(inside, SignedIn)
    assert inside.actor.name == "王芳"
    assert inside.actor.rights == (RIGHTS[Role.CLERK] | {Right.EXPORT}) - {Right.SEE_MONEY}
    assert inside.actor.approve_limit == Money.yuan(50)


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.MANAGER, Role.HEAD_OFFICE])
def test_others_do_not_manage_staff(shop: Shop, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(add_staff, AddStaff(StaffFacts("王芳", Role.CLERK)), shop.context(role))
    with shop.reading() as session, pytest.raises(NotAllowedError):
        staff_list(session, shop.context(role))


def test_an_administrator_cannot_climb(shop: Shop) -> None:
    administrator = shop.context(Role.ADMINISTRATOR)
    for facts in (
        StaffFacts("新人", Role.OWNER),
        StaffFacts("新人", Role.CLERK, given=frozenset({Right.SEE_PRIVATE})),
        StaffFacts("新人", Role.CLERK, approve_limit=Money.yuan(100)),
    ):
        with pytest.raises(OwnersOnlyError):
            shop.do(add_staff, AddStaff(facts), administrator)
    with pytest.raises(OwnersOnlyError):
        shop.do(reset_pin, ResetPin(staff_id(Role.OWNER), PIN), administrator)
    with pytest.raises(OwnersOnlyError):
        shop.do(edit_staff, EditStaff(staff_id(Role.OWNER), 1, StaffFacts("何老板", Role.CLERK)), administrator)
    with pytest.raises(OwnRightsError):
        shop.do(
            edit_staff, EditStaff(staff_id(Role.ADMINISTRATOR), 1, StaffFacts("管理员", Role.MANAGER)), administrator
        )
    shop.do(add_staff, AddStaff(StaffFacts("新人", Role.CLERK)), administrator)


def test_somebody_can_always_manage_staff(shop: Shop) -> None:
    administrator = shop.context(Role.ADMINISTRATOR)
    with shop.database.transaction() as session:
        session.execute(update(Staff).where(Staff.role == Role.OWNER).values(active=False))
    other = shop.do(add_staff, AddStaff(StaffFacts("第二管理员", Role.ADMINISTRATOR)), administrator)
    shop.do(edit_staff, EditStaff(other.id, other.version, StaffFacts("第二管理员", Role.CLERK)), administrator)
    with shop.database.transaction() as session:
        session.execute(update(Staff).where(Staff.role == Role.OWNER).values(active=True))
    owner = shop.context(Role.OWNER)
    with shop.database.transaction() as session:
        session.execute(update(Staff).where(Staff.role == Role.OWNER).values(extra_rights="-staff"))
    with pytest.raises(LastKeeperError):
        shop.do(edit_staff, EditStaff(staff_id(Role.ADMINISTRATOR), 1, StaffFacts("管理员", Role.CLERK)), owner)


@pytest.mark.parametrize(("name", "reason"), [("  ", "empty"), ("x" * 121, "too_long"), ("周敏", "taken")])
def test_names_are_checked(shop: Shop, name: str, reason: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        shop.do(add_staff, AddStaff(StaffFacts(name, Role.CLERK)), shop.context(Role.OWNER))
    assert (caught.value.field, caught.value.reason) == ("name", reason)


def test_a_stale_form_is_refused(shop: Shop) -> None:
    request = EditStaff(staff_id(Role.CLERK), 1, StaffFacts("陈可儿", Role.CLERK))
    shop.do(edit_staff, request, shop.context(Role.OWNER))
    with pytest.raises(StaleError):
        shop.do(edit_staff, request, shop.context(Role.OWNER))


def test_lists_of_people(shop: Shop, guide: int) -> None:
    enter(shop, guide, PIN)
    with shop.reading() as session:
        people = people_to_sign_in(session, STORE_ID)
        assert people[0].id == guide
        assert people[0].has_pin
        assert len(people) == 6
        assert [one.role for one in colleagues(session, shop.context(), Role.MANAGER)] == [Role.MANAGER]
        assert len(staff_list(session, shop.context(Role.OWNER))) == 6


def test_the_first_start_makes_store_and_owner(empty: Database, shop: Shop) -> None:
    context = nobody(shop.clock, StoreRef(0, "", ""))
    request = BeginStore("hz01", "文三路店", "何 老板", PIN)
    made = perform(empty, context, lambda session, _: begin_store(session, request, context)).value
    assert made.actor.role is Role.OWNER
    assert made.store.code == "HZ01"
    with empty.reading() as session:
        assert stores(session) == [made.store]
    with pytest.raises(StoreExistsError):
        perform(empty, context, lambda session, _: begin_store(session, request, context))
    again = nobody(shop.clock, made.store)
    inside = perform(empty, again, lambda session, _: sign_in(session, SignIn(made.actor.staff_id, PIN), again)).value
    assert isinstance(inside, SignedIn)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (BeginStore("", "店", "何"), "code"),
        (BeginStore("TOOLONG", "店", "何"), "code"),
        (BeginStore("一店", "店", "何"), "code"),
        (BeginStore("01", " ", "何"), "name"),
        (BeginStore("01", "店", ""), "owner_name"),
        (BeginStore("01", "店", "何", "1"), "pin"),
    ],
)
def test_a_poor_first_start_makes_nothing(empty: Database, shop: Shop, request_: BeginStore, field: str) -> None:
    context = nobody(shop.clock, StoreRef(0, "", ""))
    with pytest.raises(InvalidFieldError) as caught:
        perform(empty, context, lambda session, _: begin_store(session, request_, context))
    assert caught.value.field == field
    with empty.reading() as session:
        assert stores(session) == []
