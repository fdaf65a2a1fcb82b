"""Both keepers of the index give the same answers, and readings of names are those of names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crmdesk.core.search_text import analyse, index_words
from crmdesk.db.engine import Database
from crmdesk.db.name_readings import name_readings
from crmdesk.db.search import FtsIndex, MemberIndex, WordTableIndex, count_up_to
from crmdesk.services.search_index import words_of
from tests.bench.people import names, phones

PEOPLE = 400
INDEXES: list[MemberIndex] = [FtsIndex(), WordTableIndex()]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database.open(tmp_path / "index.db")
    with database.transaction() as session:
        for index in INDEXES:
            index.create(session.connection())
            people = zip(names(11, PEOPLE), phones(11, PEOPLE), strict=True)
            index.put(session, [(key, words_of(name, [phone])) for key, (name, phone) in enumerate(people, 1)])
        yield session
    database.dispose()


def _keys(session: Session, index: MemberIndex, typed: str) -> list[int]:
    asked = index.keys(index_words(analyse(typed)))
    return list(session.execute(asked.statement, asked.parameters).scalars())


def test_both_keepers_answer_alike(session: Session) -> None:
    fts, table = INDEXES
    for name, phone in zip(names(11, 60), phones(11, 60), strict=True):
        sound = "".join(choices[0] for choices in name_readings(name))
        for typed in (name, name[-1], sound, sound[:5], f"{name[0]} {phone[-4:]}", phone, phone[3:8], phone[:3], "x%"):
            found = _keys(session, fts, typed)
            assert found == _keys(session, table, typed)
            assert found == sorted(found, reverse=True)


def test_putting_again_replaces_and_removing_forgets(session: Session) -> None:
    for index in INDEXES:
        index.put(session, [(1, words_of("欧阳新名", ["13900000000"]))])
        assert _keys(session, index, "欧阳新名") == [1]
        assert 1 not in _keys(session, index, next(iter(names(11, 1)))) or next(iter(names(11, 1))) == "欧阳新名"
        index.remove(session, [1])
        assert _keys(session, index, "欧阳新名") == []
        index.compact(session)
        assert _keys(session, index, "欧阳新名") == []
        index.clear(session)
        assert _keys(session, index, "1") == []


def test_counting_stops_where_told(session: Session) -> None:
    words = index_words(analyse("1"))
    assert count_up_to(session, index_words(analyse("13")), 5) == 5
    assert count_up_to(session, words, 1000) == len(_keys(session, INDEXES[0], "1"))


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("单田芳", "shan tian fang"),
        ("仇英", "qiu ying"),
        ("曾国藩", "zeng guo fan"),
        ("解缙", "xie jin"),
        ("查良镛", "zha liang yong"),
        ("尉迟恭", "yu chi gong"),
        ("朴树", "piao shu"),
        ("区永权", "ou yong quan"),
        ("万俟洛", "mo qi luo"),
        ("长孙明", "zhang sun ming"),
        ("令狐冲", "ling hu chong"),
        ("任盈盈", "ren ying ying"),
        ("華佗", "hua tuo"),
        ("呂布", "lv bu"),
    ],
)
def test_surnames_sound_as_surnames(name: str, readings: str) -> None:
    assert [choices[0] for choices in name_readings(name)] == readings.split()


def test_a_surname_is_first_read_as_a_surname_then_as_usual() -> None:
    assert name_readings("单雄信")[0] == ("shan", "dan")
    assert name_readings("尉迟恭")[0] == ("yu", "wei")
    assert name_readings("王陈")[0] == ("wang",), "rare readings of a surname would only be in the way"
    assert set(name_readings("覃琴")[0]) == {"qin", "tan"}
    assert name_readings("敦")[0][:2] == ("dun", "dui"), "what is no surname has all its readings"
    assert set(name_readings("王重阳")[1]) >= {"zhong", "chong"}
    assert name_readings("O'Neil") == []
