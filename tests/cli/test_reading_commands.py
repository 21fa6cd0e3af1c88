"""`shuiheng readings listen` says what it lacks in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def _listen(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHUIHENG_STATE": str(state)}
    for name in ("DJANGO_SETTINGS_MODULE", "SHUIHENG_DATABASE_URL", "SHUIHENG_MQTT"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "shuiheng.cli.main", "readings", "listen", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_nothing_listens_unless_a_file_names_a_broker(tmp_path: Path) -> None:
    done = _listen(tmp_path)
    assert done.returncode == 2 and "readings.broker_not_set" in done.stderr
    gone = _listen(tmp_path, "--settings", str(tmp_path / "none.yaml"))
    assert gone.returncode == 2 and "services.file_missing" in gone.stderr


def test_what_is_wrong_in_the_settings_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mqtt.yaml"
    path.write_text("broker: {host: 10.0.0.1, client_id: x}\nkeepers: [ws]\n", "utf-8")
    done = _listen(tmp_path, "--settings", str(path))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "readings.broker_settings" in done.stderr and "mqtt.yaml" in done.stderr
