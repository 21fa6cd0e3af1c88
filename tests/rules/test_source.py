"""Laws, standards and notices."""

from shuiheng.rules import Source, SourceKind


def test_a_source_counts_as_unchecked_until_someone_has_read_it() -> None:
    assert not Source(id="a", kind=SourceKind.LAW, title="水法").is_checked
