"""The lists nobody can bring in, each as it really comes; for the command line and the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.app.imports import lists

FAR = ("",) * 120
FOREIGN = ("Khoản chi", "Số tiền")


def _letter(path: Path) -> None:
    path.write_text("Kính gửi UBND xã,\nthân ái quyết thắng", "utf-8")


def _large(path: Path) -> None:
    with path.open("wb") as made:
        made.write(b"PK\x03\x04")
        made.truncate(300 << 20)


def _bomb(path: Path) -> None:
    lists.swapped(lists.xlsx(path), "xl/worksheets/sheet1.xml", b" " * (40 << 20))


def _locked(path: Path) -> None:
    lists.xlsx(path)
    path.with_name("~$" + path.name).write_bytes(b"\x03Lan")


def _cut(path: Path) -> None:
    whole = lists.xlsx(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "list_not_spreadsheet": (_letter, "không phải là bảng tính"),
    "list_password": (lambda path: lists.ole(path, "EncryptedPackage"), "bỏ mật khẩu"),
    "list_empty": (lambda path: path.write_bytes(b""), "trống"),
    "list_without_rows": (lambda path: lists.xlsx(path, [lists.HEADER]), "chỉ có dòng tiêu đề"),
    "list_header_far": (
        lambda path: lists.xlsx(path, [(*FAR, *lists.HEADER), (*FAR, *lists.AN)] * 2),
        "Trong 100 cột đầu",
    ),
    "list_without_header": (lambda path: lists.xlsx(path, [FOREIGN, FOREIGN]), "dòng tiêu đề"),
    "list_zip_bomb": (_bomb, "bung ra lớn bất thường"),
    "list_too_large": (_large, "300 MB, tối đa 64 MB"),
    "list_open_elsewhere": (_locked, "đang mở trong Excel"),
    "list_damaged": (_cut, "bị hỏng hoặc bị cắt ngang"),
    "list_missing": (lambda path: None, "Không tìm thấy tệp"),
}
"""By the code of the refusal: what makes the file, and words of the sentence that tells it."""
