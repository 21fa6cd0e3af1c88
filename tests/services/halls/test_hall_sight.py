"""A screen sees its own city, and no table that names a person or a single user."""

from __future__ import annotations

from django.apps import apps

from access.rows import Rows
from access.world import OFFICE, make_city
from shuiheng.adapters.records.models import Account, KeptStanding, Place, RegisterTarget, WaterUser
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.halls.hall_sight import SHOWN, hall_sight


def test_a_screen_sees_one_city_only(db: None) -> None:
    rows: dict[str, Rows] = {
        letter: make_city(letter, name, units="").units[OFFICE] for letter, name in CITIES
    }
    own, other = (rows[letter].row(Place) for letter, _ in CITIES)
    for letter, _ in CITIES:
        rows[letter].row(KeptStanding)
    seen = hall_sight(own)
    assert seen.grain is Grain.CITY
    for table in (Place, RegisterTarget, KeptStanding):
        assert seen(table).exists()
        kept = set(seen(table).values_list("pk", flat=True))
        assert not kept & set(hall_sight(other)(table).values_list("pk", flat=True))


def test_nothing_of_a_person_or_a_user_is_seen(db: None) -> None:
    office = make_city("a", "青禾市", units="").units[OFFICE]
    office.make_all()
    seen = hall_sight(office.row(Place))
    for table in (Account, WaterUser):
        assert table.objects.exists() and not seen(table).exists()
    hidden = [table for table in apps.get_app_config("records").get_models() if table not in SHOWN]
    assert not any(seen(table).exists() for table in hidden)


CITIES = (("a", "青禾市"), ("b", "远山市"))
