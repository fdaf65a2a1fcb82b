"""The search index of members: the one place that knows how a database keeps and finds words.

A row is a member's key with the words of `crmdesk.core.search_text`. SQLite keeps them in a contentless FTS5
table (no copy of names or phones lies in it) without positions: each query is a lookup of whole words, read from the
newest key down, and stops after as many as are wanted. Other databases keep the same words in a plain table.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

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
_AFTER_ALL_LETTERS: Final = "\U0010ffff"

Words = Iterable[str]
Entry = tuple[int, Words]


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

    def keys(self, words: Sequence[IndexWord]) -> Select[int]:
        """Give the keys (column ``id``) of members that have all the words, newest first; add a limit before use."""


class FtsIndex:
    """The index in a contentless FTS5 table of SQLite."""

    _put = text(f"INSERT OR REPLACE INTO {TABLE}(rowid, words) VALUES (:id, :words)")  # noqa: S608 - a constant name
    _remove = text(f"DELETE FROM {TABLE} WHERE rowid = :id")  # noqa: S608 - a constant name
    _table = table(TABLE, column("rowid", BigInteger), column(TABLE, String))

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

    def keys(self, words: Sequence[IndexWord]) -> Select[int]:
        """Give the keys of members that have all the words, newest first."""
        # Quoted and doubled: no sign in a word is taken as a sign of the query language.
        quoted = " ".join(_quoted(word) for word in words)
        key: Column[int] = self._table.c.rowid  # type: ignore[assignment]
        return (
            select(key.label("id"))
            .where(self._table.c[TABLE].op("MATCH")(bindparam("words", quoted, unique=True)))
            .order_by(key.desc())
        )

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

    def keys(self, words: Sequence[IndexWord]) -> Select[int]:
        """Give the keys of members that have all the words, newest first."""
        first, *others = [self._having(word) for word in words]
        sub = first.subquery()
        asked = select(sub.c.member_id.label("id")).order_by(sub.c.member_id.desc())
        for other in others:
            asked = asked.where(sub.c.member_id.in_(other))
        return asked

    def _having(self, word: IndexWord) -> Select[int]:
        asked = select(self.words.c.member_id).distinct()
        if not word.beginning:
            return asked.where(self.words.c.word == word.text)
        return asked.where(self.words.c.word.between(word.text, word.text + _AFTER_ALL_LETTERS))


def member_index(session_or_connection: Session | Connection) -> MemberIndex:
    """Give the index that the database of a session or connection keeps."""
    bind = session_or_connection.get_bind() if isinstance(session_or_connection, Session) else session_or_connection
    return _FTS if bind.dialect.name == "sqlite" else _WORD_TABLE


def count_up_to(session: Session, words: Sequence[IndexWord], most: int) -> int:
    """Count the members that have all the words, no further than ``most``: counting everybody takes time."""
    some = member_index(session).keys(words).order_by(None).limit(most).subquery()
    return int(session.execute(select(func.count(literal_column("1"))).select_from(some)).scalar_one())


def _quoted(word: IndexWord) -> str:
    safe = word.text.replace('"', '""').replace("\0", "")
    return f'"{safe}"*' if word.beginning else f'"{safe}"'


_FTS: Final = FtsIndex()
_WORD_TABLE: Final = WordTableIndex()
