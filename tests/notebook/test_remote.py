"""A site is read page by page, with the token in the header and nowhere else; its refusals are told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from traceback import format_exception
from urllib.request import Request

import pytest

from shuiheng.notebook.remote import RemoteSource, SiteError

SECRET = "x" * 20


def test_all_pages_are_read_and_the_token_stays_in_the_header() -> None:
    asked: list[str] = []

    def fetch(request: Request) -> bytes:
        asked.append(request.full_url)
        assert request.get_header("Authorization") == f"Bearer {SECRET}"
        is_first = "cursor=0" in request.full_url
        return json.dumps({"items": [{"id": len(asked)}], "next_cursor": 7 if is_first else None}).encode()

    source = RemoteSource(address="https://water.example.cn/", token=SECRET, fetch=fetch)
    assert [row["id"] for row in source.rows("targets", {"plan": "a"})] == [1, 2]
    assert asked[0].startswith("https://water.example.cn/api/v1/targets?plan=a")
    assert "cursor=7" in asked[1] and SECRET not in "".join(asked)
    assert SECRET not in repr(source)


@contextmanager
def _site(answers: Mapping[str, tuple[int, dict[str, str], bytes]]) -> Iterator[tuple[str, list[str]]]:
    """Run a site that gives these answers by path; yield its address and what it was sent as tokens."""
    tokens: list[str] = []

    class _Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tokens.append(self.headers.get("Authorization", ""))
            status, headers, body = answers[self.path.partition("?")[0]]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", tokens
    finally:
        server.shutdown()
        server.server_close()


def _refusal(address: str) -> SiteError:
    with pytest.raises(SiteError) as refused:
        RemoteSource(address=address, token=SECRET).one("targets", {})
    shown = "".join(format_exception(refused.value))
    assert SECRET not in shown and refused.value.__cause__ is None
    return refused.value


@pytest.mark.loopback
@pytest.mark.enable_socket
def test_a_refusal_comes_in_the_words_of_the_site() -> None:
    said = {"code": "services.token_missing", "message": "没有令牌。", "remedy": "请带上令牌。"}
    body = json.dumps(said, ensure_ascii=False).encode()
    with _site({"/api/v1/targets": (401, {"Content-Type": "application/json"}, body)}) as (address, _):
        error = _refusal(address)
    assert (error.status, error.code) == (401, "services.token_missing")
    assert "没有令牌。 请带上令牌。" in str(error)


@pytest.mark.loopback
@pytest.mark.enable_socket
@pytest.mark.parametrize("body", [b"<h1>Bad gateway</h1>", b"[]", b'{"code": "x"}', b"\xff"])
def test_a_refusal_without_words_is_told_by_its_status(body: bytes) -> None:
    with _site({"/api/v1/targets": (502, {}, body)}) as (address, _):
        error = _refusal(address)
    assert (error.status, error.code) == (502, "") and "502" in str(error)


@pytest.mark.loopback
@pytest.mark.enable_socket
def test_the_token_does_not_follow_a_redirection_to_another_host() -> None:
    with _site({"/api/v1/targets": (200, {}, b"{}")}) as (elsewhere, stolen):
        sent = {"/api/v1/targets": (302, {"Location": f"{elsewhere}/api/v1/targets"}, b"")}
        with _site(sent) as (address, tokens):
            error = _refusal(address)
    assert tokens == [f"Bearer {SECRET}"] and stolen == []
    assert elsewhere in str(error)


@pytest.mark.loopback
@pytest.mark.enable_socket
def test_what_cannot_be_reached_and_what_is_no_such_site_are_said() -> None:
    with _site({"/api/v1/targets": (200, {}, b"<html>")}) as (address, _):
        assert "no site of this program" in str(_refusal(address))
    assert "cannot be reached" in str(_refusal(address))
