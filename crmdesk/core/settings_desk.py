"""Settings of one computer, kept in its desk.json."""

from crmdesk.core.i18n import mark
from crmdesk.core.setting import declare_desk
from crmdesk.core.setting_kinds import Choice, NameTable, Switch, Whole, Words

# This computer.
LANGUAGE = declare_desk("language", Choice(("zh_CN", "en")), "zh_CN", mark("Language of the screens."))
THEME = declare_desk("theme", Choice(("system", "light", "dark")), "system", mark("Light or dark."))
TEXT_PERCENT = declare_desk("text_percent", Whole(80, 200), 100, mark("Size of the text."))
DESK_NAME = declare_desk("name", Words(40), "", mark("Name of this computer on papers and in the history."))
SCAN_SOUND = declare_desk("scan_sound", Switch(), True, mark("A sound when a scan finds nothing."))
SLIP_PAPER = declare_desk(
    "slip_paper", Choice(("a5", "roll80", "form241", "a4")), "a5", mark("Paper of the service slips.")
)
CARD_INK = declare_desk(
    "card_ink",
    Choice(("colour", "black")),
    "colour",
    mark("Printing of VIP cards: in colour, or black on pre-printed cards."),
)
PRINTERS = declare_desk("printers", NameTable(), {}, mark("Printer of each paper."))
PRINTER_TRAYS = declare_desk("printer_trays", NameTable(), {}, mark("Tray of each paper."))
PRINTER_COPIES = declare_desk("printer_copies", NameTable(3), {}, mark("Copies of each paper."))
PRINTER_OFFSETS = declare_desk(
    "printer_offsets", NameTable(20), {}, mark("Shift of each paper in tenths of a millimetre, as in 3,-5.")
)
EXPORT_FOLDER = declare_desk("export_folder", Words(1000), "", mark("Folder where exported lists go."))
IMPORT_FOLDER = declare_desk("import_folder", Words(1000), "", mark("Folder that is watched for files of the till."))
BACKUP_FOLDER = declare_desk(
    "backup_folder", Words(1000), "", mark("Backups lie here instead of beside the data, best on another disk.")
)
LAST_STAFF = declare_desk("last_staff", Words(40), "", mark("Who signed in here last."))
WINDOW = declare_desk("window", NameTable(4000), {}, mark("Size and place of the windows and columns."))
