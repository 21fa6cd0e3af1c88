"""A store of readings: a folder, its one writer, its many readers."""

from __future__ import annotations

from pathlib import Path

from shuiheng.adapters.engines.columnar.errors import UnknownSnapshotError
from shuiheng.adapters.engines.columnar.manifest import FOLDER as MANIFESTS
from shuiheng.adapters.engines.columnar.manifest import Manifest, generations, write_manifest
from shuiheng.adapters.engines.columnar.pins import FOLDER as PINS
from shuiheng.adapters.engines.columnar.pins import newest_manifest, pin_generation
from shuiheng.adapters.engines.columnar.reader import Reader
from shuiheng.adapters.engines.columnar.writer import Writer
from shuiheng.metering.model import IntervalRules

ROOMS = (MANIFESTS, PINS, "evidence", "state")


class Store:
    """A store in a folder. Opening reads nothing; a writer or a snapshot does."""

    def __init__(self, folder: Path, rules: IntervalRules) -> None:
        self.folder = folder
        self.rules = rules

    def writer(self) -> Writer:
        """Return the writer, who has the store for himself until he is closed.

        Raises:
            StoreBusyError: There is one already.
        """
        return Writer(self.folder, self.rules)

    def snapshot(self, name: str | None = None) -> Reader:
        """Return a reader of the newest generation, or of the one kept under a name.

        Raises:
            UnknownSnapshotError: None was kept under that name.
        """
        if name is None:
            manifest, pin = pin_generation(self.folder)
            return Reader(self.folder, manifest, pin, self.rules)
        kept = newest_manifest(self.folder).kept
        if name not in kept:
            raise UnknownSnapshotError(name)
        manifest, pin = pin_generation(self.folder, kept[name])
        return Reader(self.folder, manifest, pin, self.rules)


def open_store(folder: Path, *, rules: IntervalRules) -> Store:
    """Return the store in a folder, which is made when it is not there.

    Args:
        folder: The folder.
        rules: When a fall of a register is noise, and when a rollover; from the rulebook.
    """
    for room in ROOMS:
        (folder / room).mkdir(parents=True, exist_ok=True)
    if not generations(folder):
        write_manifest(folder, Manifest())
    return Store(folder, rules)
