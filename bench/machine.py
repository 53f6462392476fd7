"""This machine → the few words without which no figure means anything."""

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the figures were measured on. ``load`` is how many processes wanted a core before."""

    cpu: str
    cores: int
    python: str
    system: str
    load: float


def read_machine() -> Machine:
    """This machine as it is now; ``cores`` are those this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Machine(
        cpu=_find_cpu(Path("/proc/cpuinfo")) or platform.processor() or platform.machine(),
        cores=cores or 1,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
        load=round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0,
    )


def _find_cpu(path: Path) -> str:
    """The model's name as Linux tells it; elsewhere nothing."""
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def render_machine(machine: Machine) -> str:
    """The machine in one line."""
    cores = "1 core" if machine.cores == 1 else f"{machine.cores} cores"
    return (
        f"{machine.cpu}, {cores} (load before {machine.load:.1f}), "
        f"{machine.python}, {machine.system}"
    )
