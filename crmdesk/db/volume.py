"""The disk under a folder: how much is free, whether it lies on another computer."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

_REMOTE: Final = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "davfs", "9p"}
_DRIVE_REMOTE: Final = 4  # Windows: GetDriveTypeW


def free_bytes(folder: Path) -> int:
    """Tell how many bytes may still be written below ``folder``; -1 when it cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return -1


def is_remote(folder: Path) -> bool:
    """Tell whether ``folder`` lies on a network drive; False when it cannot be told."""
    text = os.path.realpath(folder)
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(text)[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    return text.startswith("//") or _mounted_as(text) in _REMOTE


def _mounted_as(path: str) -> str:
    """Name the file system that ``path`` lies on (Linux); empty elsewhere."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _, mount, file_system, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        inside = path == mount or path.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, file_system
    return kind
