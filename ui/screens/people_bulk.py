"""What is done with the ticked people: a few at once, thousands in slices with a bar and a stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.actions import person
from app.errors import Problem
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.stage import Message, Stage
from ui.tasks import Watch
from ui.widgets.long_work import LongWork

SLICE = 100
SKIPPED_SHOWN_MAX = 3

Act = Callable[[tuple[str, ...]], tuple[Problem, ...]]


@dataclass
class Outcome:
    """How many were done, who was not and why, and how many were left when somebody stopped."""

    done: int = 0
    skipped: list[Problem] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Bulk:
    """One thing to do: `act(ids)` answers who was skipped; `said` and `doing` are its sentences."""

    doing: str
    said: Callable[[str], str]
    act: Act


def submitting(ws: Workspace) -> Bulk:
    """Send drafts to the approval desk."""
    return Bulk(
        translate("Đang gửi duyệt"),
        lambda count: translate("Đã gửi {count} hồ sơ lên bàn duyệt.", count=count),
        lambda ids: person.submit(ws, ids),
    )


def begin(
    stage: Stage,
    bar: LongWork,
    bulk: Bulk,
    ids: Sequence[str],
    done: Callable[[Outcome], None] | None = None,
) -> None:
    """Do it off the screen; more than a slice shows how far it is and can be stopped.

    `done(outcome)` takes the place of the message for a few, and comes beside the bar for many.
    """
    lane, every = stage.tasks.desk, tuple(ids)
    if bar.running:
        said = translate("Việc trước còn đang chạy. Đợi xong hoặc bấm Dừng rồi làm lại.")
        stage.tell(Message(said, "wait"))
        return

    def many(outcome: Outcome) -> str:
        if done is not None:
            done(outcome)
        return words(bulk, outcome)

    def few(skipped: tuple[Problem, ...]) -> None:
        outcome = Outcome(len(every) - len(skipped), list(skipped))
        if done is not None:
            done(outcome)
            return
        stage.tell(Message(words(bulk, outcome), "wait" if skipped else "ok", stays=bool(skipped)))

    if len(every) > SLICE:
        bar.begin(lane, bulk.doing, lambda watch: in_slices(bulk.act, every, watch), many)
    else:
        lane.run(lambda: bulk.act(every), few, owner=bar)


def in_slices(act: Act, ids: tuple[str, ...], watch: Watch) -> Outcome:
    """Slice by slice; what is done stays done, and between two slices others get their turn."""
    outcome = Outcome()
    for start in range(0, len(ids), SLICE):
        if watch.stopped:
            outcome.left = len(ids) - start
            break
        some = ids[start : start + SLICE]
        skipped = act(some)
        outcome.skipped += skipped
        outcome.done += len(some) - len(skipped)
        if not watch.stopped:
            watch(start + len(some), len(ids))
        watch.breathe()
    return outcome


def words(bulk: Bulk, outcome: Outcome) -> str:
    """What was done, what was left, and the first of those who were skipped."""
    lines = [bulk.said(show.number(outcome.done))]
    if outcome.left:
        left = show.number(outcome.left)
        lines.append(translate("Đã dừng theo ý bạn; còn {count} hồ sơ chưa làm.", count=left))
    return "\n".join([*lines, *skipped_lines(outcome)])


def skipped_lines(outcome: Outcome) -> list[str]:
    """Who was not done and why: the first few, and how many more."""
    lines: list[str] = []
    if len(outcome.skipped) > SKIPPED_SHOWN_MAX:
        count = show.number(len(outcome.skipped))
        lines.append(translate("{count} hồ sơ không làm được:", count=count))
    lines += [problem.message for problem in outcome.skipped[:SKIPPED_SHOWN_MAX]]
    more = len(outcome.skipped) - SKIPPED_SHOWN_MAX
    if more > 0:
        lines.append(translate("… và {count} người nữa.", count=show.number(more)))
    return lines
