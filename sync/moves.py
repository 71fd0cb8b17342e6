"""What is said when persons move between offices: words of the log, and which offices there are."""

from __future__ import annotations

import msgspec

from sync.protocol import OfficeCard

COMES, ARRIVED, LEFT = "comes", "arrived", "left"
"""What an entry of op X tells of a person: rows of hers follow that replace what is here; all of
them are here now; these rows (`[entity, id]`) have their home elsewhere now. An X that tells
nothing stands where the entry of a row was that left. Beside them stand `from`, `from_name`, `to`,
`to_name` and the id of the `transfer`."""


class OfficesRequest(msgspec.Struct, frozen=True):
    """A PC asks which offices there are."""


class OfficesAnswer(msgspec.Struct, frozen=True):
    """Every office that has a log, and the mark of the list.

    `endorsement` is the server's word (hex) for the key of the PC that asks; `over` are the marks
    of certificates that hold no more and since which day (`data.seal`), as of `listed_at`. To a
    stick whose PC knows this very mark only `same` and the instant are answered.
    """

    mark: str
    offices: list[OfficeCard]
    endorsement: str = ""
    over: list[tuple[str, str]] = []
    listed_at: str = ""
    same: bool = False
