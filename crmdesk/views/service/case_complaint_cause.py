"""The field that takes a cause of the store's tree by typing any part of it."""

from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import RootCause
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.views.support.fields import LineField

Chosen = tuple[RootCause, str]


class CauseField(LineField):
    """Category and cause in one line: 产品质量 › 掉色; a category alone will do."""

    def __init__(self, known: ComplaintCase) -> None:
        """Offer every cause that is not retired, and the one that was chosen before."""
        super().__init__(gettext("&Root cause"), required=True, example=gettext("type a part of it"))
        book = known.causes
        self._paths: dict[str, Chosen] = {}
        for category in RootCause:
            self._paths[book.category_name(category)] = (category, "")
            for cause in book.below(category):
                self._paths[book.path(category, cause.code)] = (category, cause.code)
        if known.root_cause is not None:
            self._paths[book.path(known.root_cause, known.cause_code)] = (known.root_cause, known.cause_code)
        self.suggest(list(self._paths))

    def chosen(self) -> Chosen | None:
        """Give category and code: what is named whole, else the only one that holds what was typed."""
        typed = self.typed().casefold()
        if not typed:
            return None
        fitting = [path for path in self._paths if typed in path.casefold()]
        whole = [path for path in fitting if path.casefold() == typed]
        if whole or len(fitting) == 1:
            return self._paths[(whole or fitting)[0]]
        return None

    @override
    def problem(self) -> str:
        if self.typed() and self.chosen() is None:
            return gettext("Please choose one from the list.")
        return ""

    @override
    def _left(self) -> None:
        chosen = self.chosen()
        path = next((words for words, one in self._paths.items() if one == chosen), "")
        if path and path != self.line.text():
            self.line.setText(path)
        super()._left()
