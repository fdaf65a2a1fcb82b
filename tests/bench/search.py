"""The search box over the bench store, kind of query by kind of query."""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.roles import RIGHTS, Role
from crmdesk.core.search_text import analyse, index_words
from crmdesk.db.engine import Database
from crmdesk.db.name_readings import name_readings
from crmdesk.migrations.schema import metadata
from crmdesk.queries.find import LIMIT, find
from crmdesk.queries.find_people import find_people
from tests.bench.keyed import KEY, keyed
from tests.bench.row import BenchRow, Ctx, Timing, once, timing
from tests.bench.store_rows import FIRST_STAFF, FIRST_STORE, LAST_DAY, STORES

SAMPLES = 40
SLOW_SAMPLES = 4
RAW_KEYS = "SELECT rowid FROM member_search WHERE member_search MATCH ? ORDER BY rowid DESC LIMIT 50"
RAW_ROWS = (
    f"SELECT m.id, m.name, m.number, m.tier, p.digits FROM ({RAW_KEYS}) h JOIN member m ON m.id = h.rowid "  # noqa: S608
    "LEFT JOIN member_phone p ON p.member_id = m.id"
)
# A name that more than fifty bear, or longer names hold: those that are just this name, older than the fifty.
RAW_NAMES = (
    "SELECT m.id, m.name, m.number, m.tier, p.digits FROM (SELECT id FROM member WHERE store_id IN (SELECT id FROM "
    "store) AND name = ? AND id < ? ORDER BY id DESC LIMIT 50) h JOIN member m ON m.id = h.id "
    "LEFT JOIN member_phone p ON p.member_id = m.id"
)
# What a program without an index of words asks: the same first fifty, by the sign for "anything around it".
LIKE = (
    "SELECT m.id, m.name, m.number, m.tier FROM member m WHERE m.name LIKE ?1 OR m.number LIKE ?1 OR m.id IN "
    "(SELECT p.member_id FROM member_phone p WHERE p.digits LIKE ?1) OR m.id IN "
    "(SELECT c.member_id FROM card c WHERE c.number LIKE ?1) ORDER BY m.id DESC LIMIT 50"
)
NAMES = ("two characters", "whole name", "nobody")
AFTER_ALL = 2**63 - 1
ROUNDS = 7
Ask = Callable[[str], object]
REACH = "≤ 3 × raw index, ≥ 30 × faster than LIKE"


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    digits: str
    sound: tuple[str, ...]


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give a row for each kind of query on the plain and on the encrypted file, the whole answer, and the size."""
    path = ctx.store()
    metadata()
    people = _people(path)
    yield from _all_kinds(path, None, "search", people)
    yield from _all_kinds(keyed(path), KEY, "search, encrypted file", people)
    with _opened(path, None) as (session, raw):
        yield from _whole(session, people)
        yield _size(raw, ctx)


def _all_kinds(path: Path, key: str | None, what: str, people: "list[_Person]") -> Iterator[BenchRow]:
    with _opened(path, key) as (session, raw):
        for kind, typed in _kinds(people).items():
            yield _row(session, raw, f"{what}: {kind}", typed)


@contextmanager
def _opened(path: Path, key: str | None) -> Iterator[tuple[Session, Any]]:
    """Open the file as the program does, and by the bare driver."""
    database = Database.open(path, key)
    raw = sqlcipher.connect(str(path))
    if key is not None:
        raw.execute(f"PRAGMA key = '{key}'")
    with database.reading() as session:
        yield session, raw
    raw.close()
    database.dispose()


def _people(path: Path) -> list[_Person]:
    raw = sqlcipher.connect(str(path))
    last = raw.execute("SELECT max(id) FROM member").fetchone()[0]
    source, people = random.Random(3), []
    first = raw.execute("SELECT min(id) FROM member").fetchone()[0]
    for _ in range(SAMPLES):
        near = source.randrange(first, last)
        found = raw.execute(
            "SELECT m.name, p.digits FROM member m JOIN member_phone p ON p.member_id = m.id WHERE m.id >= ? LIMIT 1",
            (near,),
        ).fetchone()
        sound = tuple(choices[0] for choices in name_readings(found[0]))
        people.append(_Person(found[0], found[1], sound))
    raw.close()
    return people


def _kinds(people: list[_Person]) -> dict[str, list[str]]:
    return {
        "one character": [person.name[-1] for person in people],
        "two characters": [person.name[-2:] for person in people],
        "whole name": [person.name for person in people],
        "full pinyin": ["".join(person.sound) for person in people],
        "pinyin, half typed": ["".join(person.sound)[:-2] for person in people],
        "pinyin with blanks": [" ".join(person.sound) for person in people],
        "first letter": [person.sound[0][0] for person in people],
        "initials": ["".join(part[0] for part in person.sound) for person in people],
        "last four digits": [person.digits[-4:] for person in people],
        "two digits": [person.digits[5:7] for person in people],
        "three digits": [person.digits[:3] for person in people],
        "middle digits": [person.digits[2:8] for person in people],
        "whole phone": [person.digits for person in people],
        "surname and tail": [f"{person.name[0]} {person.digits[-4:]}" for person in people],
        "nobody": [person.name + "龘" for person in people],
    }


def _row(session: Session, raw: Any, work: str, typed: list[str]) -> BenchRow:  # noqa: ANN401 - a driver's connection
    asks: dict[str, Ask] = {
        "ours": lambda text: find_people(session, analyse(text), {}, LIMIT),
        "raw index, keys only": lambda text: raw.execute(RAW_KEYS, (_match(text),)).fetchall(),
        "raw index, same rows": lambda text: raw.execute(RAW_ROWS, (_match(text),)).fetchall(),
    }
    if work.rsplit(": ", 1)[1] in NAMES:
        asks["raw index and the name itself, same hits"] = lambda text: _same_hits(raw, text)
    times = _in_turn(typed, asks)
    against = {name: timing(some).median for name, some in times.items() if name != "ours"}
    like = [once(partial(_like, raw, text)) for text in typed[:SLOW_SAMPLES]]
    against["LIKE over name, number, phone, card"] = timing(like).median
    return BenchRow(work, timing(times["ours"]), against, reach=REACH, note=f"such as {typed[0]}")


def _like(raw: Any, text: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a driver's connection
    rows: list[tuple[Any, ...]] = raw.execute(LIKE, (f"%{text}%",)).fetchall()
    return rows


def _in_turn(typed: list[str], asks: dict[str, Ask]) -> dict[str, list[float]]:
    """Give the quickest of some rounds for each text; all ask in turn, so that other work hinders all alike."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for text in typed:
        rounds = [{name: once(partial(ask, text)) for name, ask in asks.items()} for _ in range(ROUNDS)]
        for name, kept in times.items():
            kept.append(min(one[name] for one in rounds[1:]))
    return times


def _each(typed: Iterable[str], ask: Ask) -> list[float]:
    times = []
    for text in typed:
        ask(text)
        times.append(min(once(partial(ask, text)) for _ in range(3)))
    return times


def _match(text: str) -> str:
    return " ".join(f'"{word.text}"' + "*" * word.beginning for word in index_words(analyse(text)))


def _same_hits(raw: Any, text: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a driver's connection
    rows: list[tuple[Any, ...]] = raw.execute(RAW_ROWS, (_match(text),)).fetchall()
    if 0 < len(rows) < LIMIT:
        return rows
    oldest = min((row[0] for row in rows), default=AFTER_ALL)
    return rows + list(raw.execute(RAW_NAMES, (text, oldest)).fetchall())


def _whole(session: Session, people: list[_Person]) -> Iterator[BenchRow]:
    context = bench_context()
    for what, typed in {
        "by name": [person.name for person in people],
        "by tail": [person.digits[-4:] for person in people],
        "by one letter": [person.sound[0][0] for person in people],
    }.items():
        times = _each(typed, lambda text: find(session, text, context))
        yield BenchRow(f"search, all groups: {what}", timing(times), reach="p95 ≤ 50 ms from key press to paint")


def bench_context(role: Role = Role.CLERK) -> Context:
    """Give the surroundings of somebody of the bench store."""
    actor = Actor(FIRST_STAFF, "店员0", role, RIGHTS[role])
    return Context(FixedClock(datetime.combine(LAST_DAY, time(2), UTC)), actor, StoreRef(FIRST_STORE, *STORES[0]))


def _size(raw: Any, ctx: Ctx) -> BenchRow:  # noqa: ANN401 - a driver's connection
    size = raw.execute("SELECT sum(length(block)) FROM member_search_data").fetchone()[0] / 1e6
    note = f"{size * 1e6 / ctx.members:.0f} bytes a member"
    return BenchRow("search: size of the index", Timing(size, size), note=note, unit="MB")
