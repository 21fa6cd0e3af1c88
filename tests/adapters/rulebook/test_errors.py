"""What can be wrong with a file of the rulebook."""

from shuiheng.adapters.rulebook import RulebookError


def test_the_error_names_file_line_reason_and_remedy() -> None:
    error = RulebookError("sources/a.yaml", 3, "`title` is missing", "Add `title`.")
    assert str(error) == "rules.bad_rulebook: sources/a.yaml:3: `title` is missing. Add `title`."
