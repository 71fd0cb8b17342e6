"""What stands below a report: what its numbers mean, and where totals are no sums."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.document import shown
from app.values.report import ReportAsk, ReportRow
from app.wording import language, translate
from data.counting.count import UNIT, UNKNOWN
from data.counting.moved import Moves
from data.figures import Report, Sum


def of(
    wanted: Report,
    ask: ReportAsk,
    rows: Sequence[ReportRow],
    totals: dict[str, int],
    withheld: bool,
) -> tuple[str, ...]:
    """The notes of a report as it came out; `withheld` says that some of it is not told."""
    # Where the book of a later day is taken, the line of the period says which.
    found = []
    if ask.recorded in ("", ask.as_of):
        words = "Đếm theo sổ đã ghi đến hết ngày ấy; ghi sau thì chưa tính, dù việc có trước."
        found.append(translate(words))
    found += [one.told(language()) for one in wanted.remarks]
    if wanted.rows != UNIT and any(_more_than_whole(rows, totals, name) for name in totals):
        found.append(
            translate("Tổng không phải là cộng các dòng: một người, một vụ có thể ở nhiều dòng.")
        )
    found += [words for one in wanted.sums if (words := _of_sum(wanted, one, totals))]
    if any("age_" in name for name in totals):
        found.append(
            translate("Chỉ biết năm sinh thì tính tuổi từ ngày 01/01 năm ấy; nên hỏi thêm ngày.")
        )
    if "items" in totals:
        found.append(
            translate("Lượt không phải là người: một người có thể có nhiều nhu cầu, ở nhiều nhóm.")
        )
    if wanted.rows == UNIT and any(row.key == UNKNOWN for row in rows):
        found.append(
            translate(
                "Chưa rõ đơn vị: chưa ghi xã, hay xã đã chia mà chưa biết nay thuộc xã nào "
                "(trang Đơn vị từ 01/7/2025)."
            )
        )
    if withheld:
        found.append(translate("Dấu “…”: thông tin mật, chỉ người được cấp quyền thấy số."))
    return tuple(found)


def of_moves(moves: Moves | None, closing: str) -> tuple[str, ...]:
    """Who changed her office since, and whom nobody can count any more."""
    if moves is None:
        return ()
    found = [
        translate(
            "Người đã chuyển sang cơ quan khác sau ngày ấy vẫn đếm ở đây; người chuyển đến sau "
            "ngày ấy thì không."
        )
    ]
    if lost := moves.untold(closing):
        words = (
            "Không đếm được {count} người đã chuyển đi: máy này không có hay không còn bản lưu của "
            "họ (đã xóa khi hết hạn)."
        )
        found.append(translate(words, count=lost))
    return tuple(found)


def _more_than_whole(rows: Sequence[ReportRow], totals: dict[str, int], name: str) -> bool:
    return sum(row.values[name] or 0 for row in rows) != totals[name]


def _of_sum(wanted: Report, one: Sum, totals: dict[str, int]) -> str:
    """A sum that does not come out is told: nobody should have to find it."""
    parts = sum(totals[name] * sign for name, sign in one.parts)
    if parts == totals[one.whole]:
        return ""
    named = {each.name: each.label(language()) for each in wanted.columns}
    facts = {
        "whole": named[one.whole],
        "number": shown(totals[one.whole]),
        "parts": shown(parts),
    }
    if parts > totals[one.whole]:
        words = (
            "“{whole}” là {number}, cộng các phần được {parts}: có mục đứng ở nhiều phần (như một "
            "nhu cầu của hai hồ sơ đã gộp mà mỗi hồ sơ ghi một tình trạng)."
        )
        return translate(words, **facts)
    words = (
        "“{whole}” là {number}, cộng các phần được {parts}: có hồ sơ thiếu hoặc mang giá trị lạ."
    )
    return translate(words, **facts)
