"""One thing the search can go to or do by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.wording import translate
from ui.places import places


@dataclass(frozen=True, slots=True)
class Offer:
    """A place of `ui.places` (with key and facts), or something to do at once (`act`).

    `at` names the button there on which the cursor is put; it is pressed too when that `begins`
    with a question (a dialog, a bar, a menu): what acts without asking waits for a second key.
    `also` are other words for it, `keys` its key on that page.
    """

    title: str
    picture: str = "forward"
    place: str = ""
    key: str = ""
    at: str = ""
    begins: bool = False
    keys: str = ""
    also: str = ""
    right: str = "view"
    facts: dict[str, Any] = field(default_factory=dict)
    act: Callable[[], None] | None = None

    @property
    def note(self) -> str:
        """What stands behind the title: where it leads, when that is not yet the thing itself."""
        if self.at and not self.begins:
            return translate("tới nút “{button}”", button=self.at)
        if self.keys:
            page = next(one.title for one in places() if one.name == self.place)
            return translate("phím {keys} ở trang {page}", keys=self.keys, page=page)
        return ""
