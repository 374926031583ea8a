"""What the description of the interface says holds: schemathesis asks every route with what it allows and with what it does not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.conftest import MARKS
from tests.service.running import serving, told

ROUTES = [("POST", "/v1/check"), ("POST", "/v1/check-batch"), ("GET", "/v1/rules"), ("GET", "/v1/lists"), ("GET", "/v1/explain/{rule}"),
          ("POST", "/v1/reload"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")]  # fmt: skip

schemathesis.serializer.alias("application/x-ndjson", "text/plain")


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "marks.yaml"
    path.write_text(MARKS, "utf-8")
    with serving(lambda: told(path), body=100_000, deadline=10) as service:
        yield schemathesis.openapi.from_url(f"{service.url}/openapi.json")


def test_every_route_is_tried(schema):
    assert {(one.ok().method.upper(), one.ok().path) for one in schema.get_all_operations()} == set(ROUTES)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [(*route, GenerationMode.POSITIVE) for route in ROUTES]
    + [(*route, GenerationMode.NEGATIVE) for route in ROUTES[:2]],
)
def test_every_route_answers_as_described(schema, method, path, mode):
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def asked(case):
        # the native form is read generously, so that what breaks its schema need not be refused; the schema of a form cannot say that
        # a picture's file name is a path of its listing, nor that of a batch what a line is
        free = [] if case.media_type in (None, "application/json") else [positive_data_acceptance]
        case.call_and_validate(excluded_checks=[*free, negative_data_rejection])

    asked()
