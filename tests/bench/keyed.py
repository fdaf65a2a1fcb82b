"""The bench store as an encrypted file, made once beside the plain one and kept."""

from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

KEY = "a pass phrase of the bench"


def keyed(path: Path) -> Path:
    """Give the encrypted copy of a store, made first when it is not there yet."""
    target = path.with_name(f"keyed-{path.name}")
    if not target.exists():
        for old in path.parent.glob(f"keyed-{path.stem.rsplit('-', 1)[0]}-*"):
            old.unlink()
        half = target.with_suffix(".making")
        half.unlink(missing_ok=True)
        plain = sqlcipher.connect(str(path), isolation_level=None)
        plain.execute(f"ATTACH DATABASE ? AS keyed KEY '{KEY}'", (str(half),))
        plain.execute("SELECT sqlcipher_export('keyed')").fetchall()
        plain.execute("DETACH DATABASE keyed")
        plain.close()
        half.rename(target)
    return target
