"""Settle all readings of a period at once, here or on a cluster, and write what they say into a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from shuiheng.adapters.engines.columnar import Reader, Store
from shuiheng.adapters.engines.settlement import (
    Asked,
    Difference,
    SettleJob,
    SettlementRules,
    Summary,
    differences,
    job_for,
    settle_alone,
    settle_embedded,
)
from shuiheng.adapters.engines.settlement.errors import NothingToSettleError
from shuiheng.adapters.engines.settlement.job import USUAL_KINDS
from shuiheng.adapters.engines.spark.errors import ClusterError
from shuiheng.adapters.records.models import Meter
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.month_volumes import DatedProfile
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.profiles_in_force import dated_profiles
from shuiheng.services.readings.reading_store import reading_store

ADDRESSES = ("spark://", "local[")
GAPS = "V2"
Told = Callable[[Difference], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted.

    Args:
        engine: Address of a cluster; empty for the embedded engine.
        from_on: First day; None for that of the first reading.
        to_on: Last day; None for that of the last reading.
        kinds: Kinds of answers.
        out: Folder for the answers, empty or not there; None keeps none.
        profiles: By which profiles intervals lie over time, by meter id.
        tell: Called with every figure in which the evidence and the embedded state differ, all being
            computed anew, on the cluster or here; None compares nothing.
    """

    engine: str = ""
    from_on: date | None = None
    to_on: date | None = None
    kinds: tuple[str, ...] = USUAL_KINDS
    out: Path | None = None
    profiles: Mapping[int, tuple[DatedProfile, ...]] = field(default_factory=dict)
    tell: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was settled.

    Args:
        summary: What the answers cover.
        waiting: Batches that wait to be settled and are not in it.
        differences: Figures in which evidence and embedded state differ; None when not compared.
    """

    summary: Summary
    waiting: int
    differences: int | None


def settle_whole(store: Store, wanted: Wanted) -> Outcome:
    """Settle all readings of the newest generation; nothing of the store is changed.

    Args:
        store: The store of readings.
        wanted: What is wanted.

    Raises:
        ServiceError: There is nothing to settle, the folder is not empty, or the cluster cannot do it.
    """
    _check(wanted)
    with ExitStack() as stack:
        reader = stack.enter_context(store.snapshot())
        beside = Path(stack.enter_context(TemporaryDirectory(dir=store.folder.parent, prefix="settling-")))
        job = _job(store, reader, wanted, wanted.out or beside / "answers")
        job.out.mkdir(parents=True, exist_ok=True)
        found = None
        if wanted.engine:
            summary = _on_cluster(wanted.engine, job)
        else:
            summary = settle_embedded(reader, job) if wanted.tell is None else settle_alone(job)
        if wanted.tell is not None:
            embedded = replace(job, out=beside / "embedded")
            embedded.out.mkdir()
            settle_embedded(reader, embedded)
            found = _compared(job.out, embedded.out, wanted.tell)
        waiting = sum(not batch.is_settled for batch in reader.manifest.batches)
        return Outcome(summary=summary, waiting=waiting, differences=found)


def settle_installation(wanted: Wanted) -> Outcome:
    """Settle the readings of this installation, by the profiles that its ledger knows. See `settle_whole`."""
    return settle_whole(reading_store(), replace(wanted, profiles=dated_profiles(Meter.objects.all())))


def _check(wanted: Wanted) -> None:
    if wanted.engine and not wanted.engine.startswith(ADDRESSES):
        raise ServiceError("readings.engine_address", address=wanted.engine)
    if wanted.engine and find_spec("pyspark") is None:
        raise ServiceError("readings.engine_missing")
    if wanted.out is not None and wanted.out.exists() and any(wanted.out.iterdir()):
        raise ServiceError("readings.folder_not_empty", folder=str(wanted.out))


def _job(store: Store, reader: Reader, wanted: Wanted, out: Path) -> SettleJob:
    rules = SettlementRules(
        intervals=store.rules, gaps=metering_checks().rules[GAPS], profiles=wanted.profiles
    )
    asked = Asked(from_on=wanted.from_on, to_on=wanted.to_on, kinds=wanted.kinds)
    try:
        return job_for(store.folder.absolute(), reader.manifest, out=out.absolute(), rules=rules, asked=asked)
    except NothingToSettleError as error:
        raise ServiceError("readings.nothing_to_settle") from error


def _on_cluster(address: str, job: SettleJob) -> Summary:
    from shuiheng.adapters.engines.spark.cluster import (  # noqa: PLC0415  an extra that need not be there
        open_session,
        settle_on_spark,
    )

    try:
        with open_session(address) as session:
            return settle_on_spark(session, job)
    except ClusterError as error:
        raise ServiceError("readings.engine_failed", address=address, reason=error.reason) from error


def _compared(ours: Path, theirs: Path, tell: Told) -> int:
    count = 0
    for difference in differences(ours, theirs):
        tell(difference)
        count += 1
    return count
