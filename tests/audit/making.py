"""Events and logs for the tests of the event log; every choice comes from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from shuiheng.audit import EventRecord, LoggedEvent, Seal, logged, make_seal
from shuiheng.audit.export_form import LogHead, export_lines

BEGAN = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
ACTIONS = ("task.assigned", "progress.filed", "progress.returned", "plan.published", "account.locked")
UNITS = ("市水利局", "青河区人民政府", "市自来水公司", None)

plain_text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | plain_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_text, inner, max_size=3),
    max_leaves=8,
)


def event(number: int, chance: Random | None = None, **fields: object) -> EventRecord:
    """Return a made-up event; the same number and seed give the same event."""
    chance = chance or Random(number)  # noqa: S311  a test wants the same numbers again
    made: dict[str, object] = {
        "key": str(UUID(int=chance.getrandbits(128), version=4)),
        "at": BEGAN + timedelta(seconds=number, microseconds=chance.randrange(1_000_000)),
        "actor": f"account:{chance.randrange(30)}",
        "role": "office_clerk",
        "organisation": chance.choice(UNITS),
        "place": "330299",
        "action": chance.choice(ACTIONS),
        "subject": f"task:{chance.randrange(500)}",
        "reason": chance.choice(("", "核对后更正", "按会议纪要调整")),
        "before": {"value": str(Decimal(chance.randrange(9000)) / 100), "state": "draft"},
        "after": {"value": str(Decimal(chance.randrange(9000)) / 100), "state": "filed"},
        "details": {"rows": chance.randrange(50)},
        "request": f"{chance.getrandbits(64):016x}",
    }
    return EventRecord(**(made | fields))  # type: ignore[arg-type]  fields of one test


def log(
    events: int, *, seed: int = 1, batch: int = 40, unsealed: int = 0, algorithm: str = "sha256"
) -> Iterator[tuple[Seal | None, list[LoggedEvent]]]:
    """Yield each seal with its events, then the events that no seal holds yet under None."""
    chance = Random(seed)  # noqa: S311  a test wants the same numbers again
    seal, done = None, 0
    while done < events:
        size = min(events - done, chance.randint(1, 2 * batch))
        rows = [logged(event(done + n, chance), algorithm=algorithm) for n in range(size)]
        done += size
        seal = make_seal(
            [row.row_hash for row in rows],
            at=BEGAN + timedelta(seconds=done, milliseconds=500),
            after=seal,
            algorithm=algorithm,
        )
        yield seal, rows
    if unsealed:
        yield None, [logged(event(done + n, chance), algorithm=algorithm) for n in range(unsealed)]


Batches = list[tuple[Seal, list[LoggedEvent]]]


def batches_of(events: int, *, seed: int = 1, batch: int = 40, algorithm: str = "sha256") -> Batches:
    """Return a whole sealed log in memory."""
    made = log(events, seed=seed, batch=batch, algorithm=algorithm)
    return [(seal, rows) for seal, rows in made if seal is not None]


def exported(batches: Batches, *, unsealed: Sequence[LoggedEvent] = (), city: str = "330299") -> bytes:
    """Return the bytes of an export of a log that begins at its first seal."""
    head = LogHead(city=city, exported_at=BEGAN, last_seal=batches[-1][0].number if batches else 0)
    return "".join(export_lines(head, batches, unsealed=unsealed)).encode()
