"""What hashing, sealing, exporting and verifying an event cost, beside SHA-256 over the same bytes."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from shuiheng.audit import make_seal, row_hash, verify
from shuiheng.audit.canonical import canonical_bytes
from shuiheng.audit.export_form import LogHead, export_lines
from tests.audit.making import BEGAN, event, log

PEAK = (
    "import resource, sys; from shuiheng.audit import verify; verify.main([sys.argv[1]]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _write(path: Path, rows: int) -> int:
    """Write an export of so many rows and return the number of its last seal."""
    seals = sum(1 for _ in log(rows, batch=1000))
    head = LogHead(city="330299", exported_at=BEGAN, last_seal=seals)
    batches = ((seal, events) for seal, events in log(rows, batch=1000) if seal is not None)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(export_lines(head, batches))
    return seals


def run(full: bool) -> None:
    """Print the figures; a million rows with --full, else twenty thousand."""
    records = [event(number) for number in range(5000)]
    plain = [canonical_bytes(record) for record in records]
    spent = _cpu(lambda: [row_hash(record) for record in records]) / 5000 * 1e6
    bare = _cpu(lambda: [hashlib.sha256(content).hexdigest() for content in plain]) / 5000 * 1e6
    size = sum(map(len, plain)) / len(plain)
    print(f"hash of an event of {size:.0f} bytes: {spent:.1f} µs, bare SHA-256 {bare:.1f} µs")
    leaves = [row_hash(record) for record in records[:4096]]
    spent = _cpu(lambda: make_seal(leaves, at=BEGAN))
    print(f"seal over 4,096 rows: {spent * 1e3:.1f} ms, {spent / 4096 * 1e6:.2f} µs a row")
    rows = 1_000_000 if full else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        _write(path, rows)
        _verified(path, rows)


def _verified(path: Path, rows: int) -> None:
    with path.open("rb") as stream:
        spent = _cpu(lambda: verify.check_log(stream, {}))
    with path.open("rb") as stream:
        bare = _cpu(lambda: hashlib.file_digest(stream, "sha256"))
    peak = subprocess.run([sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, text=True)
    size = path.stat().st_size / 2**20
    print(f"verifying {rows:,} rows ({size:.0f} MiB): {spent:.2f} s CPU, {spent / rows * 1e6:.1f} µs a row")
    print(f"bare SHA-256 of the file: {bare:.3f} s CPU, ratio {spent / bare:.0f}")
    print(f"highest memory of the verifier: {int(peak.stdout.split()[-1]) / 1024:.0f} MiB")
    print(f"of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
