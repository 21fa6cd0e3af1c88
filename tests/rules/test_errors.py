"""What can be wrong with a question to the rules."""

from shuiheng.rules import UnknownSourceError


def test_the_error_names_the_id_and_the_remedy() -> None:
    error = UnknownSourceError("gb-9")
    assert error.source_id == "gb-9"
    assert "rulebook/sources" in str(error)
