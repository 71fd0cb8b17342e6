"""What became of a sheet in words, the same on the command line and on the screen."""

from __future__ import annotations

from app.reports.document import shown
from app.values.record_sheet import NumberBefore, SheetTaken
from app.wording import translate


def facts(done: SheetTaken) -> str:
    """How many rows went which way."""
    words = translate(
        "{rows} dòng: ghi mới {created}, đã có {known}, chưa nhận {refused}.",
        rows=shown(done.rows),
        created=shown(done.created),
        known=shown(done.known),
        refused=shown(len(done.refused)),
    )
    told = [words]
    if done.replaced:
        told.append(translate("Thay số cũ: {count} dòng.", count=shown(len(done.replaced))))
    if done.blank:
        count = shown(done.blank)
        told.append(translate("{count} dòng để trống số, giữ như cũ.", count=count))
    return " ".join(told)


def before(one: NumberBefore) -> str:
    """The number that a row replaces, or that stays because its cell is empty."""
    at = {"sheet": one.sheet, "row": one.row, "name": one.name, "before": shown(one.before)}
    if one.after is None:
        words = "Trang {sheet}, dòng {row}, {name}: ô trống, số cũ {before} giữ nguyên."
        return translate(words, **at)
    words = "Trang {sheet}, dòng {row}, {name}: số cũ {before}, số mới {after}."
    return translate(words, **at, after=shown(one.after))
