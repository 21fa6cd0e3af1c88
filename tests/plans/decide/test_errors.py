"""What can be wrong with a decision."""

from shuiheng.plans.decide import InvalidChangeError


def test_the_error_says_field_reason_and_remedy() -> None:
    error = InvalidChangeError("value", "expected a number", "Give a number.")
    assert str(error) == "decisions.invalid_change: value: expected a number. Give a number."


def test_each_cause_has_a_code_of_its_own() -> None:
    causes = [InvalidChangeError, *InvalidChangeError.__subclasses__()]
    assert len({cause.code for cause in causes}) == len(causes) > 5
