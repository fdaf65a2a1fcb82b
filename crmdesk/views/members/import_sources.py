"""Sources of files on the import page: recognised, chosen, kept under a name."""

from dataclasses import replace
from typing import TYPE_CHECKING

from crmdesk.core.i18n import gettext
from crmdesk.exchange.policy import Policy
from crmdesk.queries.import_sources import SourceRow
from crmdesk.views.members.import_presenter import by_source
from crmdesk.views.support.prompts import ask_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crmdesk.views.members.import_columns import ColumnsStep
    from crmdesk.views.members.import_page import ImportPage
    from crmdesk.views.members.import_presenter import ImportPresenter


class Sources:
    """Does what the bar above the columns asks for."""

    def __init__(self, page: "ImportPage", window: "QWidget", presenter: "ImportPresenter") -> None:
        """Keep the page, and the widget over which it asks."""
        self._page = page
        self._window = window
        self._presenter = presenter

    def connect(self, columns: "ColumnsStep") -> None:
        """Listen to the columns step."""
        columns.policy_changed.connect(self._take_policy)
        columns.source_chosen.connect(self._take_source)
        columns.bar.keep_wanted.connect(self._ask_name)

    def _take_policy(self, policy: Policy) -> None:
        opened = self._page.opened
        if opened is not None:
            self._page.show_file(replace(opened, file=opened.file.under(policy)), anew=False)

    def _take_source(self, source: SourceRow) -> None:
        opened = self._page.opened
        if opened is not None:
            self._page.show_file(replace(opened, file=by_source(opened.file, source), source=source))

    def _ask_name(self) -> None:
        opened = self._page.opened
        if opened is None:
            return
        named = opened.source.name if opened.source is not None else ""
        ask_line(
            self._window,
            gettext("Keep these columns as a source"),
            gettext("Name of the source, for example the till"),
            gettext("Keep"),
            self._keep,
            text=named,
        )

    def _keep(self, name: str) -> None:
        opened = self._page.opened
        if opened is None:
            return
        file = opened.file

        def kept(source_id: int) -> None:
            self._page.show_file(replace(opened, file=replace(file, source_id=source_id)), anew=False)
            words = gettext("Files with these columns are recognised as “{name}” from now on.")
            self._page.desk.toasts.show(words.format(name=name), ())

        self._presenter.keep_source(name, file, kept)
