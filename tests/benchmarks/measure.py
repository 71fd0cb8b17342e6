"""One measured number, beside the raw limit taken in the same run."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured: `raw` is the bare limit in the same unit, `aim` the least good ratio.

    `more_is_better` says which way the unit points: persons/s do, seconds and bytes do not.
    """

    name: str
    value: float
    unit: str
    raw: float | None = None
    aim: float | None = None
    more_is_better: bool = True

    @property
    def ratio(self) -> float | None:
        """How much of the raw limit was reached: 1.0 is the limit itself."""
        if not self.raw or not self.value:
            return None
        return self.value / self.raw if self.more_is_better else self.raw / self.value

    @property
    def met(self) -> bool | None:
        """Whether the aim was reached; None where nothing was aimed at."""
        if self.aim is None or self.ratio is None:
            return None
        return self.ratio >= self.aim


def seconds(work: Callable[[], object]) -> float:
    """How long one call took on the wall clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def children_seconds() -> float:
    """Processor time of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory_bytes() -> int:
    """The most memory this process has held so far.

    On Linux not `ru_maxrss`: a child begins with that of the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def resident_bytes() -> int:
    """The memory this process holds now; its peak where the system does not tell."""
    statm = Path("/proc/self/statm")
    if statm.is_file():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return peak_memory_bytes()


def quickest(work: Callable[[], object]) -> float:
    """Milliseconds by the clock of the quickest of three calls."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000
