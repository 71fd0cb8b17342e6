"""Case files of people who do not exist, as full as a real one is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from app.values.papers import (
    CaseFile,
    Letterhead,
    PaperCase,
    PaperChange,
    PaperFile,
    PaperNeed,
    PaperNote,
    PaperRow,
    PaperSection,
    PaperStep,
    Picture,
)
from app.values.settings import Signatory

GIVEN = "Hường Lơi Thỉ Nghiễn Đẫn Ửng Mẫn Khuyến Ẩn Ỷ Thủy Thoại Bưởi Sửu Dậu Ngọ".split()
CONFIDENTIAL = "Người chồng nhiều lần đánh đập; đã báo công an xã."


@cache
def picture(width: int, height: int, seed: int = 0, gray: bool = False) -> Picture:
    """A drawn picture that compresses about as a photo does."""
    image = Image.effect_noise((width // 4, height // 4), 40).resize((width, height))
    image = image if gray else image.convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 4, height // 6, 3 * width // 4, 2 * height // 3), fill=seed % 200)
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return Picture(out.getvalue(), width, height, gray)


def rows(words: str) -> tuple[PaperRow, ...]:
    """Rows from lines `label: value`."""
    pairs = (line.split(":", 1) for line in words.strip().splitlines())
    return tuple(PaperRow(label.strip(), value.strip()) for label, value in pairs)


LETTERHEAD = Letterhead(
    issuing_body="Ủy ban nhân dân xã Hòa Hội",
    superior_body="Ủy ban nhân dân tỉnh Gia Lai",
    place="Hòa Hội",
    day="2026-02-03",
    symbol="HS-UBND",
    signatory=Signatory("Trần Thị Hoa", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),
    recipients=("Như trên", "Phòng Văn hóa - Xã hội xã", "Lưu: VT, HS"),
)

IDENTITY = """
Tên thường gọi: Bé Út
Dân tộc: Kinh
Ngày cấp số định danh: 04/2021
Nơi cấp số định danh: Cục Cảnh sát quản lý hành chính về trật tự xã hội
Tình trạng hôn nhân: Có vợ/chồng
Số con: 3
"""
DISABILITY = """
Dạng khuyết tật: Vận động, Thần kinh, tâm thần
Mức độ khuyết tật: Đặc biệt nặng
Số giấy xác nhận khuyết tật: 218710123
Ngày cấp giấy xác nhận: 2019
Nguyên nhân (vận động): Bom mìn, vật nổ
Biểu hiện (vận động): Mất một phần chi; \
Thường xuyên phải ngồi xe lăn, xe lắc, xe đẩy; \
Không tự đi lại được hoặc cần nạng/người hỗ trợ
Nguyên nhân (thần kinh, tâm thần): Ốm đau, bệnh tật
"""
ACCIDENT = """
Ngày xảy ra tai nạn: 03/1987
Xã nơi xảy ra: xã Cát Hiệp, huyện Phù Cát, tỉnh Bình Định
Nơi xảy ra (mô tả): Rẫy sau núi Bà, cách đường liên thôn khoảng 300 m
Loại vật nổ: Đạn M79 chưa nổ
Đang làm gì khi bị nạn: Làm rẫy, cuốc đất
Vết thương: Cụt chân trái dưới gối, hỏng mắt phải
Diễn biến: Ông cuốc trúng vật nổ khi vỡ đất trồng mì; \
một người em đi cùng bị thương nhẹ, được dân quân xã đưa về trạm y tế \
rồi chuyển Bệnh viện đa khoa tỉnh cùng ngày.
"""
SECTIONS = (
    ("Liên hệ", "Điện thoại: 0905 123 456\nNgười liên hệ: Nguyễn Văn Đẫn (con trai)"),
    (
        "Địa chỉ",
        "Xã, phường: xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định\nThôn, tổ: Vĩnh Trường\n"
        "Địa chỉ như trên giấy: Xóm 3, thôn Vĩnh Trường, xã Cát Hanh, huyện Phù Cát, Bình Định",
    ),
    (
        "Hộ gia đình",
        "Họ tên chủ hộ: Nguyễn Văn Đẫn\nSố nhân khẩu: 5\nHoàn cảnh kinh tế hộ: Hộ cận nghèo\n"
        "Thu nhập hộ mỗi tháng: 4.200.000 đ\nChi khám chữa bệnh: 650.000 đ",
    ),
    ("Người chăm sóc", "Người chăm sóc chính: Lê Thị Thoại\nQuan hệ của người chăm sóc: Vợ"),
    (
        "Tự phục vụ và sức khỏe",
        "Khả năng tự phục vụ: Cần người giúp một phần\n"
        "Tình trạng sức khỏe, bệnh tật: Đau mỏm cụt khi trở trời, huyết áp cao, mất ngủ kéo dài "
        "từ năm 2015; đang dùng thuốc của trạm y tế xã theo đơn hằng tháng.",
    ),
    ("Học vấn, việc làm", "Trình độ giáo dục: Tiểu học\nNghề nghiệp: Làm nông\nCó việc làm: Không"),
    ("Nhà ở", "Nhà ở: Bán kiên cố\nNguồn nước: Hợp vệ sinh\nNhà vệ sinh: Không hợp vệ sinh"),
    (
        "Trợ cấp",
        "Đang hưởng trợ cấp xã hội hằng tháng: Có\nSố tiền trợ cấp hằng tháng: 1.080.000 đ\n"
        "Hưởng từ tháng: 07/2024",
    ),
)


def case_file(number: int = 1, **changes: Any) -> CaseFile:
    """The file of one invented person; the number makes it another person."""
    name = f"Nguyễn Văn {GIVEN[number % len(GIVEN)]}"
    return replace(_whole(number, name), **changes)


def _whole(number: int, name: str) -> CaseFile:
    return CaseFile(
        letterhead=LETTERHEAD,
        title="Hồ sơ người khuyết tật, nạn nhân bom mìn",
        name=name,
        file_number=f"4F7A-09C2-{number:04X}",
        head=_head(number, name),
        printed_by="Trần Thị Hoa (hoa)",
        printed_at="22:10 ngày 23/11/2026",
        photo=picture(354, 472, number % 7),
        sections=tuple(
            PaperSection(title, rows(words))
            for title, words in (("Thông tin định danh", IDENTITY), *SECTIONS)
        ),
        disability=(PaperSection("Tình trạng khuyết tật", rows(DISABILITY)),),
        accidents=(PaperSection("Tai nạn bom mìn, vật nổ", rows(ACCIDENT)),),
        needs=needs(),
        cases=(case(),),
        approvals=(
            PaperStep("08:15 12/10/2026", "Gửi duyệt", "Lê Văn Minh (minh)"),
            PaperStep("09:40 13/10/2026", "Trả lại", "Trần Thị Hoa (hoa)", "Thiếu ngày cấp giấy."),
            PaperStep("14:02 14/10/2026", "Duyệt", "Trần Thị Hoa (hoa)"),
        ),
        changes=changes(),
        changes_between=37,
        attachments=(
            PaperFile(
                "Giấy xác nhận khuyết tật 2019",
                "Giấy xác nhận khuyết tật",
                "2019",
                "Theo luật chuyên ngành",
            ),
            PaperFile("Ảnh nhà ở tháng 10", "Ảnh nhà ở, hoàn cảnh", "10/2026", "Có đồng ý"),
        ),
        missing=("Người đại diện hợp pháp", "Bảo hiểm y tế", "Người khai thay"),
    )


def _head(number: int, name: str) -> tuple[PaperRow, ...]:
    births = ("12/03/1971", "03/1971", "1971")
    return (
        PaperRow("Họ và tên:", name.upper()),
        PaperRow("Ngày sinh:", births[number % 3]),
        PaperRow("Giới tính:", "Nam"),
        PaperRow("Số định danh:", f"0520710{number:05d}"),
        PaperRow("Nơi ở:", "thôn Vĩnh Trường, xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định"),
        PaperRow("Nay thuộc:", "xã Hòa Hội, tỉnh Gia Lai"),
        PaperRow("Trạng thái hồ sơ:", "Được duyệt tiếp nhận"),
    )


def needs() -> tuple[PaperNeed, ...]:
    """Needs of several groups."""
    return (
        PaperNeed("Chăm sóc y tế: Chân giả", "1", "1", "10/2026, bản thân", "Đang kết nối"),
        PaperNeed(
            "Giáo dục, học nghề, việc làm: Vốn chăn nuôi", "2", "", "10/2026, gia đình", "Mới"
        ),
        PaperNeed("Tâm lý, xã hội, hòa nhập: Tham gia câu lạc bộ", "3", "", "2026", "Mới"),
    )


def case() -> PaperCase:
    """A case with notes, one of them confidential, and its steps."""
    return PaperCase(
        title="Ca 07/2026, mở ngày 15/10/2026 (Đã duyệt)",
        rows=rows(
            "Ngày mở: 15/10/2026\nCán bộ phụ trách: Lê Văn Minh\n"
            "Lý do mở: Mất chân giả, không đi lại được"
        ),
        notes=(
            PaperNote(
                "20/10/2026",
                "Thăm hộ",
                "Lê Văn Minh",
                "Mỏm cụt sưng đỏ; đề nghị trạm y tế xã khám, đo chân giả mới. " * 3,
            ),
            PaperNote("02/11/2026", "Ghi chép", "Nguyễn Thị Lan", CONFIDENTIAL, True),
            PaperNote(
                "10/11/2026",
                "Gọi điện",
                "Lê Văn Minh",
                "Đã có giấy hẹn của Trung tâm Chỉnh hình Quy Nhơn.",
            ),
        ),
        steps=(
            PaperStep("15/10/2026", "Gửi duyệt", "Lê Văn Minh"),
            PaperStep("16/10/2026", "Duyệt", "Trần Thị Hoa"),
        ),
    )


def changes() -> tuple[PaperChange, ...]:
    """Lines of a history summary."""
    fields = "Điện thoại|Thôn, tổ|Hoàn cảnh kinh tế hộ|Mức độ khuyết tật|Ghi chú|Số con".split("|")
    return tuple(
        PaperChange(
            f"{hour:02d}:30 {day:02d}/10/2026", "Lê Văn Minh", f"{field}: trước kia → bây giờ"
        )
        for day, (hour, field) in enumerate(zip(range(8, 20), fields * 2, strict=False), 5)
    )
