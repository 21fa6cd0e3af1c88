"""JSON and back is the same document."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from plans.plan_values import documents
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.plans import SourceDocument
from shuiheng.plans.document_json import document_from_json, document_json


@settings(max_examples=60, deadline=None)
@given(documents)
def test_a_document_survives_the_way_through_json(document: SourceDocument) -> None:
    assert document_from_json(json.loads(json.dumps(document_json(document)))) == document


def test_a_document_stored_without_page_starts_is_read() -> None:
    stored = document_json(SourceDocument(name="a", media_type="x/y", text="", blocks=()))
    del stored["page_starts"]
    assert document_from_json(stored).page_starts == ()


@pytest.mark.parametrize("pair", [[1], [1, "2"], [1, 2, 3]])
def test_a_page_start_that_is_no_pair_of_numbers_is_refused(pair: list[object]) -> None:
    stored = document_json(SourceDocument(name="a", media_type="x/y", text="", blocks=()))
    with pytest.raises(JsonFormatError, match="page_starts"):
        document_from_json({**stored, "page_starts": [pair]})
