"""The connection to a broker: persistent session, manual acknowledgement, reconnect with backoff."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

AT_LEAST_ONCE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """Files for an encrypted connection; the broker's name is always checked.

    Args:
        ca_file: Who may have signed the broker's certificate; empty for the machine's own list.
        certificate_file: Certificate by which we are known, or empty.
        key_file: Its key, or empty.
    """

    ca_file: str = ""
    certificate_file: str = ""
    key_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttSettings:
    """Where and as whom to subscribe.

    Args:
        host: Host of the broker.
        port: Its port.
        client_id: Name of the session, one for each subscriber and the same after a restart: under it
            the broker keeps what was not acknowledged.
        username: Name of the subscriber, or empty. Devices have names of their own at the broker.
        password: Its password, not shown when settings are printed.
        tls: Files for an encrypted connection, or None.
        is_version_5: Whether to speak MQTT 5; brokers that know only 3.1.1 decide themselves how much
            they send before it is acknowledged.
        window: Most messages under way without acknowledgement.
        session_seconds: How long the broker keeps the session of a subscriber that is away.
        keepalive_seconds: Longest silence.
        first_wait_seconds: Wait before the first reconnect; doubled up to `longest_wait_seconds`.
        longest_wait_seconds: Longest wait between two tries.
    """

    host: str
    port: int = 1883
    client_id: str
    username: str = ""
    password: str = ""
    tls: TlsFiles | None = None
    is_version_5: bool = True
    window: int = 1_000
    session_seconds: int = 7 * 86_400
    keepalive_seconds: int = 30
    first_wait_seconds: int = 1
    longest_wait_seconds: int = 60

    def __repr__(self) -> str:
        return f"MqttSettings({self.username or '-'}@{self.host}:{self.port} as {self.client_id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A message as it came.

    Args:
        topic: Its topic; bytes that are no text are replaced.
        payload: Its bytes.
        received_at: UTC seconds.
        is_repeated: Whether the broker says that it sent it before.
        number: By which it is acknowledged, None when it wants none.
        session: The connection on which it came; on another one its number means something else.
    """

    topic: str
    payload: bytes
    received_at: int
    is_repeated: bool
    number: int | None
    session: int


class MqttConnection:
    """Gives each message to `arrived` and acknowledges one when told.

    A message that was not acknowledged when the connection broke comes again. Its number is never
    acknowledged on a later connection, where it may belong to another message.

    Args:
        settings: Where and as whom.
        filters: Topic filters.
        arrived: Called in the thread of the connection; while it waits, nothing more is read.
    """

    def __init__(
        self, settings: MqttSettings, *, filters: Sequence[str], arrived: Callable[[Arrived], None]
    ) -> None:
        self._settings = settings
        self._filters = filters
        self._arrived = arrived
        self._lock = threading.Lock()
        self._session = 0
        self._is_up = False
        self._fault = ""
        self._client = _client(settings)
        self._client.on_connect = self._on_connect
        self._client.on_connect_fail = self._on_connect_fail
        self._client.on_disconnect = self._on_disconnect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message

    @property
    def session(self) -> int:
        """How many connections there were."""
        return self._session

    @property
    def is_up(self) -> bool:
        """Whether there is a connection now."""
        return self._is_up

    @property
    def fault(self) -> str:
        """What went wrong last, empty when all is well."""
        return self._fault

    def start(self) -> None:
        """Connect in a thread of its own, and again whenever the connection breaks."""
        options: dict[str, Any] = {"keepalive": self._settings.keepalive_seconds}
        if self._settings.is_version_5:
            properties = cast("Any", Properties)(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = self._settings.session_seconds
            properties.ReceiveMaximum = self._settings.window
            options |= {"clean_start": False, "properties": properties}
        self._client.connect_async(self._settings.host, self._settings.port, **options)
        self._client.loop_start()

    def stop(self) -> None:
        """Say goodbye; the broker keeps the session."""
        self._client.disconnect()
        self._client.loop_stop()
        self._is_up = False

    def acknowledge(self, messages: Sequence[Arrived]) -> None:
        """Tell the broker that these messages are durable; those of a broken connection come again."""
        for message in messages:
            with self._lock:
                if message.number is not None and self._is_up and message.session == self._session:
                    self._client.ack(message.number, AT_LEAST_ONCE)

    def _on_connect(
        self,
        client: Client,
        _: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        del flags, properties
        if reason.is_failure:
            self._fault = f"connect: {reason}"
            return
        with self._lock:
            self._session += 1
            self._is_up = True
            self._fault = ""
        client.subscribe([(each, AT_LEAST_ONCE) for each in self._filters])

    def _on_connect_fail(self, client: Client, _: object) -> None:
        del client
        self._fault = f"connect: {self._settings.host}:{self._settings.port} does not answer"

    def _on_disconnect(
        self,
        client: Client,
        _: object,
        flags: DisconnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        del client, flags, properties
        with self._lock:
            self._is_up = False
        if reason.is_failure:
            self._fault = self._fault or f"disconnect: {reason}"

    def _on_subscribe(
        self, client: Client, _: object, number: int, reasons: list[ReasonCode], properties: Properties | None
    ) -> None:
        del client, number, properties
        refused = [name for name, reason in zip(self._filters, reasons, strict=False) if reason.is_failure]
        if refused:
            self._fault = f"subscribe: {', '.join(refused)} refused"

    def _on_message(self, client: Client, _: object, message: MQTTMessage) -> None:
        del client
        self._arrived(
            Arrived(
                topic=bytes(message._topic).decode("utf-8", "replace"),
                payload=bytes(message.payload),
                received_at=int(time.time()),
                is_repeated=message.dup,
                number=message.mid if message.qos == AT_LEAST_ONCE else None,
                session=self._session,
            )
        )


def _client(settings: MqttSettings) -> Client:
    version = MQTTProtocolVersion.MQTTv5 if settings.is_version_5 else MQTTProtocolVersion.MQTTv311
    client = Client(
        CallbackAPIVersion.VERSION2,
        client_id=settings.client_id,
        clean_session=None if settings.is_version_5 else False,
        protocol=version,
        manual_ack=True,
    )
    client.reconnect_delay_set(settings.first_wait_seconds, settings.longest_wait_seconds)
    if settings.username:
        client.username_pw_set(settings.username, settings.password or None)
    if settings.tls is not None:
        client.tls_set(
            ca_certs=settings.tls.ca_file or None,
            certfile=settings.tls.certificate_file or None,
            keyfile=settings.tls.key_file or None,
        )
    return client
