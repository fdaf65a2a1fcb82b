"""The charts of the owner's workbook, quiet and labelled, drawn from the group sheets."""

from dataclasses import dataclass
from typing import Final

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.documents.sheets.book import FIRST_ROW, HEADER_ROW
from crmdesk.documents.sheets.look import FONT, INK, LINE, PALE, QUIET, SERIES

_TITLE_SIZE: Final = 1200  # hundredths of a point
_TEXT_SIZE: Final = 900
_LINE_WIDTH: Final = 22_225  # EMU: 1.75 points
_HAIR: Final = 6_350
_GAP: Final = 60
_WIDTH: Final = 16  # cm
_HEIGHT: Final = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a group sheet that a chart is drawn from; its names are in column A."""

    sheet: Worksheet
    last_row: int

    def values(self, column: int) -> Reference:
        """Give a column's cells together with its title."""
        return Reference(self.sheet, min_col=column, min_row=HEADER_ROW, max_row=self.last_row)

    def names(self) -> Reference:
        """Give the names of the lines."""
        return Reference(self.sheet, min_col=1, min_row=FIRST_ROW, max_row=self.last_row)


def bars(block: Block, column: int, title: str, number_format: str, names_format: str = "General") -> BarChart:
    """Draw one column as bars."""
    chart = _bar_chart(block, column, title)
    _dress_axes(chart, number_format, names_format)
    return chart


def pareto(block: Block, title: str, share_format: str) -> BarChart:
    """Draw counts (column B) as bars, largest first, and their cumulative share (column D) as a line, right axis."""
    chart = _bar_chart(block, 2, title)
    _dress_axes(chart, "#,##0")
    chart.legend = None
    line = LineChart()
    line.add_data(block.values(4), titles_from_data=True)
    _dress_line(line.series[0], SERIES[1])
    line.y_axis.axId = 200
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 1
    line.y_axis.majorUnit = 0.2
    line.y_axis.crosses = "max"
    line.y_axis.majorGridlines = None
    line.y_axis.number_format = share_format
    line.y_axis.delete = False
    line.y_axis.txPr = _text(QUIET)
    line.y_axis.graphicalProperties = _no_line()
    chart += line
    chart.legend = _bottom_legend()
    return chart


def two_bars(block: Block, columns: tuple[int, int], title: str, number_format: str) -> BarChart:
    """Draw two columns over time, the second and smaller one inside the first."""
    chart = _bar_chart(block, columns[0], title)
    chart.add_data(block.values(columns[1]), titles_from_data=True)
    chart.set_categories(block.names())
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=PALE)
    chart.series[1].graphicalProperties = GraphicalProperties(solidFill=SERIES[0])
    chart.overlap = 100
    chart.gapWidth = _GAP // 2
    chart.x_axis = TextAxis(crossAx=100, tickLblSkip=max((block.last_row - FIRST_ROW) // 9, 1))
    _dress_axes(chart, number_format, "m/d")
    chart.legend = _bottom_legend()
    return chart


def _bottom_legend() -> Legend:
    legend = Legend()
    legend.position = "b"
    legend.txPr = _text(QUIET)
    return legend


def _bar_chart(block: Block, column: int, title: str) -> BarChart:
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = _GAP
    chart.add_data(block.values(column), titles_from_data=True)
    chart.set_categories(block.names())
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=SERIES[0])
    chart.legend = None
    _dress(chart, title)
    return chart


def _dress(chart: BarChart, title: str) -> None:
    chart.title = title
    heading = chart.title
    if isinstance(heading, Title) and heading.tx is not None and heading.tx.rich is not None:
        for paragraph in heading.tx.rich.p:
            paragraph.pPr = ParagraphProperties(defRPr=_characters(INK, _TITLE_SIZE, bold=True))
            for run in paragraph.r or []:
                run.rPr = _characters(INK, _TITLE_SIZE, bold=True)
        heading.overlay = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=_HAIR))
    chart.roundedCorners = False
    chart.width, chart.height = _WIDTH, _HEIGHT


def _dress_axes(chart: BarChart, number_format: str, names_format: str = "General") -> None:
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.number_format = names_format
    chart.y_axis.number_format = number_format
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill=LINE, w=_HAIR)))
    chart.y_axis.graphicalProperties = _no_line()
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=QUIET, w=_HAIR))
    chart.x_axis.txPr = chart.y_axis.txPr = _text(QUIET)
    chart.x_axis.majorTickMark = chart.y_axis.majorTickMark = None


def _dress_line(series: Series, colour: str) -> None:
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=_LINE_WIDTH))
    series.smooth = False
    series.marker = Marker(symbol="none")


def _no_line() -> GraphicalProperties:
    return GraphicalProperties(ln=LineProperties(noFill=True))


def _characters(colour: str, size: int, *, bold: bool = False) -> CharacterProperties:
    font = Font(typeface=FONT)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=font, ea=font)


def _text(colour: str) -> RichText:
    characters = _characters(colour, _TEXT_SIZE)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=characters), endParaRPr=characters)])
