"""Both files of the copy of somebody's data, beside each other in a folder."""

from collections.abc import Sequence
from pathlib import Path

from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.paper_facts.person import PersonFileFacts
from crmdesk.core.workbook_facts import TableFacts
from crmdesk.documents.pdf import person_file
from crmdesk.documents.sheets.output import opened
from crmdesk.documents.sheets.person import write_person_file

_NAME = mark("Copy of personal data {number}")


def write_both(folder: Path, sheets: Sequence[TableFacts], letter: PersonFileFacts, language: str) -> list[Path]:
    """Write workbook and letter; gives their paths.

    Raises:
        EnvironmentTroubleError: a file could not be written; what was there before is untouched.
    """
    name = gettext_in(language, _NAME).format(number=letter.number)
    workbook, paper = folder / f"{name}.xlsx", folder / f"{name}.pdf"
    write_person_file(workbook, sheets)
    content = person_file.render(letter, language)
    with opened(paper) as output:
        output.file.write(content)
    return [workbook, paper]
