from __future__ import annotations

from shuiheng.adapters.containers.errors import ChildFailed, ContainerRefused


def test_a_refusal_names_its_cause_and_its_values() -> None:
    refused = ContainerRefused("bomb", part="a.xml", size="9")
    assert (refused.cause, refused.values) == ("bomb", {"part": "a.xml", "size": "9"})
    assert str(refused) == "bomb: part=a.xml, size=9"
    assert isinstance(ChildFailed("too_slow"), ContainerRefused)
