"""The clients of the API: programs that carry a person's token."""

from collections.abc import Callable
from typing import Any

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from organizations.models import User
from tests.conftest import Desk


@pytest.fixture
def api() -> Callable[[User], APIClient]:
    """The program of a person, with a token of theirs."""

    def program(user: User) -> APIClient:
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user=user)[1]}")
        return client

    return program


@pytest.fixture
def stranger() -> APIClient:
    """A program without a token."""
    return APIClient(raise_request_exception=False)


@pytest.fixture
def body(desk: Desk) -> dict[str, Any]:
    """What a clerk's program sends for an ordinary dossier."""
    papers = desk.version.papers.order_by("position")
    return {
        "procedure": desk.version.procedure.code,
        "agency": desk.agency.code,
        "counter": desk.counter.pk,
        "channel": "direct",
        "applicant": {
            "kind": "person",
            "name": "Nguyễn Thị Đào",
            "identity_number": "040190001234",
            "phone": "0912345678",
            "address": "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
        },
        "summary": "Xin cấp Phiếu lý lịch tư pháp số 1",
        "papers": [
            {"name": paper.name, "required_paper": paper.pk, "originals": 1} for paper in papers
        ],
        "fee": {"amount": 200000},
    }
