"""A nursery for writers that are killed: `STORE KILLS SEED`; a line per acknowledged batch in STORE.acks."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

from adapters.engines.columnar.worlds import DAY, HOUR, START, batch_table, store_at
from shuiheng.adapters.engines.columnar import Writer

METERS = 40
LONGEST_LIFE_SECONDS = 1.0


def rows_of(number: int) -> list[tuple[int, int, int | None, int]]:
    """Return the rows of a batch: six hours of all meters, some of them corrections of three days before."""
    rows: list[tuple[int, int, int | None, int]] = []
    recorded_at = START + number * 6 * HOUR + 7 * HOUR
    for meter in range(METERS):
        for hour in range(6 * number, 6 * number + 6):
            rows.append((meter, START + (hour + 1) * HOUR, 10 * hour + meter, recorded_at))
        if (meter + number) % 7 == 0:
            early = START + (6 * number + 1) * HOUR - 3 * DAY
            rows.append((meter, early, (early // HOUR) % 1000, recorded_at))
    return rows


def write(folder: Path, seed: int) -> None:
    """Append batches until someone kills this, compacting beside it."""
    chance = random.Random(seed)  # noqa: S311 - a test's choice
    acks = os.open(folder.with_suffix(".acks"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with store_at(folder).writer() as writer:
        threading.Thread(target=_compact, args=(writer,), daemon=True).start()
        number = len(writer.manifest.batches)
        while True:
            writer.append(f"b{number}", batch_table(rows_of(number)), settle=chance.random() < 0.7)
            os.write(acks, f"b{number}\n".encode())
            if chance.random() < 0.2:
                writer.settle()
            number += 1


def _compact(writer: Writer) -> None:
    while True:
        writer.compact()
        time.sleep(0.05)


def main(folder: Path, kills: int, seed: int) -> None:
    """Start a writer and kill it after a random while, so many times."""
    chance = random.Random(seed)  # noqa: S311 - a test's choice
    for number in range(kills):
        child = os.fork()
        if not child:
            write(folder, seed + number)
        time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise SystemExit(f"writer {number} ended by itself with status {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
