"""Mẫu 07 and 08 of TT 01/2019/TT-BLĐTBXH on paper: the half-yearly figures with their rules.

The official columns were not seen (chưa kiểm chứng); each sheet says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.actions import half_year, paper_out, paper_words
from app.actions.council_form import SEALED, SIGNED, Print
from app.actions.council_letter import own_letter, signed_as
from app.actions.council_paper import CouncilGathering
from app.actions.half_year import BY_COMMUNE, HalfYear, Line
from app.rules import dates
from app.values.letter import Letter, LetterBlock, Para
from app.values.paper_blocks import Grid, Signer
from app.values.report import ReportRow
from app.workspace import Workspace

COMMUNE, DISTRICT = "07", "08"
UNSEEN = (
    "Mẫu số {form}, Thông tư số 01/2019/TT-BLĐTBXH: nội dung theo Điều 11, các cột chưa đối chiếu"
    " được với văn bản gốc (chưa kiểm chứng)"
)
FILES = (
    ("files_received", "Nhận trong kỳ"),
    ("files_solved", "Đã trả kết quả"),
    ("solved_on_time", "Đúng hạn"),
    ("solved_late", "Quá hạn"),
    ("files_ended", "Rút, đã mất"),
    ("files_after", "Tồn cuối kỳ"),
    ("concluded_not_disabled", "Không khuyết tật"),
    ("board_sent", "Chuyển giám định y khoa"),
)
PAPERS = (
    ("issued_new", "Cấp mới"),
    ("issued_changed", "Đổi dạng, mức độ"),
    ("issued_reached_6", "Đủ 6 tuổi"),
    ("issued_lost", "Cấp lại do mất"),
    ("issued_exchange", "Cấp đổi"),
    ("revoked", "Thu hồi"),
    ("holders_profound", "Người đặc biệt nặng"),
    ("holders_severe", "Người nặng"),
    ("holders_mild", "Người nhẹ"),
    ("holders", "Cộng người có giấy"),
)
Heads = tuple[tuple[str, str], ...]
TITLE = "Báo cáo"
ABOUT = "Kết quả xác định mức độ khuyết tật, cấp Giấy xác nhận khuyết tật"
DEGREES = ("profound", "severe", "mild")


def content(ws: Workspace, name: str, form: str = COMMUNE, over: str = BY_COMMUNE) -> bytes:
    """The report as PDF bytes. Raises Refused: not_allowed, half_year_period; and FontMissing."""
    from app.papers import letter

    gathering = CouncilGathering(ws)
    found = half_year.run(ws, name, over)
    how = gathering.how(f"council-{form}")
    made = of_office(found, how) if form == COMMUNE else over_units(found, how, over)
    return letter.typeset([made], gathering.translate)[0]


def write(
    ws: Workspace, name: str, path: Path, form: str = COMMUNE, over: str = BY_COMMUNE
) -> None:
    """As `content`, into a file. Raises Refused (sheet_not_written) too."""
    paper_out.put(content(ws, name, form, over), path)


def of_office(found: HalfYear, how: Print) -> Letter:
    """Mẫu 07: the figures of the office one below the other, then types by degrees."""
    wholes = half_year.parts()
    below = {name for names in wholes.values() for name in names}
    rows = [
        (
            str(n),
            f"- {one.vi}" if one.name in below else one.vi,
            half_year.UNITS[one.unit],
            str(found.values[one.name]),
            f"{one.rule}.",
        )
        for n, one in enumerate(half_year.columns(), 1)
    ]
    strong = frozenset(n for n, one in enumerate(half_year.columns()) if one.name in wholes)
    columns = (
        ("STT", 11.0),
        ("Chỉ tiêu", 59.0),
        ("Đơn vị tính", 16.0),
        ("Số liệu", 16.0),
        ("Cách tính", 64.0),
    )
    parts: list[LetterBlock] = [
        Grid(columns, tuple(rows), strong=strong),
        Para("Người đang có giấy xác nhận vào ngày cuối kỳ, theo dạng tật và mức độ (người):",
             "bold"),
        _table(found, stock=True),
        Para("Giấy xác nhận cấp trong kỳ, theo dạng tật và mức độ (lượt):", "bold"),
        _table(found, stock=False),
        Para("Người có nhiều dạng tật đếm một lần, ở hàng “Nhiều dạng tật”. Hồ sơ đã chuyển sang cơ"
             " quan khác do cơ quan ấy đếm. Đếm theo ngày trên giấy tờ, theo sổ vào ngày lập: giấy"
             " tờ ghi muộn vào kỳ cũ làm số của kỳ ấy thay đổi; bản đã chốt thì giữ nguyên.",
             "italic"),
    ]  # fmt: skip
    return _report(found, COMMUNE, parts, how)


def over_units(found: HalfYear, how: Print, over: str) -> Letter:
    """Mẫu 08: one line for each commune, or each office, and the sum."""
    what = "Xã, phường" if over == BY_COMMUNE else "Cơ quan"
    parts: list[LetterBlock] = [
        Para("1. Hồ sơ đề nghị (lượt trong kỳ)", "bold"),
        _lines(found, FILES, what),
        Para("2. Giấy xác nhận (lượt trong kỳ), người có giấy vào ngày cuối kỳ (người)", "bold"),
        _lines(found, PAPERS, what),
    ]
    if found.missing:
        parts.append(Para(f"Chưa có số liệu của: {'; '.join(found.missing)}.", "bold"))
    return replace(_report(found, DISTRICT, parts, how), wide=True)


def _report(found: HalfYear, form: str, parts: Sequence[LetterBlock], how: Print) -> Letter:
    period = found.period
    span = f"Từ ngày {dates.show(period.begins)} đến ngày {dates.show(period.ends)}"
    return replace(
        own_letter(TITLE, f"{ABOUT}\n{span}".replace("\n", " - "), parts, how),
        letterhead=signed_as(how.letterhead, "BC-UBND"),
        remark=UNSEEN.format(form=form),
        mark=f"Mẫu số {form}",
        signers=(Signer("NGƯỜI LẬP BÁO CÁO", SIGNED), Signer("THỦ TRƯỞNG ĐƠN VỊ", SEALED)),
    )


def _lines(found: HalfYear, heads: Heads, what: str) -> Grid:
    """One line for each unit, and the sum of them all."""
    width = 190.0 / len(heads)
    columns = (("STT", 11.0), (what, 51.0), *((words, width) for _name, words in heads))
    rows = [_row(str(n), line, heads) for n, line in enumerate(found.lines, 1)]
    rows.append(_row("", Line("Tổng số", found.values), heads))
    return Grid(columns, tuple(rows), strong=frozenset({len(rows) - 1}))


def _row(number: str, line: Line, heads: Heads) -> tuple[str, ...]:
    return number, line.label, *(str(line.values[name]) for name, _words in heads)


def _table(found: HalfYear, stock: bool) -> Grid:
    """Types by degrees; the last row and column are sums of what stands before them. What has no
    degree, or no type, has a column, or a row, where there is any."""
    of = "holders" if stock else "issued"
    heads = [(f"{of}_{one}", paper_words.label("degree", one)) for one in DEGREES]
    if found.kinds.totals[f"{of}_otherwise"]:
        heads.append((f"{of}_otherwise", "Chưa ghi mức độ"))
    columns = (("Dạng tật", 60.0), *((words, 26.0) for _name, words in heads), ("Cộng", 22.0))
    whole = ReportRow("", "Cộng", found.kinds.totals)
    rows = [
        (row.label, *(str(row.values[name]) for name, _words in heads), str(row.values[of]))
        for row in (*found.kinds.rows, whole)
    ]
    return Grid(columns, tuple(rows), strong=frozenset({len(rows) - 1}))
