"""What the sections of forms and kinds of records are called."""

from __future__ import annotations

from app.wording import translate


def section_title(name: str) -> str:
    """The title of a section in the user's language."""
    titles = _of_person() | _of_work() | _of_determination() | _of_plans() | _of_decisions()
    return titles.get(name, name)


def _of_person() -> dict[str, str]:
    return {
        "identity": translate("Nhân thân"),
        "contact": translate("Liên hệ"),
        "address": translate("Nơi ở"),
        "household": translate("Hộ gia đình"),
        "carer": translate("Người chăm sóc"),
        "representative": translate("Người đại diện hợp pháp"),
        "certificate": translate("Giấy xác nhận khuyết tật"),
        "disability": translate("Khuyết tật"),
        "self_care": translate("Tự phục vụ và sức khỏe"),
        "education": translate("Học vấn"),
        "work": translate("Việc làm"),
        "housing": translate("Nhà ở, nước, vệ sinh"),
        "insurance": translate("Bảo hiểm y tế"),
        "allowance": translate("Trợ cấp và dịch vụ"),
        "wellbeing": translate("Tâm lý và tham gia xã hội"),
        "mine": translate("Bom mìn"),
        "declarant": translate("Người khai và khảo sát"),
        "office": translate("Ghi của đơn vị"),
        "life": translate("Tình trạng sống"),
    }


def _of_work() -> dict[str, str]:
    """Needs, mine action, consent, cases, help."""
    return {
        "need": translate("Nhu cầu"),
        "accident": translate("Tai nạn bom mìn"),
        "accident_site": translate("Trước và sau tai nạn"),
        "victim": translate("Nạn nhân"),
        "unregistered": translate("Nạn nhân chưa đăng ký"),
        "then": translate("Lúc bị nạn"),
        "hazard": translate("Tin báo vật nghi là bom mìn"),
        "consent": translate("Căn cứ, đồng ý"),
        "sharing": translate("Chia sẻ ra ngoài"),
        "care_case": translate("Quản lý ca"),
        "intake": translate("Tiếp nhận"),
        "criteria": translate("Tiêu chí"),
        "closing": translate("Kết thúc ca"),
        "case_assessment": translate("Đánh giá nhu cầu"),
        "case_plan": translate("Kế hoạch"),
        "plan_activity": translate("Hoạt động của kế hoạch"),
        "case_review": translate("Rà soát"),
        "task": translate("Việc cần làm"),
        "flag": translate("Cờ"),
        "case_note": translate("Ghi chép"),
        "attachment": translate("Giấy tờ, ảnh"),
        "need_step": translate("Tình trạng nhu cầu"),
        "provider": translate("Danh bạ dịch vụ"),
        "referral": translate("Chuyển gửi"),
        "support": translate("Hỗ trợ"),
        "gift_round": translate("Đợt quà"),
        "assistive_device": translate("Dụng cụ trợ giúp"),
        "repair": translate("Sửa chữa, kiểm tra dụng cụ"),
        "agreement": translate("Thỏa thuận ưu đãi"),
        "entitlement": translate("Ưu đãi"),
    }


def _of_determination() -> dict[str, str]:
    """From the application to the certificate."""
    return {
        "council_member": translate("Thành viên Hội đồng"),
        "council_session": translate("Phiên họp Hội đồng"),
        "attendance": translate("Có mặt tại phiên họp"),
        "hearing": translate("Xét tại Hội đồng"),
        "screening": translate("Sàng lọc chức năng"),
        "notice": translate("Thông báo niêm yết"),
        "application": translate("Đơn xác định mức độ khuyết tật"),
        "representation": translate("Người đại diện"),
        "application_papers": translate("Giấy tờ của đơn"),
        "school_letter": translate("Nhà trường"),
        "declared": translate("Tự khai trong đơn"),
        "file_course": translate("Bước của hồ sơ"),
        "complaint": translate("Khiếu nại"),
        "medical_referral": translate("Giới thiệu giám định y khoa"),
        "board_minutes": translate("Biên bản giám định y khoa"),
        "blank": translate("Phôi giấy xác nhận"),
        "certificate_opening": translate("Sổ giấy bàn giao"),
    }


def _of_plans() -> dict[str, str]:
    """Periods, targets, training."""
    return {
        "period": translate("Kỳ báo cáo"),
        "target": translate("Chỉ tiêu"),
        "training_round": translate("Đợt tập huấn"),
        "training_class": translate("Lớp tập huấn"),
        "workshop": translate("Hội thảo"),
        "delegate": translate("Đại biểu"),
        "national_file": translate("Lần trao đổi với hệ thống quốc gia"),
        "national_line": translate("Đã nộp hệ thống quốc gia"),
    }


def _of_decisions() -> dict[str, str]:
    """What is not filled in as a form: decisions, mergers, transfers, settings."""
    return {
        "person": translate("Hồ sơ người"),
        "approval": translate("Quyết định duyệt"),
        "amendment": translate("Thay đổi chờ duyệt"),
        "distinct_pair": translate("Hai người khác nhau"),
        "merger": translate("Gộp hồ sơ trùng"),
        "transfer": translate("Chuyển cơ quan"),
        "proposal": translate("Sửa muộn"),
        "resealed": translate("Thông tin mật từ cơ quan cũ"),
        "user": translate("Người dùng"),
        "setting": translate("Thiết lập"),
    }
