"""How much of the machine one workbook may take, and how large its table may be."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.adapters.containers.limits import MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLimits:
    """Limits of the gate, of the reading process and of the table.

    Args:
        file_bytes: Largest file.
        unpacked_bytes: Largest sum of the unpacked parts of an archive.
        part_count: Most parts in an archive.
        expansion: Highest ratio of unpacked to packed size of one part.
        memory_bytes: Address space of the process.
        cpu_seconds: CPU time of the process.
        wall_seconds: Time on the clock after which the process is ended.
        answer_bytes: Largest answer that is taken from the process.
        rows: Most rows of a sheet.
        columns: Most columns of a sheet.
        cells: Most cells with a value in a file.
        blank_run: Most blank rows between two rows with values.
        cell_characters: Most characters of a cell.
        marked_rows: Most rows of a workbook that is given back marked; beyond, errors are listed.
    """

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 200 * MIB
    part_count: int = 200
    expansion: int = 100
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 60
    wall_seconds: int = 120
    answer_bytes: int = 256 * MIB
    rows: int = 200_000
    columns: int = 200
    cells: int = 4_000_000
    blank_run: int = 200
    cell_characters: int = 32_767
    marked_rows: int = 20_000
