"""How much of a file from outside is taken; each limit is well above what a store has."""

from typing import Final

MEBIBYTE: Final = 1024 * 1024

LARGEST_FILE: Final = 256 * MEBIBYTE
# 65,536 rows, the most that the old format holds, of 20 columns take about 20 MiB.
LARGEST_OLD_WORKBOOK: Final = 32 * MEBIBYTE
# An unpacked part of an .xlsx: 200,000 rows of 20 columns take about 150 MiB.
LARGEST_PART: Final = 160 * MEBIBYTE
LARGEST_PACKAGE: Final = 320 * MEBIBYTE
MOST_PARTS: Final = 2_000
# Text of a spreadsheet shrinks 5 to 60 times; a bomb shrinks 1,000 times.
LARGEST_RATIO: Final = 250
RATIO_COUNTS_FROM: Final = 8 * MEBIBYTE
# Excel itself stops at 32,767 characters in a cell.
LONGEST_CELL: Final = MEBIBYTE
# The reader holds a rectangle up to the last filled cell: about 70 bytes a cell.
MOST_CELLS: Final = 2_000_000
# Bytes of all cells' texts together; one shared text may stand in very many cells, and each gets its own copy.
MOST_TEXT: Final = 128 * MEBIBYTE
MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
# The header is looked for in this many rows.
HEADER_WITHIN: Final = 25
