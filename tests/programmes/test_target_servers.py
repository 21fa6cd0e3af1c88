"""What can serve a target, and in which of its counts an amount is added up."""

from __future__ import annotations

from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.target_servers import SHARE, ServerSort, TargetServer, programme_server

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
