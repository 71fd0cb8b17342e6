"""What an action answers when it will not do a thing: problems beside their fields."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from app.wording import say, translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason: a stable code, the field it stands beside, the value, and a sentence."""

    code: str
    field: str
    value: str
    message: str

    @classmethod
    def of(cls, code: str, field: str = "", value: object = "", **facts: object) -> Problem:
        """A problem whose sentence is made from its code and facts in the user's language."""
        text = "" if value is None else str(value)
        return cls(code, field, text, say(code, {"field": field, "value": text} | facts))


class Refused(Exception):
    """The action was not done; nothing was changed. Carries the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    @classmethod
    def one(cls, code: str, field: str = "", value: object = "", **facts: object) -> Refused:
        """A refusal with a single problem."""
        return cls([Problem.of(code, field, value, **facts)])


def file_trouble(error: OSError) -> str:
    """Why a file could not be read or written, in the user's language; the system's words last."""
    known = {
        errno.ENOENT: translate("không có thư mục này"),
        errno.ENOTDIR: translate("không có thư mục này"),
        errno.EISDIR: translate("đây là một thư mục"),
        errno.EACCES: translate("không có quyền, hoặc tệp đang mở ở chương trình khác"),
        errno.EPERM: translate("không có quyền, hoặc tệp đang mở ở chương trình khác"),
        errno.EBUSY: translate("tệp đang mở ở chương trình khác"),
        errno.EROFS: translate("ổ đĩa chỉ cho đọc"),
        errno.ENOSPC: translate("ổ đĩa đã đầy"),
        errno.ENAMETOOLONG: translate("tên tệp quá dài"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)
