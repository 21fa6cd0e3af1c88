"""Errors say what, where and what was found."""

from __future__ import annotations

from shuiheng.adapters.telemetry.errors import FrameError, PayloadError


def test_an_error_of_a_frame_names_its_rule_and_its_place() -> None:
    error = FrameError("frame_end", offset=9, found="17")
    assert str(error) == "telemetry.frame_end: at byte 9: 17"


def test_an_error_of_a_payload_keeps_only_the_begin_of_what_was_found() -> None:
    error = PayloadError("payload_not_json", found="x" * 999)
    assert len(error.found) == 200
    assert str(error).startswith("telemetry.payload_not_json: xxx")
