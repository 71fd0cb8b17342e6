"""Frozen values of the directory of services that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """One service as typed: dictionary names of `provider`."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ProvidersFilter:
    """Conditions on services; empty ones do not count. `ended` shows those that ended, too."""

    query: str = ""
    kinds: tuple[str, ...] = ()
    meets: str = ""
    units: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """One service: its values by dictionary name, whether it has ended, who wrote it last."""

    id: str
    fields: Mapping[str, object]
    ended: bool
    by: str
    at: str

    @property
    def name(self) -> str:
        """Service and who offers it, in one line."""
        told = (self.fields["service_name"], self.fields["provider_name"])
        return " · ".join(str(one) for one in told if one)
