"""The search index of members: the one place that knows how a database keeps and finds words.

A row is a member's key with the words of `crmdesk.core.search_text`. SQLite keeps them in a contentless FTS5
table (no copy of names or phones lies in it) without positions: each query is a lookup of whole words, read from the
newest key down, and stops after as many as are wanted. Other databases keep the same words in a plain table.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from crmdesk.core.search_text import IndexWord

TABLE: Final = "member_search"
WORD_TABLE: Final = "member_search_word"
_WORD_LONGEST: Final = 40
_PAGES: Final = 200  # merged at once: some milliseconds of holding the lock
_AFTER_ALL_LETTERS: Final = "\U0010ffff"

Words = Iterable[str]
Entry = tuple[int, Words]


class Asked(NamedTuple):
    """A statement for keys (column ``id``), the same object for the same kind of question, and its parameters."""

    statement: Select[int]
    parameters: dict[str, str | int]


class MemberIndex(Protocol):
    """What the program needs of an index of members, whatever keeps it."""

    def create(self, connection: Connection) -> None:
        """Make the empty index; called by the migration."""

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Keep the words of members, in place of those kept before."""

    def remove(self, session: Session, member_ids: Sequence[int]) -> None:
        """Forget members."""

    def clear(self, session: Session) -> None:
        """Forget everybody; used before a rebuild."""

    def compact(self, session: Session) -> None:
        """Drop what is left of forgotten members from the file, and make reading as quick as it can be."""

    def compact_some(self, session: Session, *, first: bool) -> bool:
        """Do a piece of `compact` that takes a moment; tell whether something is left to do.

        Args:
            session: one short transaction of many.
            first: the first piece, which says how far to go.
        """

    def count(self, session: Session) -> int:
        """Count the members that are kept."""

    def kept(self, session: Session, low: int, high: int) -> set[int]:
        """Give the kept keys from ``low`` up to, not including, ``high``."""

    def has(self, session: Session, key: int, words: Collection[str]) -> bool:
        """Tell whether all the words are kept for a key."""

    def keys(self, words: Sequence[IndexWord], before: int | None = None) -> Asked:
        """Give a statement for the keys of members that have all the words, newest first; add a limit before use.

        Args:
            words: what is looked up.
            before: only keys below this one; those above were given already.
        """


class FtsIndex:
    """The index in a contentless FTS5 table of SQLite."""

    _put = text(f"INSERT OR REPLACE INTO {TABLE}(rowid, words) VALUES (:id, :words)")  # noqa: S608 - a constant name
    _remove = text(f"DELETE FROM {TABLE} WHERE rowid = :id")  # noqa: S608 - a constant name
    _table = table(TABLE, column("rowid", BigInteger), column(TABLE, String))
    # The sizes are the one table of the index that has a row for each key, and a small one.
    _sizes = table(f"{TABLE}_docsize", column("id", BigInteger))
    _piece = text(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('merge', :pages)")  # noqa: S608 - a constant name
    _changes = text("SELECT total_changes()")
    # Built once: building a statement takes longer than the database needs for it.
    _keys = (
        select(_table.c.rowid.label("id"))
        .where(_table.c[TABLE].op("MATCH")(bindparam("words", type_=String)))
        .order_by(_table.c.rowid.desc())
    )
    _older = _keys.where(_table.c.rowid < bindparam("before", type_=BigInteger))

    def create(self, connection: Connection) -> None:
        """Make the virtual table; words come cut and folded, so the tokenizer only has to split at blanks."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
            "words, content='', contentless_delete=1, detail=none, tokenize='ascii')"
        )

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Keep the words of members, in place of those kept before."""
        if entries:
            rows = [{"id": key, "words": " ".join(words)} for key, words in entries]
            session.connection().execute(self._put, rows)

    def remove(self, session: Session, member_ids: Sequence[int]) -> None:
        """Forget members."""
        if member_ids:
            session.connection().execute(self._remove, [{"id": key} for key in member_ids])

    def clear(self, session: Session) -> None:
        """Forget everybody."""
        self._command(session, "delete-all")

    def compact(self, session: Session) -> None:
        """Merge the index into one piece; words of forgotten members leave the file with it."""
        self._command(session, "optimize")

    def compact_some(self, session: Session, *, first: bool) -> bool:
        """Merge some pages; below none the whole index is set out to become one piece."""
        connection = session.connection()
        before = connection.execute(self._changes).scalar_one()
        connection.execute(self._piece, {"pages": -_PAGES if first else _PAGES})
        # The command itself counts as one change.
        return int(connection.execute(self._changes).scalar_one()) - int(before) > 1

    def count(self, session: Session) -> int:
        """Count the members that are kept; marks have keys below nought."""
        ids = self._sizes.c.id
        return int(session.connection().execute(select(func.count()).where(ids > 0)).scalar_one())

    def kept(self, session: Session, low: int, high: int) -> set[int]:
        """Give the kept keys from ``low`` up to, not including, ``high``."""
        ids = self._sizes.c.id
        return set(session.connection().execute(select(ids).where(ids >= low, ids < high)).scalars())

    def has(self, session: Session, key: int, words: Collection[str]) -> bool:
        """Tell whether all the words are kept for a key."""
        asked = " ".join([_quoted(IndexWord(word)) for word in words])
        one = self._keys.where(self._table.c.rowid == bindparam("key", type_=BigInteger))
        return session.connection().execute(one, {"words": asked, "key": key}).first() is not None

    def keys(self, words: Sequence[IndexWord], before: int | None = None) -> Asked:
        """Give a statement for the keys of members that have all the words, newest first."""
        # Quoted and doubled: no sign in a word is taken as a sign of the query language.
        asked: dict[str, str | int] = {"words": " ".join([_quoted(word) for word in words])}
        return Asked(self._keys, asked) if before is None else Asked(self._older, {**asked, "before": before})

    def _command(self, session: Session, word: str) -> None:
        session.connection().execute(text(f"INSERT INTO {TABLE}({TABLE}) VALUES (:word)"), {"word": word})  # noqa: S608


class WordTableIndex:
    """The index as plain rows of word and key, for databases without FTS5."""

    words = Table(
        WORD_TABLE,
        MetaData(),
        Column("word", String(_WORD_LONGEST), primary_key=True),
        Column("member_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    )

    def create(self, connection: Connection) -> None:
        """Make the table."""
        self.words.create(connection)

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Keep the words of members, in place of those kept before."""
        self.remove(session, [key for key, _ in entries])
        rows = [{"word": word, "member_id": key} for key, words in entries for word in set(words)]
        if rows:
            session.connection().execute(insert(self.words), rows)

    def remove(self, session: Session, member_ids: Sequence[int]) -> None:
        """Forget members."""
        session.connection().execute(delete(self.words).where(self.words.c.member_id.in_(member_ids)))

    def clear(self, session: Session) -> None:
        """Forget everybody."""
        session.connection().execute(delete(self.words))

    def compact(self, session: Session) -> None:
        """Do nothing: removed rows are gone."""

    def compact_some(self, session: Session, *, first: bool) -> bool:
        """Do nothing: removed rows are gone."""
        del session, first
        return False

    def count(self, session: Session) -> int:
        """Count the members that are kept."""
        keys = select(self.words.c.member_id).where(self.words.c.member_id > 0).distinct().subquery()
        return int(session.connection().execute(select(func.count()).select_from(keys)).scalar_one())

    def kept(self, session: Session, low: int, high: int) -> set[int]:
        """Give the kept keys from ``low`` up to, not including, ``high``."""
        ids = self.words.c.member_id
        return set(session.connection().execute(select(ids).distinct().where(ids >= low, ids < high)).scalars())

    def has(self, session: Session, key: int, words: Collection[str]) -> bool:
        """Tell whether all the words are kept for a key."""
        of_key = select(func.count()).where(self.words.c.member_id == key, self.words.c.word.in_(words))
        return int(session.connection().execute(of_key).scalar_one()) == len(set(words))

    def keys(self, words: Sequence[IndexWord], before: int | None = None) -> Asked:
        """Give a statement for the keys of members that have all the words, newest first."""
        places: dict[str, str | int] = {f"word{place}": word.text for place, word in enumerate(words)}
        ends = {f"end{place}": word.text + _AFTER_ALL_LETTERS for place, word in enumerate(words) if word.beginning}
        statement = _of_words(tuple(word.beginning for word in words), older=before is not None)
        return Asked(statement, places | ends | ({} if before is None else {"before": before}))


@lru_cache(maxsize=64)
def _of_words(beginnings: tuple[bool, ...], *, older: bool) -> Select[int]:
    key = WordTableIndex.words.c.member_id
    having = [_having(place, beginning=beginning) for place, beginning in enumerate(beginnings)]
    first = having[0].subquery()
    asked = select(first.c.member_id.label("id")).order_by(first.c.member_id.desc())
    if older:
        asked = asked.where(first.c.member_id < bindparam("before", type_=BigInteger))
    return asked.where(*(first.c[key.name].in_(other) for other in having[1:]))


def _having(place: int, *, beginning: bool) -> Select[int]:
    words = WordTableIndex.words.c
    asked = select(words.member_id).distinct()
    if not beginning:
        return asked.where(words.word == bindparam(f"word{place}", type_=String))
    return asked.where(
        words.word.between(bindparam(f"word{place}", type_=String), bindparam(f"end{place}", type_=String))
    )


def member_index(session_or_connection: Session | Connection) -> MemberIndex:
    """Give the index that the database of a session or connection keeps."""
    bind = session_or_connection.get_bind() if isinstance(session_or_connection, Session) else session_or_connection
    return _FTS if bind.dialect.name == "sqlite" else _WORD_TABLE


def count_up_to(session: Session, words: Sequence[IndexWord], most: int) -> int:
    """Count the members that have all the words, no further than ``most``: counting everybody takes time."""
    asked = member_index(session).keys(words)
    some = asked.statement.order_by(None).limit(most).subquery()
    counted = select(func.count(literal_column("1"))).select_from(some)
    return int(session.execute(counted, asked.parameters).scalar_one())


def _quoted(word: IndexWord) -> str:
    safe = word.text.replace('"', '""').replace("\0", "")
    return f'"{safe}"*' if word.beginning else f'"{safe}"'


_FTS: Final = FtsIndex()
_WORD_TABLE: Final = WordTableIndex()
