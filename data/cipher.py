"""What the installed SQLCipher can do, asked without touching any file."""

from dataclasses import dataclass

from sqlcipher3 import dbapi2


@dataclass(frozen=True, slots=True)
class CipherFacts:
    """`version` is empty when the library stores plain text; `fts5` says full-text search works."""

    version: str
    fts5: bool


def facts() -> CipherFacts:
    """Ask a store in memory."""
    connection = dbapi2.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
        return CipherFacts(version=str(row[0]) if row and row[0] else "", fts5=_fts5(connection))
    finally:
        connection.close()


def _fts5(connection: dbapi2.Connection) -> bool:
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    except dbapi2.OperationalError:
        return False
    return True
