"""The day's batches: head office is chased and answers one line in its workbook, a repairer's batch grows by one."""

from pathlib import Path

from openpyxl import load_workbook

from crmdesk.core.judgement_sheet import SheetColumn
from crmdesk.core.paper_facts.batch import JudgementFormFacts
from crmdesk.core.papers import GivenOut, PaperKind, PaperWay
from crmdesk.core.tickets import Liability, Remedy
from crmdesk.demo.day_desk import LISTS, DayDesk
from crmdesk.documents.pdf.papers import render
from crmdesk.documents.sheets.judgement_form import FIRST_ROW, write_judgement_form
from crmdesk.exchange.judgement_replies import read_replies
from crmdesk.queries import batches_lines, batches_papers, ticket_detail
from crmdesk.services import batches, batches_chase, batches_import
from crmdesk.services.batches_chase import WrittenForm

STEP = "4 batches"


def care_for_batches(desk: DayDesk) -> None:
    """Chase, write the form, take the filled-in one, pack one more pair of shoes, print the packing list."""
    desk.at(11, 10)
    kept = desk.year.weeks.kept
    overdue = desk.ask(batches_lines.to_chase, desk.clerk)
    # One is asked about and answered within the hour; the others are left for whoever tries the program.
    asked = (kept["waiting line"],)
    desk.do(desk.clerk, batches_chase.chase, asked, "已电话总部，答应今天回复", desk.clerk)
    number = _answer_in_workbook(desk, kept["sent batch"])
    shoes = desk.ask(ticket_detail.detail, kept["to pack"], desk.clerk).number
    desk.do(desk.clerk, batches.pack_code, kept["open batch"], shoes, desk.clerk)
    packing = desk.ask(batches_papers.packing_list, kept["open batch"], desk.clerk, desk.language)
    desk.paper(packing, PaperKind.PACKING_LIST, packing.number)
    desk.book.rows.update(judgement=1, quote=1, batch_line=1)
    desk.book.note(STEP, overdue=len(overdue), chased=len(asked), answered=number, packing=packing.number)


def _answer_in_workbook(desk: DayDesk, batch_id: int) -> str:
    """Print the judgement form and send it as a workbook; head office fills one row in. Gives the batch's number."""
    form = desk.ask(batches_papers.judgement_form, batch_id, desk.clerk, desk.language)
    desk.paper(form, PaperKind.JUDGEMENT_FORM, form.number)
    path = desk.out / LISTS / "judgement-form.xlsx"
    write_judgement_form(path, form, desk.language)
    out = GivenOut(render(form, desk.language), PaperWay.SAVED)
    desk.do(desk.clerk, batches_chase.note_form, WrittenForm(batch_id, path.name, desk.language, out), desk.clerk)
    desk.book.rows["paper"] += 1
    sheet = read_replies(_fill_in(path, form))
    taken = desk.do(desk.clerk, batches_import.take, sheet, desk.clerk)
    desk.book.check("rows of head office's workbook that were taken", 1, len(taken.good))
    return form.number


def _fill_in(path: Path, form: JudgementFormFacts) -> Path:
    """Do what head office does: answer the first row, in the words that the lists of the workbook offer."""
    book = load_workbook(path)
    words = form.choices
    answer: dict[SheetColumn, str | int] = {
        SheetColumn.REPAIRABLE: words.repairable[0],
        SheetColumn.LIABILITY: words.liability[list(Liability).index(Liability.WEAR)],
        SheetColumn.REMEDY: words.remedy[list(Remedy).index(Remedy.REPAIR_PAID)],
        SheetColumn.COST: 120,
        SheetColumn.CUSTOMER: 80,
        SheetColumn.HEAD_OFFICE: 40,
        SheetColumn.DAYS: 7,
        SheetColumn.DECIDED_BY: "吴工",
        SheetColumn.WORDS: "五金件镀层磨损，更换",
    }
    for column, value in answer.items():
        book.worksheets[0].cell(row=FIRST_ROW, column=list(SheetColumn).index(column) + 1, value=value)
    filled = path.with_name("judgement-form-filled.xlsx")
    book.save(filled)
    return filled
