"""The settings file of a listener: what it says is taken, what is wrong in it is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.broker_settings import broker_settings

LEAST = "broker: {host: 127.0.0.1, client_id: shuiheng}\nkeepers: [ws]\n"
WHOLE = """
broker:
  host: broker.example
  client_id: shuiheng
  username: reader
  password_file: password
  ca_file: ca.pem
  version: 3
  window: 100
  session_days: 2
keepers: [ws, office]
topics_file: topics.yaml
gather: {seconds: 2, slow_seconds: 30, quick_count: 5}
"""
TOPICS = """
topics:
  - vendor: maker
    filter: maker/+/cjt188
    form: cjt188
    meter_level: null
    clock: second_first
    status_bits: left
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "mqtt.yaml"
    path.write_text(text, "utf-8")
    return path


def test_what_is_not_said_has_safe_values(tmp_path: Path) -> None:
    found = broker_settings(_file(tmp_path, LEAST))
    assert (found.broker.host, found.broker.port, found.broker.tls) == ("127.0.0.1", 1883, None)
    assert (found.batches.seconds, found.batches.slow_seconds, found.keepers) == (2, 300, ("ws",))
    assert found.batches.count == found.broker.window and found.topics[0].vendor == "shuiheng"


def test_everything_can_be_said_and_files_stand_beside_it(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("kept secret\n", "utf-8")
    (tmp_path / "topics.yaml").write_text(TOPICS, "utf-8")
    found = broker_settings(_file(tmp_path, WHOLE))
    broker = found.broker
    assert broker.tls is not None and broker.tls.ca_file == str(tmp_path / "ca.pem")
    assert (broker.port, broker.password, broker.is_version_5) == (8883, "kept secret", False)
    assert broker.session_seconds == 2 * 86_400 and "kept secret" not in repr(found)
    assert (found.batches.seconds, found.batches.slow_seconds, found.batches.quick_count) == (2, 30, 5)
    assert [topic.filter for topic in found.topics] == ["maker/+/cjt188"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("broker: {host: 127.0.0.1, client_id: x}\n", 1),
        ("keepers: [ws]\n", 1),
        (LEAST + "broker2: 1\n", 3),
        ("broker: {host: 127.0.0.1}\nkeepers: [ws]\n", 1),
        ("broker:\n  host: 10.0.0.1\n  client_id: x\nkeepers: [ws]\n", 2),
        ("broker:\n  host: 127.0.0.1\n  client_id: x\n  port: 70000\nkeepers: [ws]\n", 4),
        ("broker:\n  host: 127.0.0.1\n  client_id: x\n  version: 4\nkeepers: [ws]\n", 4),
        (LEAST + "gather: {seconds: 0}\n", 3),
        (LEAST + "gather: {seconds: 30, slow_seconds: 10}\n", 3),
        (LEAST + "gather: {seconds: 0.5}\n", 3),
        ("broker: [\n", 2),
        ("", 1),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ServiceError) as refused:
        broker_settings(_file(tmp_path, text))
    assert refused.value.code == "readings.broker_settings"
    assert (refused.value.values["file"], refused.value.values["line"]) == ("mqtt.yaml", str(line))
    assert refused.value.values["reason"] and refused.value.values["remedy"]


def test_a_closed_network_may_be_asked_without_encryption_when_somebody_says_so(tmp_path: Path) -> None:
    text = "broker: {host: 10.0.0.1, client_id: x, plain: true}\nkeepers: [ws]\n"
    assert broker_settings(_file(tmp_path, text)).broker.tls is None


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    named = LEAST.replace("x}", "x, password_file: gone}").replace("shuiheng}", "s, password_file: gone}")
    for path in (tmp_path / "none.yaml", _file(tmp_path, named)):
        with pytest.raises(ServiceError, match="file_missing"):
            broker_settings(path)
