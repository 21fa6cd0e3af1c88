from __future__ import annotations

import pytest

from shuiheng.adapters.containers.errors import (
    ChildFailedError,
    ContainerRefusedError,
    RefusalError,
    in_name_of,
)


def test_a_refusal_names_its_cause_and_its_values() -> None:
    refused = ContainerRefusedError("bomb", part="a.xml", size="9")
    assert (refused.cause, refused.values) == ("bomb", {"part": "a.xml", "size": "9"})
    assert str(refused) == "bomb: part=a.xml, size=9"
    assert isinstance(ChildFailedError("too_slow"), ContainerRefusedError)


def test_a_room_gives_its_name_to_what_a_container_was_refused_for() -> None:
    class WishRefusedError(RefusalError):
        pass

    class WishFailedError(WishRefusedError):
        pass

    @in_name_of("wishes", refused=WishRefusedError, failed=WishFailedError)
    def read(error: Exception) -> None:
        raise error

    with pytest.raises(WishRefusedError) as refused:
        read(ContainerRefusedError("bomb", part="a.xml"))
    assert (type(refused.value), refused.value.code) == (WishRefusedError, "wishes.bomb")
    assert refused.value.values == {"part": "a.xml"}
    with pytest.raises(WishFailedError, match=r"wishes\.too_slow"):
        read(ChildFailedError("too_slow"))
    with pytest.raises(KeyError):
        read(KeyError("x"))
