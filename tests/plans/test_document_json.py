"""JSON and back is the same document."""

from __future__ import annotations

import json

from hypothesis import given, settings

from plans.plan_values import documents
from shuiheng.plans import SourceDocument
from shuiheng.plans.document_json import document_from_json, document_json


@settings(max_examples=60, deadline=None)
@given(documents)
def test_a_document_survives_the_way_through_json(document: SourceDocument) -> None:
    assert document_from_json(json.loads(json.dumps(document_json(document)))) == document
