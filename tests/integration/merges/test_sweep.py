"""The search for lookalikes: what is found and how sure, what is not, going on after a stop, what was decided."""

from sqlalchemy import select

from crmdesk.core.birthday import Birthday
from crmdesk.core.duplicates import SweepStage
from crmdesk.core.member_words import PairReason, PairState
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.models.member import Member
from crmdesk.models.merge import DuplicatePair, DuplicateSweep
from crmdesk.queries.member_files import Alike, Probe, lookalikes
from crmdesk.services import duplicates
from crmdesk.services.duplicates import Decide
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop

DAY = Birthday(BirthdayCalendar.SOLAR, 1978, 11, 26)


def put(shop: Shop, name: str, phone: str = "", birthday: Birthday | None = None, address: str = "") -> int:
    phones = (normalise(phone),) if phone else ()
    facts = MemberFacts(name, phones, birthday=birthday, address=address, share_phones=True)
    return shop.do(register, facts, shop.context(Role.MANAGER)).id


def sweep(shop: Shop) -> dict[tuple[int, int], tuple[PairReason, int]]:
    context = shop.context(Role.MANAGER)
    shop.do(duplicates.begin, context)
    while shop.do(duplicates.step, context).running:
        pass
    with shop.reading() as session:
        pairs = session.scalars(select(DuplicatePair).where(DuplicatePair.state == PairState.OPEN))
        return {(one.first_id, one.second_id): (one.reason, one.score) for one in pairs}


def test_every_reason_is_found(shop: Shop) -> None:
    a = put(shop, "周建国", "13805715678", DAY, "文三路 99 号")
    b = put(shop, "周建国", "138 0571 5678", DAY)
    c = put(shop, "周建国", "", None, "文三路99号")
    d = put(shop, "章伟", "", DAY)
    e = put(shop, "张伟", "", DAY)
    found = sweep(shop)
    assert found == {
        (a, b): (PairReason.PHONE, 98),  # and the same birthday
        (a, c): (PairReason.NAME_ADDRESS, 85),
        (d, e): (PairReason.PINYIN, 60),
    }
    assert sweep(shop) == found


def test_different_years_are_different_people_and_a_missing_year_is_less_sure(shop: Shop) -> None:
    a = put(shop, "王伟", "", Birthday(BirthdayCalendar.SOLAR, 1978, 2, 28))
    put(shop, "王伟", "", Birthday(BirthdayCalendar.SOLAR, 1980, 2, 28))
    c = put(shop, "王伟", "", Birthday(BirthdayCalendar.SOLAR, None, 2, 28))
    put(shop, "王伟", "", Birthday(BirthdayCalendar.LUNAR, 1978, 2, 28))
    assert {pair: score for pair, (_, score) in sweep(shop).items() if a in pair} == {(a, c): 60}


def test_twenty_people_on_one_phone_are_no_hundred_pairs(shop: Shop) -> None:
    for number in range(20):
        put(shop, f"{'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'[number]}一", "13805715678")
    assert sweep(shop) == {}


def test_what_was_decided_never_comes_back_and_what_was_mended_goes(shop: Shop) -> None:
    a, b = put(shop, "周建国", "13805715678"), put(shop, "周建国", "13805715678")
    c, d = put(shop, "林婉", "", DAY), put(shop, "林婉", "", DAY)
    assert set(sweep(shop)) == {(a, b), (c, d)}
    with shop.reading() as session:
        pair = session.scalars(select(DuplicatePair).where(DuplicatePair.first_id == a)).one()
        request = Decide(pair.id, pair.version, PairState.DIFFERENT)
    shop.do(duplicates.decide, request, shop.context())
    with shop.database.transaction() as session:
        session.get_one(Member, d).birthday_year = 1990
    shop.clock.moment = shop.clock.moment.replace(hour=3)
    assert sweep(shop) == {}


def test_a_search_that_was_stopped_goes_on(shop: Shop) -> None:
    put(shop, "周建国", "13805715678", DAY)
    put(shop, "周建国", "", DAY)
    context = shop.context(Role.MANAGER)
    shop.do(duplicates.begin, context)
    assert shop.do(duplicates.step, context).stage is SweepStage.BIRTHDAYS
    again = shop.do(duplicates.begin_nightly, shop.context(Role.CLERK))  # the program was started anew
    assert again.stage is SweepStage.BIRTHDAYS
    while shop.do(duplicates.step, context).running:
        pass
    assert not shop.do(duplicates.begin_nightly, context).running  # not twice a day
    with shop.reading() as session:
        assert session.get_one(DuplicateSweep, context.store.id).finished_at is not None


def test_who_is_alike_is_said_while_typing(shop: Shop) -> None:
    a = put(shop, "张伟", "13805715678", DAY, "文三路 99 号")
    with shop.reading() as session:

        def why(probe: Probe) -> list[tuple[int, Alike]]:
            return [(one.id, one.why) for one in lookalikes(session, probe, shop.context())]

        assert why(Probe("别人", (normalise("13805715678"),))) == [(a, Alike.PHONE)]
        assert why(Probe("张伟", birthday=DAY)) == [(a, Alike.NAME_AND_BIRTHDAY)]
        assert why(Probe("张伟", address="文三路99号")) == [(a, Alike.NAME_AND_ADDRESS)]
        assert why(Probe("章伟", birthday=DAY)) == [(a, Alike.SOUND_AND_BIRTHDAY)]
        assert why(Probe("章伟")) == []
        assert why(Probe("%_'\"\\")) == []
