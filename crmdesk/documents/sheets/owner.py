"""The owner's workbook: every sheet of it, in order, from the facts of a period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from crmdesk.core import figures
from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.workbook_facts import CellKind, OwnerWorkbookFacts
from crmdesk.core.workbook_tally import Group, Tally
from crmdesk.documents.sheets import owner_fields as fields
from crmdesk.documents.sheets import owner_group_columns as columns
from crmdesk.documents.sheets import owner_time_columns as times
from crmdesk.documents.sheets.book import Book
from crmdesk.documents.sheets.output import opened
from crmdesk.documents.sheets.owner_charts import Block, bars, pareto, two_bars
from crmdesk.documents.sheets.owner_data import DataSheet, add_data
from crmdesk.documents.sheets.owner_figures import Counted
from crmdesk.documents.sheets.owner_groups import GroupSheet, add_groups
from crmdesk.documents.sheets.owner_summary import add_definitions, add_summary

if TYPE_CHECKING:
    from crmdesk.core.workbook_facts import Cell

# Keys of the sheets in the order of their tabs; a key also begins the names that formulas use.
SHEETS: Final[dict[str, str]] = {
    "summary": mark("Summary"),
    "weeks": mark("Weeks"),
    "months": mark("Months"),
    "repairs": mark("Repairs"),
    "complaints": mark("Complaints"),
    "causes": mark("Root causes"),
    "cause_paths": mark("Causes in detail"),
    "returns": mark("Returns"),
    "loaners": mark("Loaners"),
    "loans": mark("Loans"),
    "loaner_use": mark("Loaner use"),
    "callbacks": mark("Callbacks"),
    "members": mark("Members"),
    "levels": mark("Levels"),
    "guides": mark("Guides"),
    "stores": mark("Stores"),
    "purchases": mark("Purchases"),
    "definitions": mark("Definitions"),
}
_CHART_ROWS: Final = 12
_PATH_WIDTH: Final = 30  # category and cause


def write_owner_workbook(target: Path | BinaryIO, facts: OwnerWorkbookFacts) -> Mapping[str, int]:
    """Write the owner's workbook in the present language; give the number of lines per data sheet.

    The streams of ``facts`` are read once, in the order of their fields. Every formula carries the value that the
    program computed from the same lines.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
    """
    with opened(target) as output:
        book = Book(output, _caption(facts))
        for key, title in SHEETS.items():
            book.add_sheet(key, gettext(title))
        tally = Tally(facts.first, facts.as_of, facts.stores, facts.levels)
        counts = _add_data_sheets(book, facts, tally)
        sheets = _group_sheets(facts, tally)
        for sheet in sheets.values():
            add_groups(book, sheet)
        counted = Counted(tally.all, _months_together(tally), facts.outside)
        add_summary(book, facts.business, (facts.first, facts.last, facts.as_of), counted)
        add_definitions(book, book.sheets["definitions"].title)
        _add_charts(book, sheets)
        book.write()
    return counts


def _caption(facts: OwnerWorkbookFacts) -> str:
    made = f"{local_time(facts.made_at, facts.zone):%Y-%m-%d %H:%M}"
    return gettext("{business} · {first} to {last} · made {made} {who}").format(
        business=facts.business, first=facts.first, last=facts.last, made=made, who=facts.made_by
    )


def _add_data_sheets(book: Book, facts: OwnerWorkbookFacts, tally: Tally) -> dict[str, int]:
    streams: tuple[tuple[str, Sequence[fields.Field], Iterable[Sequence[Cell]]], ...] = (
        ("repairs", fields.REPAIRS, tally.repairs(facts.repairs)),
        ("complaints", fields.COMPLAINTS, tally.complaints(facts.complaints)),
        ("returns", fields.RETURNS, tally.returns(facts.returns)),
        ("loaners", fields.LOANERS, tally.loaners(facts.loaners)),
        ("loans", fields.LOANS, tally.loans(facts.loans)),
        ("callbacks", fields.CALLBACKS, tally.callbacks(facts.callbacks)),
        ("members", fields.MEMBERS, tally.members(facts.members)),
        ("purchases", fields.PURCHASES, tally.purchases(facts.purchases)),
    )
    return {
        key: add_data(book, DataSheet(key, gettext(SHEETS[key]), shown, facts.zone, facts.words), rows)
        for key, shown, rows in streams
    }


def _group_sheets(facts: OwnerWorkbookFacts, tally: Tally) -> dict[str, GroupSheet]:
    last = min(facts.last, facts.as_of)
    words = facts.words
    text = CellKind.TEXT
    causes, paths = _most_first(tally.causes), _most_first(tally.cause_paths)
    guides = sorted(tally.guides.items(), key=lambda pair: (pair[0] == "", -pair[1].net_fen, pair[0]))
    sheets = (
        ("weeks", mark("Week from"), CellKind.DATE, times.WEEKS, times.every_week(tally.weeks, facts.first, last)),
        ("months", mark("Month"), CellKind.DATE, times.MONTHS, times.every_month(tally.months, facts.first, last)),
        ("causes", mark("Root cause"), text, columns.CAUSES, _shown(causes, fields.COMPLAINTS, "root_cause", words)),
        ("cause_paths", mark("Cause"), text, columns.CAUSE_PATHS, paths),
        (
            "loaner_use",
            mark("Category"),
            text,
            columns.CATEGORIES,
            _shown(sorted(tally.categories.items()), fields.LOANERS, "category", words),
        ),
        ("levels", mark("Level"), text, columns.LEVELS, _shown(tally.levels.items(), fields.MEMBERS, "level", words)),
        ("guides", mark("Guide"), text, columns.GUIDES, guides),
        ("stores", mark("Store"), text, columns.STORES, list(tally.stores.items())),
    )
    made = {
        key: GroupSheet(key, gettext(SHEETS[key]), key_title, kind, shown, groups, "yyyy-mm" if key == "months" else "")
        for key, key_title, kind, shown, groups in sheets
    }
    made["cause_paths"] = replace(made["cause_paths"], key_width=_PATH_WIDTH)
    return made


def _most_first(groups: Mapping[str, Group]) -> list[tuple[str, Group]]:
    return sorted(groups.items(), key=lambda pair: (-pair[1].complaints, pair[0]))


def _shown(
    groups: Iterable[tuple[str, Group]],
    shown: Sequence[fields.Field],
    name: str,
    given: Mapping[str, Mapping[str, str]],
) -> list[tuple[str, Group]]:
    """Name groups as the data sheet shows their stored values."""
    field = next(field for field in shown if field.name == name)
    words = field.words(given) or {}
    return [(words.get(value, value), group) for value, group in groups]


def _months_together(tally: Tally) -> figures.Repeat:
    repeats = [group.visits_of_month for group in tally.months.values()]
    return figures.Repeat(sum(one.buyers for one in repeats), sum(one.repeated for one in repeats))


def _add_charts(book: Book, sheets: Mapping[str, GroupSheet]) -> None:
    blocks = {key: Block(book.sheets[key], sheet.last_row) for key, sheet in sheets.items()}
    turnaround = gettext("Turnaround of repairs by week, days")
    causes = gettext("Complaints by root cause")
    use = gettext("Loaner utilisation by category")
    sales = gettext("Net sales by month, yuan")
    summary = book.sheets["summary"]
    for place, chart in enumerate(
        (
            two_bars(blocks["weeks"], (5, 4), turnaround, "0"),
            pareto(blocks["causes"], causes, "0%"),
            bars(blocks["loaner_use"], 6, use, "0%"),
            bars(blocks["months"], 5, sales, "#,##0", "yyyy-mm"),
        )
    ):
        summary.add_chart(chart, f"E{3 + place * _CHART_ROWS}")
    book.sheets["weeks"].add_chart(two_bars(blocks["weeks"], (5, 4), turnaround, "0"), "I4")
    # The chart beside the weeks is for the screen; printed, it stands on the summary.
    book.sheets["weeks"].print_area = f"A1:G{sheets['weeks'].last_row}"
    for key in ("causes", "cause_paths"):
        book.sheets[key].add_chart(pareto(blocks[key], causes, "0%"), f"A{sheets[key].last_row + 3}")
    below = f"A{sheets['loaner_use'].last_row + 3}"
    book.sheets["loaner_use"].add_chart(bars(blocks["loaner_use"], 6, use, "0%"), below)
    book.sheets["months"].add_chart(
        bars(blocks["months"], 5, sales, "#,##0", "yyyy-mm"), f"A{sheets['months'].last_row + 3}"
    )
