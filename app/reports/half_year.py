"""The figures of the half-yearly reports (TT 01/2019/TT-BLĐTBXH Đ.11, Mẫu 07 and 08).

One definition for each figure, by name, with its rule in words and its unit of count: persons
(người) or times (lượt). A figure answers the keys of what it counts, so that a cell can open its
list; the number is how many keys there are. The columns of the official forms were not seen
(chưa kiểm chứng).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

PERSONS, TIMES = "persons", "times"
UNITS = {PERSONS: "người", TIMES: "lượt"}
ENDED_WELL = ("issued", "not_disabled")
ANEW = ("lost", "exchange")
MANY = "many"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file: its days (ISO, empty where there is none), how it ended, when it was due."""

    id: str
    person: str
    commune: str
    kind: str
    received_on: str
    ended_on: str
    step: str
    due_on: str


@dataclass(frozen=True, slots=True)
class HearingFacts:
    """One conclusion of the council."""

    id: str
    person: str
    commune: str
    minutes_on: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """One referral to the medical board."""

    id: str
    person: str
    commune: str
    sent_on: str
    received_on: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate. `of_paper` was taken over from the book; `dead_on` its holder's death."""

    id: str
    person: str
    commune: str
    issued_on: str
    ended_on: str
    revoked_on: str
    basis: str
    kind: str
    reason: str
    types: tuple[str, ...]
    degree: str
    of_paper: bool = False
    dead_on: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is counted, between whole days."""

    begins: str
    ends: str
    files: tuple[FileFacts, ...] = ()
    hearings: tuple[HearingFacts, ...] = ()
    referrals: tuple[ReferralFacts, ...] = ()
    certificates: tuple[CertificateFacts, ...] = ()

    def within(self, day: str) -> bool:
        """Whether a day lies in the period."""
        return self.begins <= day <= self.ends

    def of(self, commune: str) -> Facts:
        """What belongs to one commune."""
        return Facts(
            self.begins,
            self.ends,
            tuple(one for one in self.files if one.commune == commune),
            tuple(one for one in self.hearings if one.commune == commune),
            tuple(one for one in self.referrals if one.commune == commune),
            tuple(one for one in self.certificates if one.commune == commune),
        )


Pick = Callable[[Facts], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is called, what it counts, and by which rule."""

    name: str
    label: str
    unit: str
    rule: str
    pick: Pick
    parts: tuple[str, ...] = ()
    """Figures that add up to this one."""

    def keys(self, facts: Facts) -> tuple[str, ...]:
        """What is counted: ids of persons, or of records; each once."""
        return tuple(dict.fromkeys(self.pick(facts)))

    def count(self, facts: Facts) -> int:
        """The number."""
        return len(self.keys(facts))


def open_before(facts: Facts) -> Iterable[str]:
    """Files received before the period that had not ended."""
    return (
        one.id for one in facts.files
        if one.received_on < facts.begins and (not one.ended_on or one.ended_on >= facts.begins)
    )  # fmt: skip


def open_after(facts: Facts) -> Iterable[str]:
    """Files that had not ended on the last day."""
    return (
        one.id for one in facts.files
        if one.received_on <= facts.ends and (not one.ended_on or one.ended_on > facts.ends)
    )  # fmt: skip


def received(kind: str = "") -> Pick:
    """Files received in the period, of one kind or of all."""
    return lambda facts: (
        one.id
        for one in facts.files
        if facts.within(one.received_on) and (not kind or one.kind == kind)
    )


def solved(late: bool | None = None) -> Pick:
    """Files whose result was given in the period; on time when not after the day it was due."""

    def pick(facts: Facts) -> Iterable[str]:
        for one in facts.files:
            if facts.within(one.ended_on) and one.step in ENDED_WELL:
                is_late = bool(one.due_on) and one.ended_on > one.due_on
                if late is None or late == is_late:
                    yield one.id

    return pick


def ended_otherwise(facts: Facts) -> Iterable[str]:
    """Files that ended in the period without a result."""
    return (
        one.id for one in facts.files
        if facts.within(one.ended_on) and one.step not in ENDED_WELL
    )  # fmt: skip


def concluded(conclusion: str) -> Pick:
    """Conclusions of one kind whose minutes are of the period."""
    return lambda facts: (
        one.id
        for one in facts.hearings
        if facts.within(one.minutes_on) and one.conclusion == conclusion
    )


def issued(why: str = "") -> Pick:
    """Certificates issued here in the period, for one reason or for any."""
    return lambda facts: (
        one.id
        for one in facts.certificates
        if not one.of_paper and facts.within(one.issued_on) and (not why or why_issued(one) == why)
    )


def why_issued(one: CertificateFacts) -> str:
    """Why a certificate was issued: new, changed, reached_6, lost, exchange."""
    if one.basis in ANEW:
        return one.basis
    if one.kind == "redetermination" or one.reason == "changed":
        return "changed"
    return "reached_6" if one.reason == "reached_6" else "new"


def holders(degree: str = "", kind: str = "") -> Pick:
    """Living persons who hold a certificate on the last day; of one degree, one type, or `many`."""
    return lambda facts: (
        one.person
        for one in _held(facts)
        if (not degree or one.degree == degree) and (not kind or kind_of(one) == kind)
    )


def _held(facts: Facts) -> Iterable[CertificateFacts]:
    """The newest certificate of each living holder: who has two in force, as a merger may leave it
    until somebody decides, is one person of one degree."""
    newest: dict[str, CertificateFacts] = {}
    for one in facts.certificates:
        over = (one.ended_on, one.dead_on)
        if any(day and day <= facts.ends for day in over):
            continue
        other = newest.setdefault(one.person, one)
        if (one.issued_on, one.id) > (other.issued_on, other.id):
            newest[one.person] = one
    return newest.values()


def kind_of(one: CertificateFacts) -> str:
    """The row a certificate stands in: its type, or `many` for several."""
    if len(one.types) > 1:
        return MANY
    return one.types[0] if one.types else ""


def _revoked(facts: Facts) -> Iterable[str]:
    return (one.id for one in facts.certificates if facts.within(one.revoked_on))


def _sent(facts: Facts) -> Iterable[str]:
    return (one.id for one in facts.referrals if facts.within(one.sent_on))


def _answered(facts: Facts) -> Iterable[str]:
    return (one.id for one in facts.referrals if facts.within(one.received_on))


FIGURES = (
    Figure("files_before", "Hồ sơ tồn đầu kỳ", TIMES,
           "Nhận trước kỳ và chưa kết thúc trước ngày đầu kỳ.", open_before),
    Figure("files_received", "Hồ sơ nhận trong kỳ", TIMES, "Ngày nhận đơn trong kỳ.", received(),
           ("received_new", "received_redetermination", "received_reissue", "received_exchange")),
    Figure("received_new", "- xác định lần đầu", TIMES, "Loại đơn là cấp mới.", received("new")),
    Figure("received_redetermination", "- xác định lại", TIMES, "Loại đơn là xác định lại.",
           received("redetermination")),
    Figure("received_reissue", "- cấp lại", TIMES, "Loại đơn là cấp lại.", received("reissue")),
    Figure("received_exchange", "- cấp đổi", TIMES, "Loại đơn là cấp đổi.", received("exchange")),
    Figure("files_solved", "Hồ sơ đã trả kết quả", TIMES,
           "Cấp giấy hoặc trả lời không khuyết tật trong kỳ.", solved(),
           ("solved_on_time", "solved_late")),
    Figure("solved_on_time", "- đúng hạn", TIMES,
           "Không sau ngày hết hạn theo ngày làm việc (TT 01/2019 Đ.5, Đ.6, Đ.9).", solved(False)),
    Figure("solved_late", "- quá hạn", TIMES, "Sau ngày hết hạn.", solved(True)),
    Figure("files_ended", "Hồ sơ rút, người nộp đơn đã mất", TIMES,
           "Kết thúc trong kỳ mà không có kết quả.", ended_otherwise),
    Figure("files_after", "Hồ sơ tồn cuối kỳ", TIMES,
           "Chưa kết thúc vào ngày cuối kỳ: tồn đầu kỳ + nhận - đã trả - rút.", open_after),
    Figure("concluded_determined", "Kết luận có dạng tật, mức độ", TIMES,
           "Biên bản trong kỳ.", concluded("determined")),
    Figure("concluded_not_disabled", "Kết luận không khuyết tật", TIMES,
           "Biên bản trong kỳ.", concluded("not_disabled")),
    Figure("concluded_inconclusive", "Không đưa ra được kết luận", TIMES,
           "Biên bản trong kỳ.", concluded("inconclusive")),
    Figure("board_sent", "Chuyển giám định y khoa", TIMES, "Ngày gửi trong kỳ.", _sent),
    Figure("board_answered", "Có kết luận giám định y khoa", TIMES,
           "Ngày nhận biên bản giám định trong kỳ.", _answered),
    Figure("issued", "Giấy xác nhận đã cấp", TIMES,
           "Ngày cấp trong kỳ; giấy nhập lại theo hồ sơ cũ không đếm.", issued(),
           ("issued_new", "issued_changed", "issued_reached_6", "issued_lost", "issued_exchange")),
    Figure("issued_new", "- cấp mới", TIMES, "Không thuộc bốn loại sau.", issued("new")),
    Figure("issued_changed", "- cấp lại do đổi dạng tật, mức độ", TIMES,
           "Xác định lại, hoặc cấp lại vì thay đổi.", issued("changed")),
    Figure("issued_reached_6", "- cấp lại khi đủ 6 tuổi", TIMES, "Lý do là đủ 6 tuổi.",
           issued("reached_6")),
    Figure("issued_lost", "- cấp lại do mất", TIMES, "Căn cứ là mất giấy.", issued("lost")),
    Figure("issued_exchange", "- cấp đổi", TIMES, "Căn cứ là cấp đổi.", issued("exchange")),
    Figure("revoked", "Giấy xác nhận đã thu hồi", TIMES, "Ngày quyết định thu hồi trong kỳ.",
           _revoked),
    Figure("holders", "Người đang có giấy xác nhận", PERSONS,
           "Còn sống, có giấy còn hiệu lực vào ngày cuối kỳ; mỗi người đếm một lần.", holders(),
           ("holders_profound", "holders_severe", "holders_mild")),
    Figure("holders_profound", "- đặc biệt nặng", PERSONS, "Mức độ trên giấy.",
           holders("profound")),
    Figure("holders_severe", "- nặng", PERSONS, "Mức độ trên giấy.", holders("severe")),
    Figure("holders_mild", "- nhẹ", PERSONS, "Mức độ trên giấy.", holders("mild")),
)  # fmt: skip
"""Every figure of both forms, in the order of the report."""

BY_NAME = {one.name: one for one in FIGURES}
DEGREES = ("profound", "severe", "mild")
TYPES = (
    "mobility",
    "hearing_speech",
    "vision",
    "neuro_psychiatric",
    "intellectual",
    "other",
    MANY,
)


def cell(degree: str, kind: str, stock: bool) -> Figure:
    """A cell of the table of types by degrees: holders on the last day, or issued in the period."""
    if stock:
        rule = "Người có giấy còn hiệu lực ngày cuối kỳ; nhiều dạng tật thì vào hàng riêng."
        return Figure(f"holders_{degree}_{kind}", "", PERSONS, rule, holders(degree, kind))

    def pick(facts: Facts) -> Iterable[str]:
        wanted = set(issued()(facts))
        return (
            one.id
            for one in facts.certificates
            if one.id in wanted and one.degree == degree and kind_of(one) == kind
        )

    return Figure(f"issued_{degree}_{kind}", "", TIMES, "Giấy cấp trong kỳ.", pick)
