"""Trying a watched folder: is it there, what lies in it, does the newest file fit the source."""

from pathlib import Path

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.progress import Progress
from crmdesk.queries.import_sources import SourceRow
from crmdesk.services.imports_watch import examine, look


def try_folder(source: SourceRow, _progress: Progress) -> tuple[int, str, str]:
    """Look into the folder of a source and open its newest file; nothing is imported.

    Returns:
        How many tables lie there, the newest one's name, and why it does not go (empty when it does).

    Raises:
        EnvironmentTroubleError: the folder is not there.
    """
    found = look(Path(source.folder))
    if not found:
        return 0, "", ""
    newest = max(found, key=lambda path: found[path].changed)
    opened = examine([newest], source, ())
    return len(found), newest.name, opened[0].reason if opened else gettext("It could not be read.")


def tested_words(count: int, newest: str, reason: str) -> str:
    """Give what a test found, in words."""
    if not count:
        return gettext("The folder is there; no table lies in it yet.")
    words = ngettext("{count} table lies there.", "{count} tables lie there.", count).format(count=count)
    if reason:
        return words + "\n" + gettext("The newest, “{name}”, does not go: {reason}").format(name=newest, reason=reason)
    return words + "\n" + gettext("The newest, “{name}”, fits the source.").format(name=newest)
