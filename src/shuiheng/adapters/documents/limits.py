"""How much of the machine the reading of one file may take."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.adapters.containers.limits import MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Limits of the gate and of the reading process.

    Args:
        file_bytes: Largest file.
        unpacked_bytes: Largest sum of the unpacked parts of an archive.
        part_count: Most parts in an archive.
        expansion: Highest ratio of unpacked to packed size of one part.
        memory_bytes: Address space of the reading process.
        heavy_memory_bytes: The same for recognition of images and for LibreOffice.
        cpu_seconds: CPU time of the reading process.
        heavy_cpu_seconds: The same for recognition of images and for LibreOffice.
        wall_seconds: Time on the clock after which the process is ended.
        heavy_wall_seconds: The same for recognition of images and for LibreOffice.
        answer_bytes: Largest answer that is taken from the reading process.
    """

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 200 * MIB
    part_count: int = 2000
    expansion: int = 100
    memory_bytes: int = 1024 * MIB
    heavy_memory_bytes: int = 4096 * MIB
    cpu_seconds: int = 60
    heavy_cpu_seconds: int = 600
    wall_seconds: int = 120
    heavy_wall_seconds: int = 600
    answer_bytes: int = 64 * MIB
