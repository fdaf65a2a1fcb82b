"""LibreOffice opens the owner's workbook, recomputes every formula, and must find our numbers."""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import openpyxl

from crmdesk.core.i18n import LANGUAGES, set_language
from crmdesk.documents.sheets.owner import write_owner_workbook
from tests.builders.owner_workbook import Year
from tools import catalogue

SCALE: Final = 0.05
PLACES: Final = 1e-9
SECONDS: Final = 300


def without_values(source: Path, target: Path) -> int:
    """Copy a workbook without the values beside its formulas, so that they must be computed; give their number."""
    count = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content, found = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                count += found
            new.writestr(name, content)
    return count


def recomputed(source: Path, folder: Path) -> Path:
    """Let LibreOffice open ``source``, compute it and save it again."""
    office = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=SECONDS)
    return folder / source.name


def differences(ours: Path, theirs: Path) -> tuple[int, list[str]]:
    """Compare every formula's value; give how many there are and what differs."""
    formulas = openpyxl.load_workbook(ours)
    mine = openpyxl.load_workbook(ours, data_only=True)
    other = openpyxl.load_workbook(theirs, data_only=True)
    count, found = 0, []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                expected = mine[sheet.title][cell.coordinate].value
                computed = other[sheet.title][cell.coordinate].value
                if not same(expected, computed):
                    text = getattr(cell.value, "text", cell.value)
                    found.append(f"{sheet.title}!{cell.coordinate}: ours {expected!r}, theirs {computed!r}: {text}")
    return count, found


def same(one: object, other: object) -> bool:
    """Tell whether two cells hold the same, numbers up to the last digits of binary fractions."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= PLACES * max(abs(one), abs(other), 1)
    return one == other


def check_workbook(scale: float = SCALE) -> list[str]:
    """Write, recompute and compare the workbook in every language; give what differs, one line each."""
    found: list[str] = []
    catalogue.build()
    for language in LANGUAGES:
        set_language(language)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ours, bare = folder / "owner.xlsx", folder / "bare.xlsx"
            write_owner_workbook(ours, Year(scale).facts())
            removed = without_values(ours, bare)
            (folder / "out").mkdir()
            count, differing = differences(ours, recomputed(bare, folder / "out"))
            print(f"owner's workbook, {language}: {count} formulas recomputed, {len(differing)} differ")
            if removed != count:
                found.append(f"{language}: {removed} values for {count} formulas")
            found += differing
    return found


def main() -> int:
    """Run the campaign; exit code 1 when anything differs."""
    found = check_workbook()
    print("\n".join(found[:50]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
