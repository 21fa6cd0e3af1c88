"""The connection to a broker: who may come in, and what is acknowledged."""

from __future__ import annotations

import subprocess
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from adapters.telemetry.broker import (
    MOSQUITTO,
    Kept,
    broker_in,
    needs_mosquitto,
    publishing,
    reading_of,
    settings_for,
    subscribed,
    until,
)
from shuiheng.adapters.telemetry.mqtt_connection import Arrived, MqttConnection, MqttSettings, TlsFiles

pytestmark = [
    needs_mosquitto,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
]


def _message(session: int) -> Arrived:
    return Arrived(topic="t", payload=b"", received_at=0, is_repeated=False, number=5, session=session)


def test_a_number_of_an_earlier_connection_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = MqttSettings(host="127.0.0.1", client_id="reader")
    connection = MqttConnection(settings, filters=["t"], arrived=lambda message: None)
    sent: list[int] = []
    monkeypatch.setattr(connection._client, "ack", lambda number, qos: sent.append(number))
    monkeypatch.setattr(connection, "_session", 2)
    connection.acknowledge([_message(2)])
    assert sent == []  # there is no connection now
    monkeypatch.setattr(connection, "_is_up", True)
    connection.acknowledge([_message(1)])
    assert sent == []
    connection.acknowledge([_message(2)])
    assert sent == [5]


def test_printed_settings_show_no_password() -> None:
    settings = MqttSettings(host="h", client_id="reader", username="u", password="secret")  # noqa: S106 - none
    assert "secret" not in repr(settings) and "secret" not in str(settings)


def _passwords(folder: Path) -> str:
    tool = Path(str(MOSQUITTO)).parent.parent / "bin" / "mosquitto_passwd"
    path = folder / "passwords"
    path.write_text("reader:read-it\n12:device-12\n13:device-13\n", "utf-8")
    subprocess.run([str(tool), "-U", str(path)], check=True, capture_output=True)
    return f"password_file {path}"


def test_a_device_writes_only_under_its_own_name(tmp_path: Path) -> None:
    rights = tmp_path / "rights"
    rights.write_text(
        "user reader\ntopic read shuiheng/#\n\npattern write shuiheng/v1/%u/readings\n", "utf-8"
    )
    with broker_in(tmp_path, _passwords(tmp_path), f"acl_file {rights}") as broker:
        kept = Kept()
        settings = settings_for(broker, username="reader", password="read-it")  # noqa: S106 - of this test
        with subscribed(settings, kept):
            device = {"username": "12", "password": "device-12"}
            with publishing(broker, **device) as publish:
                publish(
                    "shuiheng/v1/13/readings", reading_of(66), waits=False
                )  # the broker may hang up on it
                time.sleep(0.3)
            with publishing(broker, **device) as publish:
                publish("shuiheng/v1/12/readings", reading_of(5))
            until(lambda: len(kept.readings) == 1)
            time.sleep(0.3)
        assert [(each.reading.meter_number, each.reading.register_litres) for each in kept.readings] == [
            ("12", 5000)
        ]


def test_a_wrong_password_is_said_and_tried_again(tmp_path: Path) -> None:
    with broker_in(tmp_path, _passwords(tmp_path)) as broker:
        settings = settings_for(broker, username="reader", password="wrong")  # noqa: S106 - of this test
        with subscribed(settings, Kept(), is_up=False) as subscriber:
            until(lambda: subscriber.connection.fault.startswith("connect: "))
            assert not subscriber.connection.is_up


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "broker of a test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    (folder / "broker.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "broker.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "broker.pem", folder / "broker.key"


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <ssl.SSLSocket"
)  # the client drops a refused socket
def test_an_encrypted_connection_holds_only_with_a_broker_that_is_vouched_for(tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path / "own")
    stranger, _ = _certificate(tmp_path / "other")
    lines = (f"certfile {certificate}", f"keyfile {key}")
    with broker_in(tmp_path, *lines) as broker:
        trusted = settings_for(broker, tls=TlsFiles(ca_file=str(certificate)))
        with subscribed(trusted, Kept()) as subscriber:
            assert subscriber.connection.is_up
        refused = settings_for(broker, tls=TlsFiles(ca_file=str(stranger)))
        with subscribed(refused, Kept(), is_up=False) as subscriber:
            until(lambda: bool(subscriber.connection.fault))
            assert not subscriber.connection.is_up
