"""What a rescue brought, in words: rows by kind, and what could not be read."""

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.db.salvage import Salvaged

_NAMED = (
    ("member", mark("{count} members")),
    ("ticket", mark("{count} service orders")),
    ("loaner", mark("{count} loaners")),
    ("purchase", mark("{count} purchases")),
    ("callback", mark("{count} callbacks")),
)


def rescued_words(saved: Salvaged) -> str:
    """Say what was saved and what is lost."""
    rows = {one.table: one.saved for one in saved.tables}
    found = [gettext(words).format(count=f"{rows[table]:,}") for table, words in _NAMED if table in rows]
    return "\n".join([gettext("Saved: {list}.").format(list=" · ".join(found)), _lost_words(saved)])


def _lost_words(saved: Salvaged) -> str:
    if saved.complete:
        return gettext("Everything could be read.")
    places = sum(one.unreadable + one.refused for one in saved.tables) + len(saved.lost_tables)
    names = sorted({one.table for one in saved.tables if one.unreadable or one.refused} | {*saved.lost_tables})
    words = ngettext(
        "{count} place could not be read ({tables}).", "{count} places could not be read ({tables}).", places
    )
    return words.format(count=f"{places:,}", tables=", ".join(names))
