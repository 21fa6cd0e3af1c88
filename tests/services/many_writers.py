"""Writers and sealers at once, as a program of its own: `many_writers.py WRITERS EVENTS_EACH SEED`.

Each writer sleeps a little before it commits, so that transactions end out of order; two sealers
seal meanwhile. The last line tells the counts and the verdict of the verifier as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from random import Random
from threading import Event as Signal
from threading import Thread

import django


def main(writers: int, events: int, seed: int) -> None:
    """Write, seal, and print what came of it."""
    django.setup()
    from django.db import connection

    ended = Signal()
    hands = [Thread(target=_write, args=(number, events, seed)) for number in range(writers)]
    sealers = [Thread(target=_seal, args=(ended,)) for _ in range(2)]
    for thread in (*sealers, *hands):
        thread.start()
    for thread in hands:
        thread.join()
    ended.set()
    for thread in sealers:
        thread.join()
    print(json.dumps(_counted()))
    connection.close()


def _write(number: int, events: int, seed: int) -> None:
    from django.db import connection, transaction

    from shuiheng.services.events import record_event

    chance = Random(seed + number)  # noqa: S311  the same pauses each time
    for count in range(events):
        with transaction.atomic():
            record_event(
                None, "task.assigned", subject=f"task:{number}-{count}", before={}, after={"n": count}
            )
            time.sleep(chance.random() / 500)
            if chance.random() < 0.05:
                transaction.set_rollback(True)
    connection.close()


def _seal(ended: Signal) -> None:
    from django.db import connection

    from shuiheng.services.seal_events import seal_events

    is_last = False
    while not is_last:
        is_last = ended.is_set()
        seal_events()
        time.sleep(0.01)
    connection.close()


def _counted() -> dict[str, object]:
    from shuiheng.adapters.records.models import Event, Seal, SealedEvent
    from shuiheng.services.seal_events import seal_events
    from shuiheng.services.verify_log import verify_log

    seal_events()
    events, sealed, seals = (table.objects.count() for table in (Event, SealedEvent, Seal))
    verdict = verify_log()
    return {"events": events, "sealed": sealed, "seals": seals, "code": verdict.code, "rows": verdict.rows}


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
