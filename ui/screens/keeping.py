"""What is typed into a small form is kept as a draft after a short pause, and offered back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from app.actions import drafts
from app.wording import translate
from ui import show
from ui.stage import Message, Stage
from ui.widgets.form import Form

PAUSE_MS = 1500

Payload = dict[str, object]


class Keeping(QObject):
    """`begin(key)` for the thing being written; `offer(then)` gives back what was left, if any.

    `shape` and `unshape` turn the typed values into those of the record, so that what is
    confidential is kept sealed.
    """

    def __init__(
        self,
        stage: Stage,
        form: Form,
        shape: Callable[[Payload], Payload] = dict,
        unshape: Callable[[Payload], Payload] = dict,
    ) -> None:
        super().__init__(form)
        self._stage, self._form = stage, form
        self._shape, self._unshape = shape, unshape
        self.key = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.now)
        form.edited.connect(lambda _name: self._pause.start())

    def turn(
        self, shape: Callable[[Payload], Payload], unshape: Callable[[Payload], Payload]
    ) -> None:
        """Keep the typing in another shape."""
        self._shape, self._unshape = shape, unshape

    def begin(self, key: str) -> None:
        """From now on the form is about this; an empty key keeps nothing."""
        self._pause.stop()
        self.key = key

    def leave(self) -> None:
        """The officer goes elsewhere: what was typed in the last moments is kept, too."""
        if self._pause.isActive():
            self.now()

    def now(self) -> None:
        """Keep what stands in the form, or forget the draft of a form emptied again."""
        self._pause.stop()
        ws, key = self._stage.ws, self.key
        if not key or not ws.can("enter"):
            return
        typed = self._shape(self._form.changes())
        if typed:
            self._stage.tasks.desk.run(lambda: drafts.keep(ws, key, typed), owner=self)
        else:
            self.drop()

    def drop(self) -> None:
        """It was saved or given up."""
        self._pause.stop()
        ws, key = self._stage.ws, self.key
        if key:
            self._stage.tasks.desk.run(lambda: drafts.drop(ws, key), owner=self)

    def offer(
        self,
        then: Callable[[Mapping[str, object]], None],
        look: Callable[[], None] | None = None,
    ) -> None:
        """Give what was left unfinished to `then`, if anything, and say so; `look` goes there."""
        ws, key = self._stage.ws, self.key

        def found(draft: drafts.KeptDraft | None) -> None:
            if draft is None or not draft.payload or key != self.key or self._form.changes():
                return
            then(self._unshape(dict(draft.payload)))
            words = translate(
                "Đã mở lại phần đang gõ dở lúc {at}.", at=show.instant(draft.saved_at)
            )
            act = translate("Xem") if look is not None else ""
            self._stage.tell(Message(words, "info", act, look))

        self._stage.tasks.desk.run(lambda: drafts.find(ws, key), found, owner=self)
