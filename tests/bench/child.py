"""One measurement in a process of its own: `child.py module:function '[arguments]'` prints value and peak memory."""

import importlib
import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Call the function and print what it gave."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    module, _, name = sys.argv[1].partition(":")
    value = getattr(importlib.import_module(module), name)(*json.loads(sys.argv[2]))
    print(json.dumps({"value": value, "peak_mb": peak_mb()}), flush=True)
    os._exit(0)  # a program that is still open is not closed in order here


def peak_mb() -> float:
    """Give the highest resident size of this process in megabytes; 0 where it cannot be known."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux begins with the size of the process that started this one
        lines = status.read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024 / 1e6
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
