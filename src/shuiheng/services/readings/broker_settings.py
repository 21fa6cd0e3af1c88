"""The settings of a listener: which broker, as whom, which topics, whose meters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.mqtt_topics import MqttTopic, mqtt_topics, topics_of
from shuiheng.adapters.rulebook.strict_yaml import Entry, read_entry
from shuiheng.adapters.telemetry import BatchRules, MqttSettings, TlsFiles
from shuiheng.services.errors import ServiceError

BROKER = (
    "host",
    "port",
    "client_id",
    "username",
    "password_file",
    "tls",
    "ca_file",
    "certificate_file",
    "key_file",
    "version",
    "window",
    "session_days",
    "plain",
)
TLS_FILES = ("ca_file", "certificate_file", "key_file")
GATHER = ("seconds", "slow_seconds", "quick_count")
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
PORT, TLS_PORT, WINDOW, GREATEST_WINDOW, SESSION_DAYS, DAY = 1883, 8883, 2000, 65_535, 7, 86_400
SECONDS, SLOW_SECONDS, QUICK_COUNT = 2, 300, 30
VERSIONS = (3, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerSettings:
    """What a listener is told.

    Args:
        broker: Where and as whom to subscribe.
        topics: How messages are read.
        batches: How long messages are gathered.
        keepers: Slugs of the organisations whose meters may be named; the first one that keeps a
            meter of a number has its readings, and the very first one hears of what nobody knows.
    """

    broker: MqttSettings
    topics: Sequence[MqttTopic]
    batches: BatchRules
    keepers: tuple[str, ...]


def broker_settings(path: Path) -> BrokerSettings:
    """Return the settings in a file.

    Raises:
        ServiceError: `services.file_missing`; `readings.broker_settings`, with the line and what
            is wrong there.
    """
    try:
        return _settings(read_entry(_text(path), file=path.name), path.parent)
    except RulebookError as error:
        raise ServiceError(
            "readings.broker_settings",
            file=error.file,
            line=str(error.line),
            reason=error.reason,
            remedy=error.remedy,
        ) from error


def _settings(entry: Entry, folder: Path) -> BrokerSettings:
    entry.only("broker", "keepers", "topics_file", "gather")
    keepers = entry.words("keepers")
    if not keepers:
        raise entry.at("keepers").refuse("no organisation is named", "List the slug of one or more.")
    entry.take("broker", dict)
    broker = _broker(entry.at("broker"), folder)
    topics: Sequence[MqttTopic] = mqtt_topics()
    if name := entry.get("topics_file", str):
        topics = topics_of(_text(folder / name), file=name)
    return BrokerSettings(broker=broker, topics=topics, batches=_batches(entry, broker), keepers=keepers)


def _broker(entry: Entry, folder: Path) -> MqttSettings:
    entry.only(*BROKER)
    host, tls = entry.take("host", str), _tls(entry, folder)
    if tls is None and host not in THIS_MACHINE and not entry.get("plain", bool):
        raise entry.at("host").refuse(
            "another machine is asked without encryption",
            "Say `tls: true`, or `plain: true` where the network itself is closed.",
        )
    password = entry.get("password_file", str)
    version = _number(entry, "version", 5, VERSIONS[0], VERSIONS[1])
    if version not in VERSIONS:
        raise entry.at("version").refuse(f"there is no MQTT {version} here", "Use 5, or 3 for 3.1.1.")
    return MqttSettings(
        host=host,
        port=_number(entry, "port", TLS_PORT if tls else PORT, 1, GREATEST_WINDOW),
        client_id=entry.take("client_id", str),
        username=entry.get("username", str) or "",
        password=_text(folder / password).strip("\r\n") if password else "",
        tls=tls,
        is_version_5=version == VERSIONS[1],
        window=_number(entry, "window", WINDOW, 1, GREATEST_WINDOW),
        session_seconds=_number(entry, "session_days", SESSION_DAYS, 1, 365) * DAY,
    )


def _tls(entry: Entry, folder: Path) -> TlsFiles | None:
    named = {name: entry.get(name, str) for name in TLS_FILES}
    if not entry.get("tls", bool) and not any(named.values()):
        return None
    return TlsFiles(**{name: str(folder / file) for name, file in named.items() if file})


def _batches(entry: Entry, broker: MqttSettings) -> BatchRules:
    seconds, slow, quick = SECONDS, SLOW_SECONDS, QUICK_COUNT
    if entry.get("gather", dict) is not None:
        gather = entry.at("gather")
        gather.only(*GATHER)
        seconds = _number(gather, "seconds", SECONDS, 1, 3600)
        slow = _number(gather, "slow_seconds", max(SLOW_SECONDS, seconds), seconds, 3600)
        quick = _number(gather, "quick_count", QUICK_COUNT, 0, 10_000)
    return BatchRules(count=broker.window, seconds=seconds, slow_seconds=slow, quick_count=quick)


def _number(entry: Entry, name: str, usual: int, least: int, most: int) -> int:
    found = entry.get(name, int)
    if found is not None and not least <= found <= most:
        raise entry.at(name).refuse(f"`{name}` is not between {least} and {most}", "Write such a number.")
    return usual if found is None else found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError("services.file_missing", path=str(path)) from error
