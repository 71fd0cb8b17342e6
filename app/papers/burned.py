"""The printed answer to "the PC burned last night": what returns from backup, server and paper."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import LEADING, SMALL, Column, Flow
from app.papers.pdf_file import About, PdfFile
from app.values.backup import BackupMade, BurnedReport, FromPaper
from app.values.papers import Words
from data import units


def typeset(paper: BurnedReport, translate: Words) -> bytes:
    """The sheet as a PDF, to be printed and kept outside the building. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    title = translate("Nếu máy tính này cháy đêm nay")
    letterhead.title(flow, title.upper(), paper.office)
    flow.heading(translate("1. Lấy lại từ bản sao lưu"))
    _from_backup(flow, paper, translate)
    flow.heading(translate("2. Lấy lại từ máy chủ"))
    flow.paragraph(_from_server(paper, translate))
    flow.heading(translate("3. Nhập lại từ danh sách"))
    _from_lists(flow, paper, translate)
    flow.heading(translate("4. Gõ lại từ giấy"))
    _from_paper(flow, paper, translate)
    flow.heading(translate("5. Việc cần làm khi máy hỏng"))
    steps = [f"{number}. {step}" for number, step in enumerate(_steps(translate), 1)]
    flow.room(len(steps) * SMALL * LEADING)  # read in a hurry: on one page
    for step in steps:
        flow.line(step)
    flow.space(8)
    said = translate("In lúc {at}; người in: {by}", at=_when(paper.at), by=paper.by)
    letterhead.number_pages(family, flow.pages, (said, ""))
    out = BytesIO()
    pdf = PdfFile(out, family, About(title, paper.office, paper.at))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _from_backup(flow: Flow, paper: BurnedReport, translate: Words) -> None:
    flow.line(translate("Kho hiện có {count} người.", count=_count(paper.persons_now)))
    if paper.backup is None:
        flow.paragraph(
            translate(
                "KHÔNG có bản sao lưu nào ở ổ đĩa khác: máy hỏng là mất tất cả những gì máy chủ "
                "chưa nhận. Hãy cắm USB và sao lưu ngay hôm nay."
            ),
            "bold",
        )
    else:
        words = translate(
            "Bản mới nhất ở ổ đĩa khác: {backup}.", backup=_backup(paper.backup, translate)
        )
        flow.paragraph(words)
    if paper.backup_here is not None:
        words = translate(
            "Bản mới hơn nhưng nằm ngay trong máy này, sẽ cháy cùng máy: {backup}.",
            backup=_backup(paper.backup_here, translate),
        )
        flow.paragraph(words)
    if paper.files and paper.backup is None:
        words = translate("{count} ảnh, bản quét chỉ có ở máy này.", count=_count(paper.files))
        flow.paragraph(words)
    elif paper.files:
        words = translate(
            "{count} ảnh, bản quét thêm sau bản sao lưu ấy chỉ còn ở máy này.",
            count=_count(paper.files),
        )
        flow.paragraph(words)


def _from_server(paper: BurnedReport, translate: Words) -> str:
    if not paper.enrolled:
        return translate("Đơn vị chưa đăng ký với máy chủ nên máy chủ không giữ gì.")
    return translate(
        "Máy chủ đã ký nhận {changes} thay đổi của {records} bản ghi làm sau bản sao lưu ấy; đăng "
        "ký máy mới vào đơn vị rồi đồng bộ là có lại.",
        changes=_count(paper.server_changes),
        records=_count(paper.server_records),
    )


def _from_lists(flow: Flow, paper: BurnedReport, translate: Words) -> None:
    if not paper.lists:
        flow.paragraph(translate("Không có danh sách nào phải nhập lại."))
        return
    columns = (Column(translate("Danh sách"), 70), Column(translate("Số thay đổi"), 20))
    flow.table(columns, [(one.file, _count(one.changes)) for one in paper.lists])


def _from_paper(flow: Flow, paper: BurnedReport, translate: Words) -> None:
    if not paper.paper:
        flow.paragraph(translate("Không có gì phải gõ lại."))
        return
    columns = (
        Column(translate("STT"), 10),
        Column(translate("Họ và tên"), 36),
        Column(translate("Xã, phường"), 40),
        Column(translate("Thay đổi"), 14),
        Column(translate("Từ lúc - đến lúc"), 34),
        Column(translate("Người nhập"), 20),
    )
    rows = [_paper_row(number, one, translate) for number, one in enumerate(paper.paper, 1)]
    flow.table(columns, rows)


def _paper_row(number: int, one: FromPaper, translate: Words) -> tuple[str, ...]:
    name = one.name or translate("(thiết lập, người dùng của đơn vị)")
    commune = units.full_name(one.commune) if one.commune else ""
    between = f"{_when(one.first_at)} -\n{_when(one.last_at)}"
    return (str(number), name, commune, _count(one.changes), between, ", ".join(one.logins))


def _steps(translate: Words) -> tuple[str, ...]:
    return (
        translate("Cài chương trình lên máy khác (tệp cài đặt trong USB của đơn vị)."),
        translate("Phục hồi bản sao lưu ở mục 1 bằng mật khẩu hoặc mã khôi phục trong phong bì."),
        translate("Xin mã đăng ký mới của máy chủ, đăng ký máy mới và đồng bộ (mục 2)."),
        translate("Nhập lại các danh sách ở mục 3; nhập hai lần không tạo người trùng."),
        translate("Gõ lại từ giấy những người ở mục 4."),
        translate("Báo máy chủ khóa máy cũ nếu máy bị mất chứ không cháy."),
    )


def _backup(made: BackupMade, translate: Words) -> str:
    return translate(
        "{path}, làm lúc {at}, có {persons} người",
        path=made.path,
        at=_when(made.at),
        persons=_count(made.persons),
    )


def _when(instant: str) -> str:
    moment = datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    return moment.strftime("%H:%M %d/%m/%Y")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
