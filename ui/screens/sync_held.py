"""Cards of the sync page that ask a person: too many removals at once, and incidents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.actions import incidents, removals
from app.section_titles import section_title
from app.values.outgoing import HeldRemovals, IncidentCard
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, entry
from ui.stage import Stage
from ui.widgets.parts import Card, clear, column

NAMED_MAX = 12


class HeldCard(Card):
    """Whom the removals concern, and the two answers, for who may decide."""

    decided = Signal()

    def __init__(self, stage: Stage) -> None:
        rows = column(gap=10)
        super().__init__(translate("Nhiều hồ sơ bị gỡ cùng lúc, chờ đồng ý"), rows)
        self.stage, self._rows = stage, rows
        self.hide()

    def show_held(self, groups: Sequence[HeldRemovals]) -> None:
        """Ask about what waits now; nothing waits: no card."""
        clear(self._rows)
        for group in groups:
            self._rows.addWidget(self._group(group))
        self.setVisible(bool(groups))

    def _group(self, group: HeldRemovals) -> Card:
        out = group.way == removals.WAYS[0]
        count = show.number(group.count)
        title = (
            translate("{count} bản ghi bị gỡ ở máy này, chưa gửi đi", count=count)
            if out
            else translate("{count} bản ghi bị gỡ ở máy khác, chưa gỡ ở đây", count=count)
        )
        ask = translate(
            "Nhiều hơn thường lệ nên chờ người có quyền duyệt đồng ý; mọi việc khác vẫn gửi nhận."
        )
        names = list(dict.fromkeys(one.name or section_title(one.record)
                                   for one in group.people))  # fmt: skip
        told = ", ".join(names[:NAMED_MAX])
        if len(names) > NAMED_MAX or group.count > len(group.people):
            told = translate("{names} và nhiều người khác", names=told)
        first = group.people[0]
        who = translate("Người gỡ: {login}, {at}", login=first.by, at=show.instant(first.at))
        acts: Actions = ()
        if self.stage.ws.can("approve"):
            acts = (
                (translate("Đồng ý gỡ"), partial(self._decide, removals.allow, group.way)),
                (translate("Giữ lại tất cả"), partial(self._decide, removals.keep, group.way)),
            )
        return entry(title, (ask, told, who), acts)

    def _decide(self, deed: Callable[..., int], way: str) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: deed(ws, way), lambda _count: self.decided.emit(), owner=self
        )


class IncidentsCard(Card):
    """Records that once stood otherwise than on the server, until somebody has looked."""

    looked = Signal()

    def __init__(self, stage: Stage) -> None:
        rows = column(gap=10)
        super().__init__(translate("Sự cố: từng lệch với máy chủ"), rows)
        self.stage, self._rows = stage, rows
        self.hide()

    def show_incidents(self, cards: Sequence[IncidentCard]) -> None:
        """Tell of those nobody has looked at; none: no card."""
        clear(self._rows)
        for one in cards:
            self._rows.addWidget(self._card(one))
        self.setVisible(bool(cards))

    def _card(self, one: IncidentCard) -> Card:
        ws = self.stage.ws
        record = section_title(one.record)
        title = translate("{name}: {record}", name=one.name, record=record) if one.name else record
        acts: Actions = ()
        if one.person_id:
            acts = ((translate("Mở hồ sơ"), partial(self.stage.go, "person", one.person_id)),)
        if ws.can("resolve"):
            acts = (*acts, (translate("Đã xem xong"), partial(self._seen, one.id)))
        differ = translate("Khác ở: {fields}", fields=one.fields) if one.fields else ""
        return entry(title, (f"{one.what} {show.instant(one.at)}", differ, one.done), acts)

    def _seen(self, incident_id: str) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: incidents.seen(ws, incident_id),
            lambda _nothing: self.looked.emit(),
            owner=self,
        )
