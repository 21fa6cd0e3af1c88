"""Which messages of a broker hold readings, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of, read_entry

FILE = "metering/topics.yaml"
FORMS = {
    "json": ("list", "fields", "register_unit", "flow_unit", "time"),
    "cjt188": ("clock", "status_bits"),
}
FIELDS = ("meter", "read_at", "register", "flow", "battery", "status")
TIMES = ("local", "seconds", "milliseconds")
CLOCKS = ("second_first", "century_first")
BITS = ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttTopic:
    """How the messages of one topic filter are read.

    Args:
        vendor: Who sends them.
        filter: Topic filter as the broker takes it.
        form: `json` or `cjt188`.
        meter_level: Level of the topic that names the meter, from 0, or None.
        list: Path to the list of readings; empty when the message itself is one or a list.
        fields: What of a reading stands at which path.
        register_unit: Unit of the register.
        flow_unit: Unit of the flow.
        time: How instants are written.
        is_clock_low_first: Whether the clock of a frame begins with the second.
        is_status_left: Whether the first bit of the state is the leftmost.
    """

    vendor: str
    filter: str
    form: str
    meter_level: int | None
    list: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    register_unit: str = ""
    flow_unit: str = ""
    time: str = "local"
    is_clock_low_first: bool = True
    is_status_left: bool = True


@cache
def mqtt_topics() -> tuple[MqttTopic, ...]:
    """Return the topics that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_mqtt_topics(rulebook_folder())


def read_mqtt_topics(folder: Traversable) -> tuple[MqttTopic, ...]:
    """Return the topics of the file below a folder."""
    return _topics(read_file(folder, FILE))


def topics_of(text: str, *, file: str) -> tuple[MqttTopic, ...]:
    """Return the topics of a city's own file, in the form of the program's.

    Args:
        text: What stands in it.
        file: Its name, for what is said when it breaks a rule.
    """
    return _topics(read_entry(text, file=file))


def _topics(entry: Entry) -> tuple[MqttTopic, ...]:
    entry.only("topics")
    return tuple(_topic(each) for each in entry.each("topics"))


def _topic(entry: Entry) -> MqttTopic:
    form = one_of(entry, "form", tuple(FORMS))
    entry.only("vendor", "filter", "form", "meter_level", *FORMS[form])
    level = entry.get("meter_level", int)
    vendor, topic = entry.take("vendor", str), entry.take("filter", str)
    parts = topic.split("/")
    if any("#" in part and (part != "#" or part is not parts[-1]) for part in parts) or any(
        "+" in part and part != "+" for part in parts
    ):
        raise entry.at("filter").refuse("the filter is none of MQTT", "Use + for one level, # for the rest.")
    if level is not None and not 0 <= level < len(parts):
        raise entry.at("meter_level").refuse("the filter has no such level", "Count levels from 0.")
    if form == "cjt188":
        return MqttTopic(
            vendor=vendor,
            filter=topic,
            form=form,
            meter_level=level,
            is_clock_low_first=one_of(entry, "clock", CLOCKS) == CLOCKS[0],
            is_status_left=one_of(entry, "status_bits", BITS) == BITS[0],
        )
    return MqttTopic(
        vendor=vendor,
        filter=topic,
        form=form,
        meter_level=level,
        list=entry.take("list", str),
        fields=_fields(entry, has_level=level is not None),
        register_unit=entry.take("register_unit", str),
        flow_unit=entry.take("flow_unit", str),
        time=one_of(entry, "time", TIMES),
    )


def _fields(entry: Entry, *, has_level: bool) -> Mapping[str, str]:
    fields = entry.at("fields")
    fields.only(*FIELDS)
    for name in ("read_at", "register") if has_level else ("meter", "read_at", "register"):
        fields.take(name, str)
    return MappingProxyType({name: fields.take(name, str) for name in fields.itself(dict)})
