"""From a column's heading to a field of the dictionary, whatever the commune calls it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from data import codes, fields, national_layouts
from data.text import fold, nfc

PLACES = ("district", "province")
PARTS = (
    "ordinal", "family_name", "given_name", "birth_male", "birth_female", "birth_day",
    "birth_month", "birth_year", "sex_male", "sex_female", "person_id", *PLACES,
    "case_number", "case_opened_on", "case_worker", "case_reason", "case_step",
)  # fmt: skip
"""What a column may hold besides a field of the dictionary; `types:CODE` and `degree:CODE` are
columns of crosses."""

MORE_ALIASES: dict[str, tuple[str, ...]] = {
    "ordinal": ("stt", "tt", "so tt", "so thu tu", "s tt", "no"),
    "person_id": ("ma ho so", "ma nguoi", "ma ho so trong so", "id"),
    "case_number": ("so ho so", "so ho so ca", "so ca", "ma ca"),
    "case_opened_on": ("ngay mo", "ngay mo ca", "ngay lap ho so", "ngay tiep nhan", "mo ca ngay"),
    "case_worker": ("can bo phu trach", "nguoi phu trach", "can bo quan ly", "nguoi quan ly"),
    "case_reason": ("ly do mo ca", "ly do mo", "ly do quan ly", "van de"),
    "case_step": ("buoc", "buoc dang lam", "trang thai ca", "tinh trang ca", "giai doan"),
    "family_name": ("ho", "ho dem", "ho va ten dem", "ho va dem", "ho lot", "ho va chu lot"),
    "name": (
        "ho ten nkt", "ho va ten nkt", "nguoi khuyet tat", "ten nguoi khuyet tat", "ten nkt",
        "ho va ten khai sinh", "ho chu dem va ten", "ho chu dem ten", "ho va ten nan nhan",
        "ho ten nan nhan", "ho va ten nguoi khuyet tat", "ho va ten nnbm", "ho ten day du",
        "ho va ten nguoi huong", "ho ten doi tuong", "hoten", "ho va ten nguoi duoc huong",
    ),
    "sex": ("nam hay nu", "gioi tinh nam nu", "gt"),
    "birth": (
        "sinh nam", "nam sinh ngay sinh", "ngay sinh nam sinh", "ngay thang sinh", "ngaysinh",
        "namsinh", "n sinh", "ns", "ngay thang nam sinh nam sinh", "sinh ngay thang nam",
    ),
    "id_number": (
        "so cmtnd", "cmtnd", "cmt", "so cmt", "so cmnd can cuoc", "cccd cmnd", "so cccd cmnd",
        "so dinh danh ca nhan", "ma dinh danh", "so can cuoc cong dan", "can cuoc cong dan",
        "so giay to tuy than", "so cmnd so cccd", "so cmnd hoac cccd", "so cmnd the cccd",
        "giay to tuy than", "cmnd the can cuoc",
    ),
    "phone": ("dtdd", "so dt", "sodt", "di dong", "so di dong", "dien thoai lien he", "lien he"),
    "hamlet": (
        "thon ban", "thon lang", "to thon", "thon ap", "thon khu pho", "thon khoi", "khoi pho",
        "khu", "buon", "thon to dan pho", "to dan pho thon", "thon buon", "xom thon", "ap thon",
        "thon xom ban", "thon ban to", "so nha thon", "thon to dan pho khu pho", "khoi", "phum soc",
    ),
    "commune": (
        "xa phuong tt", "xa tt", "xa phuong thi tran dac khu", "phuong xa thi tran", "phuong tt",
        "xa phuong noi cu tru", "don vi", "thi tran", "ubnd xa", "dia phuong", "p xa", "xa p",
    ),
    "address_text": (
        "dia chi cu tru", "noi cu tru", "cho o hien nay", "noi o dia chi", "dia chi hien tai",
        "dia chi noi o", "dia chi cho o", "dia chi lien he", "noi dang ky thuong tru", "que quan",
        "dia chi thuong tru", "tru quan", "noi thuong tru", "cho o hien tai", "noi o hien nay",
    ),
    "district": ("huyen", "quan huyen", "huyen thi xa", "quan", "huyen tx tp", "huyen thanh pho",
                 "quan huyen thi xa", "huyen thi xa thanh pho", "thi xa", "thanh pho"),
    "province": ("tinh", "tinh thanh pho", "tinh tp", "tinh thanh"),
    "types": (
        "dang tat khuyet tat", "loai tat", "tinh trang khuyet tat", "dang khuyet tat chinh",
        "cac dang khuyet tat", "phan loai khuyet tat", "dang kt", "tat", "loai hinh khuyet tat",
    ),
    "degree": ("muc do nang nhe", "hang", "hang tat", "muc do khuyet tat theo giay xac nhan"),
    "mine_victim": ("nn bom min", "nan nhan bom min vat no", "tai nan bom min", "nnbmvn",
                    "la nan nhan bom min", "bi tai nan bom min", "nan nhan bom min chat no"),
    "note": ("ghi chu khac", "chu thich", "g chu", "ghi chu them"),
    "poverty": ("ho ngheo can ngheo", "thuoc ho ngheo", "ho ngheo ho can ngheo"),
}  # fmt: skip

REGISTERS: dict[str, dict[str, str]] = {
    "certificates": {
        "ngay cap": "certificate_on", "noi cap": "certificate_by", "co quan cap": "certificate_by",
        "so": "certificate_number", "so hieu giay": "certificate_number",
        "don vi cap": "certificate_by", "so gxnkt": "certificate_number",
    },
    "cases": {
        "so": "case_number", "so ho so": "case_number", "ly do": "case_reason",
        "ngay": "case_opened_on", "trang thai": "case_step", "tinh trang": "case_step",
    },
    "allowances": {
        "doi tuong": "allowance_category", "dieu khoan": "allowance_category",
        "doi tuong huong": "allowance_category", "so tien": "allowance_amount",
        "muc": "allowance_amount", "thang huong": "allowance_from", "tu thang": "allowance_from",
        "thoi diem huong": "allowance_from", "muc tien": "allowance_amount",
    },
}  # fmt: skip
"""What headings mean in an existing register, where they would mean something else or nothing."""

OTHERS = {
    "chu ho": "head_", "cham soc": "carer_", "dai dien": "rep_", "giam ho": "rep_",
    "lien he": "contact_", "khai thay": "declarant_", "nguoi khai": "declarant_",
}  # fmt: skip
"""Words of a heading that make it another person's column."""
RELATIVES = frozenset("cha bo me vo chong con em".split())
NAME_FILLERS = frozenset(
    "nguoi khuyet tat doi tuong nan nhan day du khai sinh cua chu in hoa ncc nkt nnbm bom min "
    "huong tro cap va ong ba vat no ca nhan dan cong".split()
)
SHORT_ALIAS = 4
EXTRA_WORDS_MAX = 5


def label(text: str) -> str:
    """A heading as it is compared: without what stands in brackets, marks and numbers around."""
    bare = re.sub(r"\([^)]*\)", " ", text) if not text.strip().startswith("(") else text
    return re.sub(r"^[\d ]+|[\d ]+$", "", fold(bare or text))


@cache
def known() -> dict[str, str]:
    """Every alias (folded) of the persons' fields and of the parts -> field or part."""
    found: dict[str, str] = {}
    for field in fields.of("person"):
        for alias in (field.vi, *field.aliases):
            found.setdefault(label(alias), field.name)
    for name, aliases in MORE_ALIASES.items():
        for alias in aliases:
            found.setdefault(alias, name)
    return found


@lru_cache(maxsize=4_096)
def field_of(text: str) -> str:
    """The field or part that a heading means, or "" when it means none we know."""
    words = label(text)
    if not words:
        return ""
    exact = known().get(words)
    if exact:
        return exact
    other = _other_person(words)
    if other is not None:
        return other
    return _contained(words)


def _other_person(words: str) -> str | None:
    """`Ngày sinh người chăm sóc` is carer_birth; a father's name is nothing we keep here."""
    for mark, prefix in OTHERS.items():
        if mark in words:
            rest = " ".join(words.replace(mark, " ").replace("nguoi", " ").split())
            rest = re.sub(r"\b(hop phap|chinh|cua|voi)\b", " ", rest).strip()
            field = prefix + (known().get(" ".join(rest.split()), "name") if rest else "name")
            return field if fields.has("person", field) else ""
    if RELATIVES.intersection(words.split()):
        return ""
    return None


def _contained(words: str) -> str:
    """The longest alias that stands in the heading as whole words."""
    best = ""
    padded = f" {words} "
    for alias in known():
        if len(alias) <= SHORT_ALIAS and " " not in alias:
            continue  # xã, tổ, nghề: only as the whole heading
        if len(alias) > len(best) and f" {alias} " in padded:
            best = alias
    if not best:
        return ""
    rest = padded.replace(f" {best} ", " ", 1).split()
    field = known()[best]
    if field in ("name", "family_name") and not NAME_FILLERS.issuperset(rest):
        return ""
    return field if len(rest) <= EXTRA_WORDS_MAX else ""


def sub_field(parent: str, text: str) -> str:
    """The field of a lower heading under `parent` (may be ""): Nam under Ngày sinh, Nặng under
    Mức độ, Thôn under Địa chỉ."""
    above = field_of(parent) if parent else ""
    plain = re.sub(r"[^\w]", "", nfc(text).lower())
    if plain in ("nam", "nữ", "nu", "nử"):
        side = "male" if plain == "nam" else "female"
        return f"birth_{side}" if above == "birth" else f"sex_{side}"
    if above == "birth" and plain in ("ngày", "tháng", "năm"):
        return {"ngày": "birth_day", "tháng": "birth_month", "năm": "birth_year"}[plain]
    if above in ("types", "degree"):
        code = codes.match(fields.get("person", above).codes, text)
        if code:
            return f"{above}:{code}"
    folded = label(parent)
    if any(mark in folded for mark in OTHERS):
        return field_of(f"{text} {parent}")
    own = field_of(text)
    if own in ("family_name", "given_name", "name") and above == "name":
        return "given_name" if label(text) == "ten" else own
    if own or not parent:
        return own
    return field_of(f"{parent} {text}") or field_of(f"{text} {parent}")


@cache
def in_register(name: str) -> dict[str, str] | None:
    """What headings mean in an existing register or in a layout of the national system; None when
    there is none of that name."""
    edition = national_layouts.all_of().get(name)
    if edition is None:
        return REGISTERS.get(name)
    meant = {column.field: column.field.removeprefix("#") for column in edition.columns}
    return {
        label(column.heading): meant[column.field] if is_field(meant[column.field]) else ""
        for column in edition.columns
    }


def is_field(name: str) -> bool:
    """Whether a name may stand in a column mapping."""
    head, _, code = name.partition(":")
    if code:
        return head in ("types", "degree") and code in {
            each.code for each in codes.get(fields.get("person", head).codes).items
        }
    return name in PARTS or fields.has("person", name)
