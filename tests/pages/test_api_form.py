"""The API against its own description: whatever is asked, it answers in promised forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from semesta.access.models import Role
from semesta.api.routes import api
from semesta.config.wsgi import application

schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema()))
)
schema.app = application


@pytest.mark.slow
@pytest.mark.once
@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_answers_keep_to_the_description(case: Any, as_role: Any) -> None:
    client = as_role(Role.AUDITOR)
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}

    case.call_and_validate(
        cookies=cookies,
        headers={"Host": "localhost"},
        checks=[
            not_a_server_error,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
