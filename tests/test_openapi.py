"""What programs were promised stays what they get."""

import json

import pytest
from django.test import Client

from config.management.commands.openapi import SNAPSHOT, described

SCHEMA = json.loads(described())
OPERATIONS = [
    (method, path, operation)
    for path, item in SCHEMA["paths"].items()
    for method, operation in item.items()
]
NAMES = [f"{method} {path}" for method, path, _ in OPERATIONS]
each_operation = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)


def test_the_snapshot_is_up_to_date():
    assert described() == SNAPSHOT.read_text(), "run: bin/manage openapi"


@each_operation
def test_every_operation_says_what_it_does(method, path, operation):
    assert operation.get("description"), "an operation needs a docstring"
    assert operation["operationId"].replace("_", "").isalnum()


def test_no_two_operations_share_a_name():
    names = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert sorted(names) == sorted(set(names))


def test_unknown_fields_are_refused_everywhere():
    lenient = [
        name
        for name, schema in SCHEMA["components"]["schemas"].items()
        if name.endswith("In") and schema.get("additionalProperties") is not False
    ]

    assert lenient == []


def test_a_refusal_is_a_problem_document(patitas):
    answer = Client(headers={"host": "patitas.localhost"}).get("/api/v1/me")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert sorted(answer.json()) == ["details", "status", "title", "type"]
