"""The search index looks after itself: what is wrong is seen, and it is made anew while clerks save and search."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from crmdesk.core.members import MemberState
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.db.search import member_index
from crmdesk.models.member import Member
from crmdesk.queries.find import find
from crmdesk.services import search_index, search_rebuild
from crmdesk.services.members import EditMember, MemberFacts, edit, register
from crmdesk.services.search_rebuild import begin, compacting, rebuild_some, rebuilding
from crmdesk.services.search_state import IndexHealth, IndexState, findings, index_state
from crmdesk.services.unit import Write, perform
from tests.bench.people import names, phones
from tests.builders.shop import Shop, open_shop

PEOPLE = 300


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(search_rebuild, "BATCH", 20)
    shop = open_shop(tmp_path)
    yield shop
    shop.close()


def _fill(shop: Shop, count: int = PEOPLE) -> None:
    def write(session: Session) -> None:
        for name, digits in zip(names(5, count), phones(5, count), strict=True):
            register(session, MemberFacts(name, (normalise(digits),), share_phones=True), shop.context())

    with shop.database.transaction() as session:
        write(session)


def _state(shop: Shop) -> IndexState:
    with shop.reading() as session:
        return index_state(session)


def _names(shop: Shop, typed: str) -> list[str]:
    with shop.reading() as session:
        return [hit.title for hit in find(session, typed, shop.context()).members]


def _take(shop: Shop, steps: Iterator[Write[search_rebuild.Rebuilt]], most: int = 10_000) -> int:
    taken = 0
    for step in steps:
        perform(shop.database, shop.context(), step)
        taken += 1
        if taken == most:
            break
    return taken


def _everybody_is_found(shop: Shop) -> bool:
    with shop.reading() as session:
        people = session.execute(select(Member.id, Member.name).where(Member.state == MemberState.ACTIVE)).all()
        index = member_index(session)
        entries = search_index.entries_of(session, [row.id for row in people])
        assert index.count(session) == len(entries) == len(people)
        return all(index.has(session, one.id, search_index.words_of(one.name, one.phones)) for one in entries)


def test_a_new_store_is_whole_and_stays_so(shop: Shop) -> None:
    assert _state(shop) == IndexState(IndexHealth.WHOLE, 0)
    _fill(shop, 30)
    assert _state(shop) == IndexState(IndexHealth.WHOLE, 30, 30)
    with shop.reading() as session:
        assert findings(session) == ()


def _lose(session: Session) -> None:
    search_index.forget(session, *search_index.newest_members(session, None, 7))


def _hold_the_gone(session: Session) -> None:
    member_index(session).put(session, [(99, ["王"])])


def _rename_behind_its_back(session: Session) -> None:
    newest = search_index.newest_members(session, None, 1)[0]
    session.execute(text("UPDATE member SET name = '上官改名' WHERE id = :key"), {"key": newest})


def _age(session: Session) -> None:
    member_index(session).put(session, [(-1, ["¤whole1"])])


def _break(session: Session) -> None:
    session.execute(text("DELETE FROM member_search_data WHERE id > 10"))


def _drop_all(session: Session) -> None:
    member_index(session).clear(session)


@pytest.mark.parametrize(
    ("harm", "health"),
    [
        (_lose, IndexHealth.WRONG),
        (_hold_the_gone, IndexHealth.WRONG),
        (_rename_behind_its_back, IndexHealth.WRONG),
        (_age, IndexHealth.OLD),
        (_drop_all, IndexHealth.OLD),
        (_break, IndexHealth.BROKEN),
    ],
)
def test_what_is_wrong_is_seen_and_mended(shop: Shop, harm: Callable[[Session], None], health: IndexHealth) -> None:
    _fill(shop)
    with shop.database.transaction() as session:
        harm(session)
    assert _state(shop).health is health
    with shop.reading() as session:
        assert findings(session)
    _take(shop, rebuilding(anew=True))
    assert _state(shop) == IndexState(IndexHealth.WHOLE, PEOPLE, PEOPLE)
    assert _everybody_is_found(shop)


def test_each_transaction_is_short_and_people_stay_findable(shop: Shop) -> None:
    _fill(shop)
    newest, oldest = list(names(5, PEOPLE))[-1], next(iter(names(5, PEOPLE)))
    steps = rebuilding(anew=True)
    perform(shop.database, shop.context(), next(steps))
    members = 0
    for step in steps:
        done = perform(shop.database, shop.context(), step).value
        assert done.members <= 20
        members += done.members
        assert newest in _names(shop, newest)
        assert oldest in _names(shop, oldest)
    assert members == PEOPLE


def test_ended_in_the_middle_it_is_found_and_finished(shop: Shop) -> None:
    _fill(shop)
    _take(shop, rebuilding(anew=True), most=5)
    assert _state(shop) == IndexState(IndexHealth.REBUILDING, PEOPLE, PEOPLE, left=PEOPLE - 4 * 20)
    with shop.reading() as session:
        assert findings(session) == (f"being rebuilt, {PEOPLE - 80} of {PEOPLE} members to go",)
    taken = _take(shop, rebuilding(anew=False))
    assert taken >= (PEOPLE - 80) // 20
    assert _state(shop).whole
    assert _everybody_is_found(shop)


def test_nothing_begun_is_nothing_to_go_on_with(shop: Shop) -> None:
    _fill(shop, 25)
    assert perform(shop.database, shop.context(), rebuild_some).value.finished
    assert _state(shop).whole


_KILLED = """
import sys
from pathlib import Path
from crmdesk.services import search_rebuild
from crmdesk.services.search_rebuild import rebuilding
from crmdesk.services.unit import perform
from tests.builders.shop import Shop
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
metadata()
search_rebuild.BATCH = 20
shop = Shop(Database.open(Path(sys.argv[1])))
for place, step in enumerate(rebuilding(anew=True)):
    perform(shop.database, shop.context(), step)
    print(place, flush=True)
    if place == 6:
        with shop.database.transaction() as session:
            step(session, shop.context())
            print("half", flush=True)
            sys.stdin.read()
"""


def test_killed_in_the_middle_of_a_step_the_next_start_finishes_it(shop: Shop, tmp_path: Path) -> None:
    _fill(shop)
    place = tmp_path / "crmdesk.db"
    command = [sys.executable, "-c", _KILLED, str(place)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as desk:
        assert desk.stdout is not None
        assert any("half" in line for line in desk.stdout), "it came so far"
        os.kill(desk.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    state = _state(shop)
    assert (state.health, state.left) == (IndexHealth.REBUILDING, PEOPLE - 6 * 20)
    _take(shop, rebuilding(anew=False))
    assert _state(shop).whole
    assert _everybody_is_found(shop)


def test_clerks_save_and_search_while_it_is_made_anew(shop: Shop) -> None:
    _fill(shop)
    _take(shop, iter([begin]))
    troubles: list[Exception] = []
    over = threading.Event()

    def clerk(place: int) -> None:
        try:
            _work_of_a_clerk(shop, place, over)
        except Exception as trouble:  # noqa: BLE001 - told to the test, which asserts that there is none
            troubles.append(trouble)

    clerks = [threading.Thread(target=clerk, args=(place,)) for place in range(3)]
    for one in clerks:
        one.start()
    _take(shop, rebuilding(anew=False))
    over.set()
    for one in clerks:
        one.join()
    assert troubles == []
    assert _state(shop).whole
    assert _everybody_is_found(shop)
    for place in range(3):
        assert f"店员改名{place}号0" in _names(shop, f"店员改名{place}号0")


def _work_of_a_clerk(shop: Shop, place: int, over: threading.Event) -> None:
    """Register, rename an old and a new member, search; at least three times."""
    context = shop.context(Role.CLERK, desk=f"desk-{place}")
    for turn in range(1000):
        if over.is_set() and turn >= 3:
            return
        made = shop.do(register, MemberFacts(f"店员新客{place}号{turn}"), context)
        renamed = EditMember(made.id, made.version, MemberFacts(f"店员改名{place}号{turn}"))
        shop.do(edit, renamed, context)
        _rename_an_old_one(shop, place * 30 + turn % 30)
        assert f"店员改名{place}号{turn}" in _names(shop, f"店员改名{place}号{turn}")


def _rename_an_old_one(shop: Shop, place: int) -> None:
    with shop.reading() as session:
        keys = session.execute(select(Member.id, Member.version).order_by(Member.id).offset(place).limit(1)).one()
    shop.do(edit, EditMember(keys.id, keys.version, MemberFacts(f"旧客{place}")), shop.context())


def test_a_forgotten_member_leaves_no_word_in_the_index(shop: Shop) -> None:
    _fill(shop, 40)
    made = shop.do(register, MemberFacts("欧阳绝无仅有", (normalise("13987654321"),)), shop.context())
    assert _names(shop, "6543") == ["欧阳绝无仅有"]
    with shop.database.transaction() as session:
        search_index.forget(session, made.id)
        session.execute(text("DELETE FROM member_phone WHERE member_id = :key"), {"key": made.id})
        session.execute(text("UPDATE member SET name = '', state = 'erased' WHERE id = :key"), {"key": made.id})
    assert _names(shop, "6543") == []
    assert _state(shop).whole
    steps = _take(shop, compacting())
    assert steps >= 1
    with shop.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    terms = [b"\xe7\xbb\x9d\xe6\x97\xa0", b"jueworwujin", b"8765"]
    kept = b"".join(_index_pages(shop))
    assert not [term for term in terms if term in kept]
    assert _everybody_is_found(shop)


def _index_pages(shop: Shop) -> list[bytes]:
    with shop.reading() as session:
        return list(session.execute(text("SELECT block FROM member_search_data")).scalars())


def test_put_takes_members_as_they_are_and_forgets_the_gone(shop: Shop) -> None:
    _fill(shop, 3)
    with shop.database.transaction() as session:
        keys = list(search_index.newest_members(session, None, 3))
        merged, renamed, same = (session.get_one(Member, key) for key in keys)
        merged.state = MemberState.MERGED
        renamed.name = "令狐新"
        search_index.put(session, *keys, 123456)
        same_name = same.name
    assert _names(shop, "linghuxin") == ["令狐新"]
    assert same_name in _names(shop, same_name)
    assert _state(shop) == IndexState(IndexHealth.WHOLE, 2, 2)


def test_marks_of_the_index_are_no_hits(shop: Shop) -> None:
    _fill(shop, 5)
    for typed in ("¤", "¤whole2", "whole2", "¤rebuilding2"):
        assert _names(shop, typed) == []
    with shop.reading() as session:
        assert session.execute(text("SELECT count(*) FROM member_search_docsize WHERE id < 0")).scalar_one() == 1
