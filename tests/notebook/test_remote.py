"""A site is read page by page, with the token in the header and nowhere else."""

from __future__ import annotations

import json
from urllib.request import Request

from shuiheng.notebook.remote import RemoteSource

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
