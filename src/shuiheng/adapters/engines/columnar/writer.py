"""The one writer of a store: appends evidence, settles it, compacts, withdraws."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar.compacting import compacted, is_compact
from shuiheng.adapters.engines.columnar.errors import UnknownBatchError
from shuiheng.adapters.engines.columnar.evidence import CUBIC_METRES_LOCAL, LITRES, versions_of
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.manifest import Manifest
from shuiheng.adapters.engines.columnar.meters import (
    EVENT_SCHEMA,
    book_table,
    described_otherwise,
    rules_of,
    with_new,
    with_registers,
)
from shuiheng.adapters.engines.columnar.months import days_in
from shuiheng.adapters.engines.columnar.pins import WriterLock, pin_generation
from shuiheng.adapters.engines.columnar.session import GivenFile, Meters, Session, events_between
from shuiheng.adapters.engines.columnar.settling import all_settled, months_of, touched_by_events
from shuiheng.adapters.engines.columnar.undoing import versions_that_undo
from shuiheng.metering.model import IntervalRules

FILES_UNTIL_COMPACTION = 24
"""Patches or files of blocks of a month above which `compact` is due."""


class Writer:
    """Writes a store. Every change is there as a whole once its call returns, and not at all before."""

    def __init__(self, folder: Path, rules: IntervalRules) -> None:
        self._lock = WriterLock(folder)
        self._session = Session(folder, rules)
        self._turn = threading.RLock()
        self._compacting = threading.Lock()

    def __enter__(self) -> Writer:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let another writer in."""
        self.close()

    def close(self) -> None:
        """Let another writer in."""
        with self._compacting, self._turn:
            self._lock.release()

    @property
    def manifest(self) -> Manifest:
        """The generation that was committed last."""
        return self._session.manifest

    def append(self, batch_id: str, table: pa.Table, *, settle: bool = True) -> bool:
        """Take a batch of versions; when this returns, it is on the disk.

        Args:
            batch_id: Its id. The same batch again changes nothing.
            table: Columns meter, read_at, register (null withdraws), recorded_at; see tables.EVIDENCE.
            settle: Take it into days and months at once; else with the next `settle`.

        Returns:
            Whether it was new.

        Raises:
            BadEvidenceError: A column is missing, of another type, or has a value that is no reading.
            BatchClashError: Another batch was appended under this id.
        """
        versions = versions_of(table, LITRES, batch_id)
        with self._turn:
            return self._session.append(batch_id, versions, settle=settle)

    def append_files(
        self, files: Mapping[str, Path], *, form: str = CUBIC_METRES_LOCAL, link: bool = False
    ) -> int:
        """Take Parquet files as they are, one batch each, all in one commit, and settle them.

        Args:
            files: Path by batch id.
            form: How they are laid out, see `evidence.FORMS`.
            link: Take the file itself (same disk) and no copy: nobody may change it afterwards.

        Returns:
            How many were new.

        Raises:
            BadEvidenceError: A file has not the columns of its form, or a value that is no reading.
            BatchClashError: A batch under such an id has another number of rows.
        """
        with self._turn, self._session.committing() as new:
            book, taken = self._session.meters.book, []
            for batch_id, path in files.items():
                given = GivenFile(batch_id=batch_id, path=path, form=form, link=link)
                batch, book = self._session.take_file(new, given, book)
                taken += [] if batch is None else [batch]
            if taken:
                self._session.settle(new, taken, book, None)
            return len(taken)

    def settle(self) -> int:
        """Take batches that were only appended into days and months; return how many there were."""
        with self._turn:
            pending = [batch for batch in self.manifest.batches if not batch.is_settled]
            if pending:
                with self._session.committing() as new:
                    self._session.settle(new, [], self._session.meters.book, None)
            return len(pending)

    def withdraw(self, batch_id: str, *, as_batch: str, recorded_at: int) -> bool:
        """Undo a batch by a further one: what it had overwritten holds again, the rest is withdrawn.

        Args:
            batch_id: The batch to undo.
            as_batch: Id of the batch that undoes it.
            recorded_at: Instant of the undoing.

        Returns:
            Whether the undoing was new.

        Raises:
            UnknownBatchError: There is no such batch.
        """
        with self._turn:
            session = self._session
            if batch_id not in session.batches:
                raise UnknownBatchError(batch_id)
            if as_batch in session.batches:
                return False
            self.settle()
            making = session.making(NewFiles(session.folder, 0))
            versions = versions_that_undo(
                session.folder,
                session.batches[batch_id],
                pieces=session.settler.pieces(making, session.manifest),
                book=session.meters.book,
                recorded_at=recorded_at,
            )
            return session.append(as_batch, versions, settle=True)

    def put_meters(self, table: pa.Table) -> None:
        """Set registers and grids of meters (`meters.METER_SCHEMA`); what depends on them is made anew.

        Meters that are described so already cost nothing.
        """
        with self._turn:
            known = self._session.meters
            book = with_registers(known.book, table)
            changed = described_otherwise(book, known.book)
            if not len(changed):
                return
            with self._session.committing() as new:
                meters = Meters(book, rules_of(book, known.events, self._session.rules), known.events)
                files = {"meters": new.write("state", "meters", book_table(book))}
                self._session.remake(new, meters, self._whole_months(meters, changed), files)

    def put_events(self, table: pa.Table) -> None:
        """Set all events of all meters (`meters.EVENT_SCHEMA`); days that a change touches are made anew."""
        with self._turn:
            known = self._session.meters
            events = table.select(EVENT_SCHEMA.names).cast(EVENT_SCHEMA)
            changed = list(events_between(events, known.events))
            if changed:
                with self._session.committing() as new:
                    self._change_events(new, events, changed)

    def _change_events(self, new: NewFiles, events: pa.Table, changed: list[dict[str, Any]]) -> None:
        known = self._session.meters
        ids = events["meter"].to_numpy()
        book = with_new(known.book, ids, np.zeros(len(ids), np.int64))
        meters = Meters(book, rules_of(book, events, self._session.rules), events)
        index = book.index_of(np.array([row["meter"] for row in changed], np.int64)).tolist()
        places = zip(index, [row["at"] for row in changed], strict=True)
        touched = touched_by_events(self._session.making(new, meters), places)
        makes = [row["meter"] for row in changed if row["multiplier"] is not None]
        for number, mask in self._whole_months(meters, np.array(makes, np.int64)).items() if makes else ():
            touched[number] = touched.get(number, mask) | mask
        files = {"events": new.write("state", "events", events)}
        files["meters"] = new.write("state", "meters", book_table(book))
        self._session.remake(new, meters, touched, files)

    def _whole_months(self, meters: Meters, ids: Any) -> dict[int, Any]:
        """Return marks for all days of some meters, by month."""
        index = meters.book.index_of(ids)
        touched = {}
        for number in self.manifest.months:
            touched[number] = np.zeros((days_in(number), len(meters.book)), bool)
            touched[number][:, index] = True
        return touched

    def compact(self) -> int:
        """Put the files of each month together; return how many months changed. May run beside `append`."""
        with self._compacting:
            changed = sum(self._compact_month(number) for number in sorted(self.manifest.months))
            with self._turn:
                self._session.clean()
            return changed

    def _compact_month(self, number: int) -> bool:
        """Write a month anew beside the appends, then put it in place of the files that it was made of."""
        with self._turn:
            before, generation = self.manifest.months[number], self.manifest.generation
            is_open = number == max(self.manifest.months)
            if is_compact(before, is_open=is_open):
                return False
            making = self._session.making(CompactFiles(self._session.folder, generation, number))
            self._session.unfinished.append(making.new)
            _, pin = pin_generation(self._session.folder, generation)
        try:
            after = compacted(making, number, before, is_open=is_open)
            with self._turn:
                held = self.manifest.months[number]
                runs, blocks = len(before.runs), len(before.blocks)
                if held.runs[:runs] != before.runs or held.blocks[:blocks] != before.blocks:
                    making.new.discard()
                    return False
                merged = replace(
                    held, runs=(*after.runs, *held.runs[runs:]), blocks=(*after.blocks, *held.blocks[blocks:])
                )
                months = self.manifest.months | {number: merged}
                self._session.commit(making.new, self.manifest.next(months=months))
        except BaseException:
            making.new.discard()
            raise
        finally:
            self._session.unfinished.remove(making.new)
            pin.release()
        return True

    @property
    def is_compaction_due(self) -> bool:
        """Whether a month has so many files that reading it becomes slow."""
        return any(
            max(len(month.blocks), sum(run.is_patch for run in month.runs)) > FILES_UNTIL_COMPACTION
            for month in self.manifest.months.values()
        )

    def rebuild(self) -> None:
        """Make all days and months anew from the evidence; the result is the same."""
        self.settle()
        with self._turn, self._session.committing() as new:
            session = self._session
            session.settler.forget()
            empty = replace(session.manifest, months={})
            batches = [batch for batch in session.manifest.batches if batch.rows]
            months = session.settler.built(session.making(new), empty, months_of(batches))
            session.commit(
                new, session.manifest.next(months=months, batches=all_settled(session.manifest.batches))
            )

    def keep(self, name: str) -> int:
        """Keep the newest generation under a name, for a report; return its number."""
        with self._turn, self._session.committing() as new:
            generation = self.manifest.generation
            self._session.commit(new, self.manifest.next(kept=self.manifest.kept | {name: generation}))
            return generation

    def release(self, name: str) -> None:
        """Let a generation go that was kept under a name."""
        with self._turn, self._session.committing() as new:
            kept = {each: number for each, number in self.manifest.kept.items() if each != name}
            self._session.commit(new, self.manifest.next(kept=kept))


class CompactFiles(NewFiles):
    """Files of a compaction, under names that no append takes at the same time."""

    def __init__(self, folder: Path, generation: int, month: int) -> None:
        super().__init__(folder, generation)
        self._stem = f"{generation:010d}-compact{month}"
