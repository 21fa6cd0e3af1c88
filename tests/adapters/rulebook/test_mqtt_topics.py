"""Topics of readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.mqtt_topics import FILE, mqtt_topics, read_mqtt_topics, topics_of

SHIPPED = (PACKAGE / "rulebook" / FILE).read_text("utf-8")


def test_the_shipped_topics_name_meter_instant_and_register() -> None:
    topics = mqtt_topics()
    assert {each.form for each in topics} == {"json", "cjt188"}
    for topic in topics:
        if topic.form == "json":
            assert {"read_at", "register"} <= topic.fields.keys()
            assert topic.meter_level is not None or "meter" in topic.fields


def test_a_city_has_its_own_file_in_the_same_form(tmp_path: Path) -> None:
    (tmp_path / "metering").mkdir()
    (tmp_path / FILE).write_text(SHIPPED, "utf-8")
    assert read_mqtt_topics(tmp_path) == topics_of(SHIPPED, file="own.yaml") == mqtt_topics()


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("form: json", "form: xml", "unknown form"),
        ("time: local", "time: soon", "unknown time"),
        ("clock: second_first", "clock: minute_first", "unknown clock"),
        ("shuiheng/v1/+/readings", "shuiheng/v1/a+/readings", "none of MQTT"),
        ("shuiheng/v1/+/readings", "shuiheng/#/readings", "none of MQTT"),
        ("meter_level: 2", "meter_level: 9", "no such level"),
        ("register: register, ", "", "`register` is missing"),
        ("{meter: meterNo, ", "{", "`meter` is missing"),
        ("status_bits: left", "status_bits: left\n    time: local", "unknown field"),
    ],
)
def test_a_topic_that_breaks_a_rule_does_not_load(old: str, new: str, match: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RulebookError, match=match):
        topics_of(SHIPPED.replace(old, new, 1), file="own.yaml")
