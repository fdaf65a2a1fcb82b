"""Run the long campaigns: `python3 dev.py check [--short] [--only NAME ...]`.

Every module beside this one that has ``campaign(short=...)`` is one; it gives what failed, one line each.
"""

import argparse
import importlib
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # started as a file
    sys.path.insert(0, str(ROOT))


def main(arguments: list[str] | None = None) -> int:
    """Run all campaigns, or those named; exit code 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds of each")
    parser.add_argument("--only", nargs="*", default=[], help="names of campaigns")
    given = parser.parse_args(arguments)
    failed = []
    for name in given.only or names():
        started = time.monotonic()
        failures = _run(name, short=given.short)
        print(f"{'FAILED' if failures else 'ok'}  {name}  {time.monotonic() - started:.0f} s", flush=True)
        print("".join(f"    {line}\n" for line in failures[:50]), end="")
        failed += [name] if failures else []
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "all campaigns passed")
    return 1 if failed else 0


def names() -> list[str]:
    """List the campaigns beside this file."""
    here = Path(__file__).parent
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(here.glob("*.py"))}
    return [name for name, text in texts.items() if "\ndef campaign(" in text]


def _run(name: str, *, short: bool) -> list[str]:
    try:
        failures: list[str] = importlib.import_module(f"tests.campaigns.{name}").campaign(short=short)
    except Exception:  # noqa: BLE001 - one campaign that breaks must not hide the others
        return traceback.format_exc().splitlines()
    return failures


if __name__ == "__main__":
    sys.exit(main())
