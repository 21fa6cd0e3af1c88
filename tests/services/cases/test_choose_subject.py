"""What a case can be about is found as far as the actor sees; a name of its own is told apart by itself."""

from __future__ import annotations

import pytest

from services.cases.made_up import CaseCity
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.choose_subject import subject_chosen, subject_named, subjects_found
from shuiheng.services.errors import NotThereError
from shuiheng.services.gates.keep_project import ProjectFields, add_project

pytestmark = pytest.mark.django_db
KINDS = shipped_programmes()


def test_each_sort_of_subject_is_found_where_it_is_kept(city: CaseCity) -> None:
    user = city.user("第一中学")
    fields = ProjectFields(
        name="中水回用", kind="new", stage="proposal", area=city.district.pk, owner_name="某公司"
    )
    project = add_project(city.clerk, fields)
    wanted = {
        "saving_school": ("第一", f"user:{user.pk}"),
        "saving_compound": ("第一 中学", f"user:{user.pk}"),
        "retrofit": ("中水", f"project:{project.pk}"),
        "policy_document": ("第一", f"organisation:{user.organisation_id}"),
        "saving_city": ("东河", f"place:{city.district.pk}"),
    }
    for kind, (words, key) in wanted.items():
        (found,) = subjects_found(city.clerk, KINDS[kind], words)
        assert (found.key, found.sort) == (key, KINDS[kind].subject)
        assert subject_chosen(city.clerk, KINDS[kind], key) == found
        assert subjects_found(city.clerk, KINDS[kind], "无此") == []


def test_without_words_only_areas_are_listed(city: CaseCity) -> None:
    city.user("第一中学")
    assert subjects_found(city.clerk, KINDS["saving_school"], " ") == []
    names = [each.name for each in subjects_found(city.clerk, KINDS["saving_city"], "")]
    assert "东河区" in names and "西山区" in names


@pytest.mark.parametrize("key", ["", "user", "user:", "user:x", "user:0", "user:" + "9" * 30, "name:x"])
def test_a_key_that_names_nothing_is_not_there(city: CaseCity, key: str) -> None:
    with pytest.raises(NotThereError):
        subject_chosen(city.clerk, KINDS["saving_school"], key)


def test_a_name_is_told_apart_whatever_blanks_it_is_typed_with() -> None:
    first, again = (
        subject_named(KINDS["pipe_renewal"], words) for words in ("人民路 一期", " 人民路  一期 ")
    )
    assert first == again and first.sort == "pipe_section"
