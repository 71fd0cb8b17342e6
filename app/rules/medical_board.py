"""What each reason for the medical board needs, and how old conclusions are read."""

from __future__ import annotations

from collections.abc import Mapping

INCONCLUSIVE, DISAGREEMENT, BIAS = "inconclusive", "disagreement", "bias"
NEEDS: Mapping[str, tuple[str, ...]] = {
    INCONCLUSIVE: ("findings",),
    DISAGREEMENT: ("findings", "disagreement"),
    BIAS: ("findings", "evidence"),
}
"""Fields without which no referral is written (TTLT 34/2012: the petition, the evidence)."""
PAPERS: Mapping[str, tuple[str, ...]] = {
    INCONCLUSIVE: ("minutes",),
    DISAGREEMENT: ("minutes", "petition"),
    BIAS: ("minutes", "evidence"),
}
"""Papers that go along in any case."""

OLD_UNTIL = "2012-06-01"
"""Conclusions from before this day are read by NĐ 28/2012/NĐ-CP Đ.4 k.3."""
ARTICLE = "NĐ 28/2012/NĐ-CP Đ.4 k.3"
PROFOUND, SEVERE, MILD = "profound", "severe", "mild"
BY_CARE = {"none": PROFOUND, "partly": SEVERE, "able": MILD}


def lacks(reason: str, filled: Mapping[str, object]) -> tuple[str, ...]:
    """The fields that a referral for this reason lacks."""
    return tuple(name for name in NEEDS.get(reason, ()) if not filled.get(name))


def is_old(minutes_on: str) -> bool:
    """Whether minutes are from before the decree; a bare 2012 is not known to be."""
    return bool(minutes_on) and (minutes_on + "-12-31")[:10] < OLD_UNTIL


def converted(loss_percent: int | None, self_care: str) -> str | None:
    """The degree that an old conclusion stands for; None where it is not clear.

    Where percentage and self-care name two degrees, the conclusion is unclear and the council
    decides as for anybody.
    """
    by_care = BY_CARE.get(self_care)
    if loss_percent is None:
        return by_care
    by_loss = PROFOUND if loss_percent >= 81 else SEVERE if loss_percent >= 61 else MILD
    return by_loss if by_care in (None, by_loss) else None
