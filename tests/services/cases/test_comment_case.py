"""Those who keep a case or work on it say something about it."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, code
from shuiheng.adapters.records.models import CaseComment
from shuiheng.services.cases.comment_case import comment_case
from shuiheng.services.errors import NotThereError

pytestmark = pytest.mark.django_db


def test_the_office_and_the_unit_say_something_and_a_double_click_says_it_once(cast: Cast) -> None:
    row = cast.invited()
    comment_case(cast.city.clerk, row.pk, "请补申报书盖章页")
    comment_case(cast.filer, row.pk, "已补")
    comment_case(cast.filer, row.pk, "已补")
    said = list(CaseComment.objects.filter(case=row).values_list("said_by__username", "words"))
    assert said == [("clerk", "请补申报书盖章页"), ("filer", "已补")]
    assert code(comment_case, cast.filer, row.pk, "  ") == "cases.words_needed"
    with pytest.raises(NotThereError):
        comment_case(cast.third, row.pk, "我也说一句")
