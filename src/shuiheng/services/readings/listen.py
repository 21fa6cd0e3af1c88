"""Listen to a broker: every message is kept in a batch of its keeper before it is acknowledged."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import Error as DatabaseError
from django.db import close_old_connections, transaction
from django.utils import timezone

from shuiheng.adapters.records.durable import durable_commits
from shuiheng.adapters.records.models import Meter, MeterFact, Organisation
from shuiheng.adapters.telemetry import DeadLetter, Delivered, SinkNotReadyError, Subscriber
from shuiheng.adapters.telemetry.kept_messages import kept_letters, kept_readings
from shuiheng.services.errors import NotThereError
from shuiheng.services.readings.batch_kinds import MQTT
from shuiheng.services.readings.broker_settings import BrokerSettings
from shuiheng.services.readings.receive_call import units_of_telemetry
from shuiheng.services.readings.take_readings import Brought, keep_batch
from shuiheng.services.request_context import in_request

LOOK_SECONDS = 2.0
_PASSING = (DatabaseError, sqlite3.Error, OSError)
Say = Callable[[str], None]
logger = logging.getLogger(__name__)


class Listener:
    """Takes the messages of one broker in until it is stopped.

    What it keeps is queued for the worker, which checks it, takes it in and settles the months.
    While the database or the disk is not ready, nothing is acknowledged and the broker keeps it.

    Args:
        settings: Which broker, which topics, whose meters.
        say: Told in words what happens, for the log of the service.
    """

    def __init__(self, settings: BrokerSettings, *, say: Say) -> None:
        self._keepers = settings.keepers
        self._say = say
        self._ended = threading.Event()
        self.subscriber = Subscriber(
            settings.broker,
            rules=settings.topics,
            units=units_of_telemetry(),
            sink=self.keep_readings,
            dead_letters=self.keep_letters,
            batches=settings.batches,
        )

    def run(self) -> None:
        """Listen until `stop` is called.

        Raises:
            NotThereError: An organisation of the settings does not exist.
        """
        units_named(self._keepers)
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        try:
            self.subscriber.run()
        finally:
            self._ended.set()
            watch.join()

    def stop(self) -> None:
        """Have `run` return after the batch under way."""
        self.subscriber.stop()

    def keep_readings(self, delivered: Sequence[Delivered]) -> None:
        """Keep readings as one batch for each keeper, and return when they are on the disk.

        Raises:
            SinkNotReadyError: The database or the disk is not ready.
        """

        def keep() -> None:
            for unit, readings in self._by_keeper(delivered):
                self._keep(unit, kept_readings(readings), count=len(readings), ending="")

        self._try(keep)

    def keep_letters(self, letters: Sequence[DeadLetter]) -> None:
        """Keep messages that cannot be read as a batch of findings of the first keeper.

        Raises:
            SinkNotReadyError: The database or the disk is not ready.
        """

        def keep() -> None:
            unit = units_named(self._keepers)[0]
            self._keep(unit, kept_letters(letters), count=len(letters), ending="-unread")

        self._try(keep)

    def _by_keeper(self, delivered: Sequence[Delivered]) -> Iterable[tuple[Organisation, list[Delivered]]]:
        units = units_named(self._keepers)
        keeper_of = keepers_of_numbers({each.reading.meter_number for each in delivered}, units)
        parts: dict[int, list[Delivered]] = defaultdict(list)
        for each in delivered:
            parts[keeper_of.get(each.reading.meter_number, units[0].pk)].append(each)
        return [(unit, parts[unit.pk]) for unit in units if unit.pk in parts]

    def _keep(self, unit: Organisation, content: bytes, *, count: int, ending: str) -> None:
        name = f"mqtt-{timezone.localtime():%Y%m%d-%H%M%S}{ending}"
        with transaction.atomic():
            locked = Organisation.objects.select_for_update().get(pk=unit.pk)
            batch = keep_batch(None, locked, Brought(content=content, name=name, kind=MQTT))
        self._say(f"batch {batch.pk}: {count} {'unread' if ending else 'readings'}, {unit.slug}")

    def _try(self, keep: Callable[[], None]) -> None:
        try:
            close_old_connections()
            with in_request(), durable_commits():
                keep()
        except _PASSING as error:
            logger.warning("not kept yet: %s", error)
            raise SinkNotReadyError from error

    def _watch(self) -> None:
        """Say when the connection comes and goes."""
        said = ""
        while not self._ended.wait(LOOK_SECONDS):
            connection = self.subscriber.connection
            now = connection.fault or ("connected" if connection.is_up else "not connected")
            if now != said:
                self._say(now)
                said = now


def units_named(slugs: Sequence[str]) -> list[Organisation]:
    """Return the organisations with these slugs, in their order.

    Raises:
        NotThereError: There is none with one of them.
    """
    found = {unit.slug: unit for unit in Organisation.objects.filter(slug__in=slugs).select_related("place")}
    for slug in slugs:
        if slug not in found:
            raise NotThereError(f"organisation:{slug}")
    return [found[slug] for slug in slugs]


def keepers_of_numbers(numbers: Iterable[str], units: Sequence[Organisation]) -> Mapping[str, int]:
    """Return the key of the first organisation that keeps a meter under each number, where one does.

    A meter has its own number and, where the ledger says so, the one under which it reports.
    """
    wanted, order = list(numbers), [unit.pk for unit in units]
    own = Meter.objects.filter(keeper__in=order, number__in=wanted).values_list("number", "keeper")
    facts = MeterFact.objects.filter(superseded_at__isnull=True, valid_to__isnull=True)
    reported = facts.filter(subject__keeper__in=order, telemetry_id__in=wanted)
    names = [*own, *reported.values_list("telemetry_id", "subject__keeper")]
    found: dict[str, int] = {}
    for number, keeper in names:
        known = found.get(number)
        if known is None or order.index(keeper) < order.index(known):
            found[number] = keeper
    return found
