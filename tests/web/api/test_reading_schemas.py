"""The description of a body agrees with what the service takes."""

from __future__ import annotations

from shuiheng.adapters.telemetry.json_batch import FIELDS, json_batch
from shuiheng.services.readings.receive_call import MOST_READINGS, units_of_telemetry
from shuiheng.web.api.reading_schemas import BODY


def test_fields_units_and_bounds_are_those_of_the_reader() -> None:
    properties = BODY["content"]["application/json"]["schema"]["properties"]
    readings = properties["readings"]
    assert set(readings["items"]["properties"]) == set(FIELDS.values())
    assert readings["maxItems"] == MOST_READINGS
    for unit in properties["unit"]["enum"]:
        body = f'{{"unit": "{unit}", "readings": [1]}}'
        assert json_batch(body.encode(), units=units_of_telemetry()).unit == unit
