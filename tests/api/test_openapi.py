"""The OpenAPI document: kept in the repository, true, and holding against made-up requests."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from knox.models import AuthToken
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance

KEPT = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
SCHEMA = schemathesis.openapi.from_path(KEPT)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


def test_the_kept_document_is_the_one_that_the_code_makes() -> None:
    made = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=made)

    assert made.getvalue() == KEPT.read_text(), (
        "Run: python manage.py spectacular --file docs/openapi.yaml"
    )


def test_every_operation_has_a_sentence_and_the_one_shape_of_refusals() -> None:
    for operation in OPERATIONS:
        told = operation.definition.raw
        assert told["description"].endswith(".")
        assert told["responses"]["403"]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/Refusal"
        }


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request from outside the test's client ends by closing the connection of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_made_up_requests_meet_no_fault_and_no_unknown_answer(
    operation: Any, clerk: Any, dossier: Any
) -> None:
    token = AuthToken.objects.create(user=clerk)[1]
    operation.app = get_wsgi_application()

    @limits(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        if "code" in (case.path_parameters or {}) and "procedures" not in operation.path:
            case.path_parameters["code"] = dossier.code
        case.call_and_validate(
            headers={"Authorization": f"Token {token}"},
            checks=[not_a_server_error, status_code_conformance],
        )

    holds()
