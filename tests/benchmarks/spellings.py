"""The same person written another way, as lists and typists really do it; everybody is invented."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from data.text import fold

TELEX = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
HATS = {"\u0302": ("", "6"), "\u0306": ("w", "8"), "\u031b": ("w", "7")}
PAIRS = ("Huỳnh/Hoàng", "Võ/Vũ", "Phước/Phúc", "Nhơn/Nhân", "Sanh/Sinh", "Thịnh/Thạnh", "Hoa/Huê")


def variant(fields: Mapping[str, object], dice: random.Random) -> dict[str, object]:
    """The person once more: the name spelt another way, no number, the place as it was.

    A third of the copies know the year of birth only, half of them no phone and no certificate.
    """
    again = {name: fields[name] for name in ("sex", "birth", "commune", "hamlet")}
    ways = [way for way in WAYS if way(str(fields["name"])) != fields["name"]]
    again["name"] = dice.choice(ways)(str(fields["name"]))
    if dice.random() < 0.33:
        again["birth"] = str(fields["birth"])[:4]
    if dice.random() < 0.5:
        again |= {n: fields[n] for n in ("phone", "certificate_number") if n in fields}
    return again


def typed(name: str, keys: Mapping[str, str], vni: bool) -> str:
    """A name as the keyboard was hit, with Telex or VNI switched off."""
    import unicodedata

    found = []
    for word in name.split():
        letters, tone = "", ""
        for char in unicodedata.normalize("NFD", word):
            if char in keys:
                tone = keys[char]
            elif char in HATS:
                twice = letters[-1].lower() if char == "\u0302" else HATS[char][0]
                letters += HATS[char][1] if vni else twice
            elif char in "đĐ":
                letters += ("d9" if vni else "dd") if char == "đ" else ("D9" if vni else "DD")
            else:
                letters += char
        found.append(letters + tone)
    return " ".join(found)


def _without_middle(name: str) -> str:
    words = name.split()
    return " ".join([words[0], *words[2:]]) if len(words) > 2 else name


def _regional(name: str) -> str:
    words = name.split()
    for pair in PAIRS:
        for one, other in (pair.split("/"), pair.split("/")[::-1]):
            words = [other if word == one else word for word in words]
            if words != name.split():
                return " ".join(words)
    return name


def _y_i(name: str) -> str:
    return name.translate(str.maketrans("ýỳỷỹỵ", "íìỉĩị"))


WAYS: tuple[Callable[[str], str], ...] = (
    lambda name: typed(name, TELEX, vni=False),
    lambda name: typed(name, VNI, vni=True),
    _without_middle,
    _regional,
    _y_i,
    lambda name: fold(name).title(),
    str.upper,
)
