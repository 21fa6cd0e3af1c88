"""Loading plans from folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import TEXT
from shuiheng.adapters.records.models import Account, PlanDocument, PlanVersion, VersionState
from shuiheng.adapters.rulebook import role_rules
from shuiheng.services import load_demo as module
from shuiheng.services.load_demo import OFFICE_USERS, demo_users, load_demo
from shuiheng.services.permission import Action, may, memberships_of
from shuiheng.services.scope import scope


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with one plan in two forms, and one with another plan."""
    made_up, real = tmp_path / "made_up", tmp_path / "real"
    made_up.mkdir()
    real.mkdir()
    (made_up / "city.txt").write_text(TEXT, "utf-8")
    (made_up / "gold.json").write_text("{}", "utf-8")
    (real / "other.txt").write_text(TEXT.replace("青禾", "临江"), "utf-8")
    return made_up, real


@pytest.fixture
def officer(db: None) -> Account:
    """The clerk of the demo city's office."""
    demo_users()
    return Account.objects.get(username="officer")


def test_every_plan_is_loaded_once_and_published(officer: Account, folders: tuple[Path, Path]) -> None:
    said: list[str] = []
    for _ in range(2):
        assert load_demo(officer, made_up=folders[0], real=folders[1], say=said.append) == 2
    assert PlanVersion.objects.filter(state=VersionState.PUBLISHED).count() == 2
    assert PlanDocument.objects.get(jurisdiction="青禾市").is_synthetic
    assert not PlanDocument.objects.get(jurisdiction="临江市").is_synthetic
    loaded = [line for line in said if ".txt: " in line]
    assert len(loaded) == 4


def test_each_real_plan_gets_a_city_of_its_own(officer: Account, folders: tuple[Path, Path]) -> None:
    load_demo(officer, made_up=folders[0], real=folders[1], say=str)
    made_up, real = PlanDocument.objects.order_by("pk")
    assert made_up.place != real.place and real.place.name == "临江市"


def test_people_of_the_office_see_all_loaded_plans_and_administrators_none(
    officer: Account, folders: tuple[Path, Path]
) -> None:
    load_demo(officer, made_up=folders[0], real=folders[1], say=str)
    for username, _, role in OFFICE_USERS:
        account = Account.objects.get(username=username)
        is_business = role_rules()[role].group == "business"
        assert scope(account, Action.LOOK, PlanDocument).count() == (2 if is_business else 0), username


def test_each_person_of_the_demo_has_a_password_of_its_own_that_works(db: None) -> None:
    passwords = demo_users()
    assert len(set(passwords.values())) == len(passwords) >= len(OFFICE_USERS)
    assert all(Account.objects.get(username=name).check_password(word) for name, word in passwords.items())


def test_no_person_of_the_demo_holds_an_administrators_role_beside_another(db: None) -> None:
    demo_users()
    for account in Account.objects.all():
        groups = [role_rules()[each.role].group for each in memberships_of(account)]
        assert "administration" not in groups or len(groups) == 1
    assert may(Account.objects.get(username="secadmin"), Action.RIGHTS_GRANT)


def test_of_several_forms_the_one_with_most_structure_is_taken(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "a.pdf", "a.docx", "b.txt", "gold.json")]
    assert [path.name for path in module._one_form_of_each(paths)] == ["a.docx", "b.txt"]
