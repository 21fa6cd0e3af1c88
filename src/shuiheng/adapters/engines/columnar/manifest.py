"""The manifest: one small file per generation that says which files are the store."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from shuiheng.adapters.engines.columnar.errors import DamagedStoreError
from shuiheng.adapters.engines.columnar.files import write_whole

FOLDER = "manifests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch of evidence.

    Args:
        id: Its id, unique in the store.
        file: Its file in `evidence/`.
        form: How the file is laid out (`evidence.FORMS`).
        rows: Number of versions.
        first_at: First instant of a reading.
        last_at: Last instant of a reading.
        recorded_from: First instant of taking in.
        recorded_to: Last instant of taking in.
        checksum: Sums by which the same rows are known again.
        is_settled: Whether the state has taken it in.
    """

    id: str
    file: str
    form: str
    rows: int
    first_at: int
    last_at: int
    recorded_from: int
    recorded_to: int
    checksum: tuple[int, ...]
    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A file of readings that hold. A patch lies over the runs before it; others lie beside each other."""

    file: str
    first_day: int
    last_day: int
    rows: int
    is_patch: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The state of one month.

    Args:
        runs: Readings that hold; patches behind what they lie over.
        blocks: Files of day blocks; a later one lies over the earlier ones.
        summary: File of month blocks.
        newest: Last instant of taking in, by day.
        has_withdrawals: Whether a version without register was taken in.
    """

    runs: tuple[Run, ...] = ()
    blocks: tuple[str, ...] = ()
    summary: str = ""
    newest: dict[int, int] = field(default_factory=dict)
    has_withdrawals: bool = False

    def files(self) -> set[str]:
        """Return the names of its files."""
        return (
            {run.file for run in self.runs} | set(self.blocks) | ({self.summary} if self.summary else set())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One generation of the store.

    Args:
        generation: Number, one more with every commit.
        meters: File of the meters, empty before the first.
        events: File of their events, empty before the first.
        batches: Batches in order of arrival.
        months: State by month, counted from 1970-01.
        kept: Generations kept for reports, by name.
    """

    generation: int = 0
    meters: str = ""
    events: str = ""
    batches: tuple[Batch, ...] = ()
    months: dict[int, Month] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def state_files(self) -> set[str]:
        """Return the names of its files in `state/`."""
        named = {self.meters, self.events} - {""}
        return named.union(*(month.files() for month in self.months.values()))

    def evidence_files(self) -> set[str]:
        """Return the names of its files in `evidence/`."""
        return {batch.file for batch in self.batches}

    def next(self, **changes: Any) -> Manifest:
        """Return the next generation with changes."""
        return replace(self, generation=self.generation + 1, **changes)


def manifest_path(folder: Path, generation: int) -> Path:
    """Return where the manifest of a generation stands."""
    return folder / FOLDER / f"{generation:010d}.json"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Publish a generation: write, sync, rename, sync the folder."""
    months = {number: asdict(month) for number, month in manifest.months.items()}
    rest = {"generation": manifest.generation, "meters": manifest.meters, "events": manifest.events}
    head = json.dumps({**rest, "months": months, "kept": manifest.kept}, separators=(",", ":"))
    body = f'{head[:-1]},"batches":[{",".join(map(_batch_json, manifest.batches))}]}}'
    content = f"{zlib.crc32(body.encode()):08x}\n{body}\n"
    write_whole(manifest_path(folder, manifest.generation), content.encode())


@lru_cache(maxsize=1 << 18)
def _batch_json(batch: Batch) -> str:
    """Return a batch as JSON; there are many, and each is written again with every generation."""
    return json.dumps(asdict(batch), separators=(",", ":"))


def generations(folder: Path) -> list[int]:
    """Return the generations that have a manifest, the newest last."""
    return sorted(int(path.stem) for path in (folder / FOLDER).glob("*.json"))


def read_manifest(folder: Path, generation: int) -> Manifest:
    """Return a generation.

    Raises:
        DamagedStoreError: The manifest is missing or damaged.
    """
    path = manifest_path(folder, generation)
    try:
        checksum, body = path.read_text("utf-8").split("\n")[:2]
        if int(checksum, 16) != zlib.crc32(body.encode()):
            raise DamagedStoreError(path.name, "its checksum does not fit")
        return _parsed(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedStoreError(path.name, f"it cannot be read ({error})") from error


def _parsed(raw: dict[str, Any]) -> Manifest:
    months = {
        int(number): Month(
            runs=tuple(Run(**run) for run in month["runs"]),
            blocks=tuple(month["blocks"]),
            summary=month["summary"],
            newest={int(day): at for day, at in month["newest"].items()},
            has_withdrawals=month["has_withdrawals"],
        )
        for number, month in raw["months"].items()
    }
    batches = tuple(Batch(**{**batch, "checksum": tuple(batch["checksum"])}) for batch in raw["batches"])
    return Manifest(**{**raw, "months": months, "batches": batches})
