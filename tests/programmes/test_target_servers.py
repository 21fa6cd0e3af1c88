"""What can serve a target, and in which of its counts an amount is added up."""

from __future__ import annotations

from dataclasses import replace

from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.target_servers import (
    SHARE,
    ServerSort,
    TargetServer,
    programme_server,
    server_under,
)

PIPES, RETROFIT = (shipped_programmes()[name] for name in ("pipe_renewal", "retrofit"))


def test_an_amount_is_added_up_by_the_count_of_its_unit() -> None:
    server = programme_server(PIPES)
    assert server.counting_of("km", "accepted") == "length_km_total"
    assert server.counting_of("count", "length_km_total") == "accepted"
    assert programme_server(RETROFIT).counting_of(SHARE, "accepted") == "share"
    assert server.counting_of("mu", "accepted") is None


def test_a_target_without_an_amount_takes_the_count_that_its_words_mean() -> None:
    assert programme_server(PIPES).counting_of(None, "accepted") == "accepted"


def test_what_counts_nothing_serves_any_unit() -> None:
    duty = TargetServer(id="metering", sort=ServerSort.DUTY, wordings=(), countings={})
    assert duty.counting_of("km", "") == ""


def test_the_own_name_and_the_words_of_a_family_are_words_of_a_kind() -> None:
    server = programme_server(PIPES, more_words=("节水工程",))
    assert server.wordings[-1].words == ("供水管网更新改造", "节水工程")
    assert not server.is_general


def test_the_version_of_a_city_serves_by_its_own_words_and_keeps_its_family() -> None:
    server = programme_server(PIPES, more_words=("节水工程",), is_general=True)
    own = replace(PIPES, version=1001, serves=(replace(PIPES.serves[0], words=("管网提质",)),))
    under = server_under(server, {PIPES.id: own})
    assert under.wordings[0].words == ("管网提质",)
    assert (under.wordings[-1], under.is_general) == (server.wordings[-1], True)
    assert server_under(server, {}) is server
    duty = TargetServer(id=PIPES.id, sort=ServerSort.DUTY, wordings=(), countings={})
    assert server_under(duty, {PIPES.id: own}) is duty
