"""What can be wrong with a call to the store of readings."""

from __future__ import annotations


class StoreBusyError(RuntimeError):
    """Another writer holds the store.

    Args:
        folder: Name of the store's folder.
        holder: What the other one wrote about itself.
    """

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(
            f"columnar.busy: the store {folder} has a writer already ({holder or 'it left no name'}). "
            "There is one at a time: wait for it, or send it your batch. Reading is always possible."
        )
        self.folder = folder
        self.holder = holder


class BadEvidenceError(ValueError):
    """A table or file of evidence cannot be taken.

    Args:
        batch: Id of the batch.
        reason: What is wrong with it.
    """

    def __init__(self, batch: str, reason: str) -> None:
        super().__init__(
            f"columnar.bad_evidence: batch {batch}: {reason}. Nothing of it was kept. Give columns meter, "
            "read_at, register, recorded_at: whole numbers, instants in seconds of UTC, registers in litres."
        )
        self.batch = batch
        self.reason = reason


class BatchClashError(ValueError):
    """A batch comes again under its id with other rows.

    Args:
        batch: Id of the batch.
    """

    def __init__(self, batch: str) -> None:
        super().__init__(
            f"columnar.batch_clash: batch {batch} was appended before with other rows. "
            "A batch is written once; give the new rows an id of their own."
        )
        self.batch = batch


class UnknownBatchError(KeyError):
    """A batch is asked for or to be withdrawn that was never appended.

    Args:
        batch: Id of the batch.
    """

    def __init__(self, batch: str) -> None:
        super().__init__(
            f"columnar.unknown_batch: no batch {batch} was appended. Look at the list of batches."
        )
        self.batch = batch


class UnknownSnapshotError(KeyError):
    """A snapshot is asked for that was not kept.

    Args:
        name: Its name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"columnar.unknown_snapshot: no snapshot was kept under {name}.")
        self.name = name


class DamagedStoreError(RuntimeError):
    """A file of the store is missing or does not say what it must.

    Args:
        file: Name of the file.
        reason: What is wrong with it.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"columnar.damaged: {file}: {reason}. Restore the folder from a backup; "
            "when only files in state/ are lost, `rebuild` makes them anew from the evidence."
        )
        self.file = file
        self.reason = reason
