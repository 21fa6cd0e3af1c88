"""What is signed is all of the content and nothing else; the state follows from what is open."""

from __future__ import annotations

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import Check
from shuiheng.services.errors import NotThereError
from shuiheng.services.inspections.check_steps import content_digest, own_check, question_ids

pytestmark = pytest.mark.django_db


def test_every_part_of_the_content_changes_the_hash_and_a_second_reading_does_not(
    checked: CheckedCity,
) -> None:
    row = checked.filled(checked.check())
    before = content_digest(row)
    assert content_digest(Check.objects.get(pk=row.pk)) == before
    for name, value in (("summary", "x"), ("result", "passed"), ("present", ""), ("subject", "y")):
        changed = Check.objects.get(pk=row.pk)
        setattr(changed, name, value)
        assert content_digest(changed) != before
    checked.photo(row)
    assert content_digest(Check.objects.get(pk=row.pk)) != before


def test_questions_are_named_by_their_item(checked: CheckedCity) -> None:
    row = checked.check()
    key = checked.item.pk
    assert list(question_ids(row.items)) == [f"{key}/meter", f"{key}/reading", f"{key}/words"]


def test_a_check_is_only_its_teams(checked: CheckedCity) -> None:
    row = checked.check()
    assert own_check(checked.inspectors[0], row.pk) == row
    row.team.filter(inspector=checked.entries[0]).delete()
    with pytest.raises(NotThereError):
        own_check(checked.inspectors[0], row.pk)
