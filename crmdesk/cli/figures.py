"""``figures``: the figures of the twelve months up to a day, and recency, frequency and money of every member."""

import argparse
import csv
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, Value, answer, command, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.queries.rfm import RfmRow

_RFM = ("number", "recency", "frequency", "monetary")


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    made = command(subparsers, "figures", "the figures of the twelve months up to a day", figures)
    made.add_argument("table", nargs="?", choices=["rfm"], help="rfm: recency, frequency, money of every member")
    made.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="2026-11-21; today without it")
    made.add_argument("--csv", action="store_true", help="write the table as CSV")


def figures(options: argparse.Namespace) -> int:
    """Give the figures, or a line per member: days, purchase days − 1, mean net amount of a receipt in yuan."""
    if options.csv and options.table is None:
        complain("--csv writes a table: figures rfm --csv")
        return Exit.USAGE
    from crmdesk.cli.store import opened_store
    from crmdesk.queries.figures import figures as ask
    from crmdesk.queries.rfm import rfm_rows

    with opened_store(options) as store, store.database.reading() as session:
        as_of = options.as_of or store.context.today()
        if options.table == "rfm":
            _write_rfm(options, rfm_rows(session, as_of, store.context))
            return Exit.OK
        found = ask(session, as_of, store.context)
    value = {name: _plain(content) for name, content in asdict(found).items()}
    answer(options, value, [f"{name}: {_words(content)}" for name, content in _flat(value)])
    return Exit.OK


def _write_rfm(options: argparse.Namespace, rows: "Iterator[RfmRow]") -> None:
    if options.json:
        lines = [(row.number, row.recency_days, row.frequency, _yuan(row)) for row in rows]
        answer(options, [dict(zip(_RFM, (*line[:3], float(line[3])), strict=True)) for line in lines], ())
        return
    writer = csv.writer(sys.stdout, delimiter="," if options.csv else "\t", lineterminator="\n")
    writer.writerow(_RFM)
    writer.writerows((row.number, row.recency_days, row.frequency, _yuan(row)) for row in rows)


def _yuan(row: "RfmRow") -> str:
    """Give the mean in yuan with two places, half a fen away from zero."""
    from crmdesk.core.figures import mean_fen
    from crmdesk.core.money import Money

    return f"{Money(mean_fen(row.net_fen, row.tickets) or 0).as_yuan():.2f}"


def _plain(value: object) -> Value:
    if isinstance(value, dict):
        return {str(name): _plain(content) for name, content in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float)) or value is None else str(value)


def _flat(value: Value, prefix: str = "") -> "Iterator[tuple[str, Value]]":
    if not isinstance(value, dict):
        yield prefix, value
        return
    for name, content in value.items():
        yield from _flat(content, f"{prefix}.{name}" if prefix else name)


def _words(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return "–" if value is None else str(value)
