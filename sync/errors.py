"""What can go wrong between a PC and the server: codes and facts, each kind with its own class."""

from __future__ import annotations

from typing import ClassVar

from data.errors import DataError


class SyncError(DataError):
    """A trouble with the wire or the server; nothing on this PC is lost by it."""

    default_code: ClassVar[str] = "sync_error"

    @property
    def waits(self) -> bool:
        """Whether trying again later by itself makes sense."""
        return False


class Unreachable(SyncError):
    """No connection, a cut or a silence; the next round tries again."""

    default_code: ClassVar[str] = "server_unreachable"

    @property
    def waits(self) -> bool:
        """A line comes back by itself."""
        return True


class Busy(Unreachable):
    """The server answered 429 or 503; `retry_after_s` says when to come back."""

    default_code: ClassVar[str] = "server_busy"


class NotOurServer(SyncError):
    """Something else answered: a login page, another host, an answer without our signature."""

    default_code: ClassVar[str] = "not_our_server"


class OtherGeneration(SyncError):
    """The server is another one, or was restored from an older backup."""

    default_code: ClassVar[str] = "other_generation"


class ClockWrong(SyncError):
    """This PC's clock is far from the server's; nothing is sent with wrong dates."""

    default_code: ClassVar[str] = "clock_wrong"


class NotEnrolled(SyncError):
    """This PC belongs to no server yet."""

    default_code: ClassVar[str] = "not_enrolled"


class EnrolRefused(SyncError):
    """The one-time code is unknown, used, expired, or of another server."""

    default_code: ClassVar[str] = "code_unknown"


class Fenced(SyncError):
    """The server knows other changes under this PC's numbers: a restored or copied store."""

    default_code: ClassVar[str] = "forked"


class Revoked(SyncError):
    """The office closed this PC's access."""

    default_code: ClassVar[str] = "device_revoked"


class ServerRefused(SyncError):
    """The server refused the request itself; `code` says why."""

    default_code: ClassVar[str] = "server_refused"


class InsecureAddress(SyncError):
    """Plain http to another machine, or a demonstration office leaving this machine."""

    default_code: ClassVar[str] = "insecure_address"
