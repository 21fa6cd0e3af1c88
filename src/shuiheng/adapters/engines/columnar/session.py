"""What a writer holds between calls, and how it commits: new files first, then the manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar.building import Making
from shuiheng.adapters.engines.columnar.errors import BadEvidenceError, BatchClashError
from shuiheng.adapters.engines.columnar.evidence import (
    FORMS,
    LITRES,
    WRITE_OPTIONS,
    EvidenceFiles,
    Piece,
    Versions,
    checksum_of,
    evidence_table,
    pieces_of,
)
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.manifest import Batch, Manifest, write_manifest
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA, MeterBook, book_table, rules_of, with_new
from shuiheng.adapters.engines.columnar.pins import newest_manifest, remove_unneeded
from shuiheng.adapters.engines.columnar.reader import load_meters
from shuiheng.adapters.engines.columnar.settling import Settler, all_settled
from shuiheng.metering.model import IntervalRules
from shuiheng.metering.rule_arrays import RuleArrays

COMMITS_BETWEEN_CLEANING = 16


@dataclass(slots=True)
class Meters:
    """The meters of a generation: their book, what their volumes depend on, and their events."""

    book: MeterBook
    rules: RuleArrays
    events: pa.Table

    def are_new_in(self, book: MeterBook) -> bool:
        """Return whether another book has more meters."""
        return len(book) > len(self.book)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A Parquet file that is to be a batch: its id, where it stands, its form, whether it may be linked."""

    batch_id: str
    path: Path
    form: str
    link: bool


class Session:
    """The generation that was committed last, and the way to the next."""

    def __init__(self, folder: Path, rules: IntervalRules) -> None:
        self.folder = folder
        self.rules = rules
        self.manifest = newest_manifest(folder)
        self.meters = Meters(*load_meters(folder, self.manifest, rules))
        self.batches = {batch.id: batch for batch in self.manifest.batches}
        self.settler = Settler()
        self.unfinished: list[NewFiles] = []
        self._commits = 0
        remove_unneeded(folder, self.manifest)

    @contextmanager
    def committing(self) -> Iterator[NewFiles]:
        """Give the files of a commit; when it fails they are removed and nothing has changed."""
        new = NewFiles(self.folder, self.manifest.generation + 1)
        self.unfinished.append(new)
        try:
            yield new
        except BaseException:
            new.discard()
            self.settler.forget()
            raise
        finally:
            self.unfinished.remove(new)

    def making(self, new: NewFiles, meters: Meters | None = None) -> Making:
        """Return what the making of state needs."""
        known = meters or self.meters
        return Making(folder=self.folder, new=new, book=known.book, rules=known.rules)

    def commit(self, new: NewFiles, manifest: Manifest, meters: Meters | None = None) -> None:
        """Bring the new files to the disk, then publish the generation that names them."""
        new.sync()
        new.committed()  # from here on they may be named by a manifest on the disk, even if an error follows
        write_manifest(self.folder, manifest)
        self.manifest = manifest
        self.meters = meters or self.meters
        self.batches = {batch.id: batch for batch in manifest.batches}
        self._commits += 1
        if self._commits % COMMITS_BETWEEN_CLEANING == 0:
            self.clean()

    def clean(self) -> None:
        """Remove files that nobody needs any more."""
        names = [name for new in list(self.unfinished) for name in new.names]
        remove_unneeded(self.folder, self.manifest, unfinished=names)

    def is_known(self, batch_id: str, checksum: tuple[int, ...]) -> bool:
        """Return whether a batch was appended before.

        Raises:
            BatchClashError: One was, under this id, with other rows.
        """
        known = self.batches.get(batch_id)
        if known is not None and known.checksum != checksum:
            raise BatchClashError(batch_id)
        return known is not None

    def append(self, batch_id: str, versions: Versions, *, settle: bool) -> bool:
        """Write a batch as evidence, settle it when asked, and commit."""
        checksum = checksum_of(versions)
        if self.is_known(batch_id, checksum):
            return False
        with self.committing() as new:
            file = new.write("evidence", "batch", evidence_table(versions), **WRITE_OPTIONS)
            batch = Batch(
                id=batch_id,
                file=file,
                form=LITRES,
                rows=len(versions),
                first_at=int(versions.read_at.min(initial=2**62)),
                last_at=int(versions.read_at.max(initial=-(2**62))),
                recorded_from=int(versions.recorded_at.min(initial=2**62)),
                recorded_to=int(versions.recorded_at.max(initial=-(2**62))),
                checksum=checksum,
                is_settled=False,
            )
            if not settle:
                self.commit(new, self.manifest.next(batches=(*self.manifest.batches, batch)))
                return True
            book = with_new(self.meters.book, versions.meter, versions.read_at)
            has_others = any(not each.is_settled for each in self.manifest.batches)
            given = None if has_others else versions.in_order()
            self.settle(new, [batch], book, given)
        return True

    def settle(self, new: NewFiles, taken: list[Batch], book: MeterBook, given: Versions | None) -> None:
        """Take new batches and those that wait into the state, and commit."""
        batches = (*self.manifest.batches, *taken)
        pending = [batch for batch in batches if not batch.is_settled and batch.rows]
        for batch in pending:
            if given is None and batch.form == LITRES:
                book = self._with_meters_of(book, batch)
        meters, files = self._meters_with(new, book)
        manifest = replace(self.manifest, batches=batches)
        months = self.settler.settled(self.making(new, meters), manifest, pending, given)
        self.commit(new, manifest.next(months=months, batches=all_settled(batches), **files), meters)

    def remake(self, new: NewFiles, meters: Meters, touched: dict[int, Any], files: dict[str, str]) -> None:
        """Make blocks anew under other meters or events, and commit."""
        months = self.settler.remade(self.making(new, meters), self.manifest, touched)
        self.commit(new, self.manifest.next(months=months, **files), meters)

    def take_file(self, new: NewFiles, given: GivenFile, book: MeterBook) -> tuple[Batch | None, MeterBook]:
        """Bring a Parquet file into the evidence as it is; return its batch, None when it was known."""
        batch_id, path, form = given.batch_id, given.path, given.form
        metadata = pq.read_metadata(path)
        if missing := set(FORMS[form]) - set(metadata.schema.names):
            raise BadEvidenceError(batch_id, f"{path.name} has no column {', '.join(sorted(missing))}")
        if self.is_known(batch_id, (metadata.num_rows,)):
            return None, book
        target = new.path("evidence", "batch")
        target.unlink(missing_ok=True)
        (os.link if given.link else shutil.copyfile)(path, target)
        batch = Batch(
            id=batch_id,
            file=target.name,
            form=form,
            rows=metadata.num_rows,
            first_at=-(2**62),
            last_at=2**62,
            recorded_from=-(2**62),
            recorded_to=2**62,
            checksum=(metadata.num_rows,),
            is_settled=False,
        )
        pieces, book = _bounded(self.folder, pieces_of(self.folder, batch), book, form)
        bounded = replace(
            batch,
            first_at=min((piece.read_from for piece in pieces), default=2**62),
            last_at=max((piece.read_to for piece in pieces), default=-(2**62)),
            recorded_from=min((piece.recorded_from for piece in pieces), default=2**62),
            recorded_to=max((piece.recorded_to for piece in pieces), default=-(2**62)),
        )
        return bounded, book

    def _with_meters_of(self, book: MeterBook, batch: Batch) -> MeterBook:
        files = EvidenceFiles(self.folder)
        try:
            for piece in pieces_of(self.folder, batch):
                versions = files.read(piece)
                book = with_new(book, versions.meter, versions.read_at)
        finally:
            files.close()
        return book

    def _meters_with(self, new: NewFiles, book: MeterBook) -> tuple[Meters, dict[str, str]]:
        """Return the meters with a book that may have more of them, and its file when it has."""
        if not self.meters.are_new_in(book):
            return self.meters, {}
        rules = rules_of(book, self.meters.events, self.rules)
        file = new.write("state", "meters", book_table(book))
        return Meters(book, rules, self.meters.events), {"meters": file}


def _bounded(folder: Path, pieces: list[Piece], book: MeterBook, form: str) -> tuple[list[Piece], MeterBook]:
    """Return pieces with bounds that are known, and the book with the meters in them.

    A piece is read for it only when its statistics are missing or may name new meters.
    """
    files = EvidenceFiles(folder)
    bounded = []
    spans = _spans_of_ids(folder, pieces, form)
    try:
        for piece, span in zip(pieces, spans, strict=True):
            is_open = piece.read_from <= -(2**62) or piece.recorded_from <= -(2**62)
            if is_open or not _are_known(span, book):
                versions = files.read(piece)
                book = with_new(book, versions.meter, versions.read_at)
                bounded.append(_with_bounds(piece, versions) if is_open else piece)
            else:
                bounded.append(piece)
    finally:
        files.close()
    return bounded, book


def _with_bounds(piece: Piece, versions: Versions) -> Piece:
    return replace(
        piece,
        read_from=int(versions.read_at.min()),
        read_to=int(versions.read_at.max()),
        recorded_from=int(versions.recorded_at.min()),
        recorded_to=int(versions.recorded_at.max()),
    )


def _spans_of_ids(folder: Path, pieces: list[Piece], form: str) -> list[tuple[int, int] | None]:
    """Return the least and the greatest id of each piece of one batch, None where the file does not say."""
    if not pieces:
        return []
    metadata = pq.read_metadata(folder / "evidence" / pieces[0].batch.file)
    place = metadata.schema.names.index(FORMS[form][0])
    found = [metadata.row_group(piece.group).column(place).statistics for piece in pieces]
    return [None if each is None or not each.has_min_max else (each.min, each.max) for each in found]


def _are_known(span: tuple[int, int] | None, book: MeterBook) -> bool:
    """Return whether the book has every id between two."""
    if span is None or span[1] - span[0] > 2 * len(book):
        return False
    return bool((book.index_of(np.arange(span[0], span[1] + 1)) >= 0).all())


def events_between(events: pa.Table, others: pa.Table) -> Iterable[dict[str, Any]]:
    """Return the events that are in one of two tables and not in the other."""

    def rows(table: pa.Table) -> set[tuple[Any, ...]]:
        return set(zip(*(table[name].to_pylist() for name in EVENT_SCHEMA.names), strict=True))

    changed = rows(events).symmetric_difference(rows(others))
    return [dict(zip(EVENT_SCHEMA.names, row, strict=True)) for row in changed]
