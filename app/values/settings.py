"""The office's dated settings as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: quyền hạn (`TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`), chức vụ, họ tên.

    NĐ 30/2020/NĐ-CP, Annex I: each line of `authority` stands alone above the position.
    """

    name: str
    position: str
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What holds in an office on a day; a field nobody has set has its default.

    `compared_papers` names the papers (`case_file`) whose layout an admin has compared with the
    official one; the others are printed as drafts. `case_block`,
    `receipt_block`, `minutes_block` and `notice_block` are the first and last number of the
    office's cases, receipts, minutes and notices (`1-500`); empty: none set by hand.
    """

    superior_body: str = ""
    issuing_body: str = ""
    place_name: str = ""
    document_symbol: str = ""
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[str, ...] = ()
    compared_papers: tuple[str, ...] = ()
    protection_officer: str = ""
    protection_phone: str = ""
    hotline: str = ""
    case_block: str = ""
    certificate_pattern: str = ""
    """How a number of a certificate is made (`app.rules.certificate.number`)."""

    receipt_block: str = ""
    minutes_block: str = ""
    notice_block: str = ""
    tone_order: str = "dictionary"
    auto_lock_minutes: int = 10
    file_passwords: str = "ask"
    """Whether files about single people are locked: `ask`, `must`, `off`."""


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One value that a setting had, has or will have: since which ISO day, and by whom."""

    key: str
    valid_from: str
    value: object
    by: str
    at: str
