"""Frozen values about the PCs of an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DeviceState = Literal["holds", "sending", "one_sided", "waiting", "no_door", "revoked"]


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A PC of the office; `own` is the one at which we sit; instants are ISO UTC.

    `state` says how it stands with the key of restricted values: it holds the office's, is sent
    it with the next round, was sent it and has not given its own, waits until a person decides,
    nobody with the right has worked there yet, or it belongs to the office no more.
    `fingerprint` is what two people compare by telephone.
    """

    id: str
    name: str
    fingerprint: str
    enrolled_at: str
    own: bool
    state: DeviceState
    decided_by: str
    decided_at: str
