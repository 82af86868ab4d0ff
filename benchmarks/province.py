"""What the portal is measured on: the demonstration province, filled to a size."""

import os
import time
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.db.models import Min
from knox.models import AuthToken

from dossiers.models import Dossier
from organizations.models import User
from organizations.roles import Role
from procedures.models import Channel, ProcedureAssignment
from tthc_portal.demonstration.generation import Wish, generate

SEARCH = "/tim-kiem/?lan=1"
# As many departments as there are clients at once: a centre receives for all of them.
AGENCIES = 8
BACKEND = "organizations.backends.MembershipBackend"


def serve_static() -> None:
    """What pages name by its hash must have been collected."""
    call_command("collectstatic", verbosity=0, interactive=False)


def grow(size: int, *, months: int = 14, seals: bool = True) -> float:
    """Fill up to this many dossiers; how many a second were drawn and written.

    Days that are sealed take no event any more: whoever grows twice seals at the end.
    """
    missing = size - Dossier.objects.count()
    began = time.perf_counter()
    wish = Wish(
        dossiers=missing, months=months, seed=size, processes=os.cpu_count() or 1, seals=seals
    )
    generate(wish=wish, at=datetime.now(UTC))
    rate = missing / (time.perf_counter() - began)
    with connection.cursor() as cursor:
        # Of a million dossiers it takes more than a minute.
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
    return rate


def facts() -> dict:
    """Tokens, cookies, a body for intake, and codes to open."""
    clerk = User.objects.get(username="binh")
    officer = User.objects.get(username="tuphap.cv1")
    watcher = User.objects.get(username="van")
    agency = officer.main_posting.agency
    return {
        "clerk_token": AuthToken.objects.create(user=clerk)[1],
        "agency": agency.code,
        "codes": list(
            Dossier.objects.visible_to(clerk).order_by("-id").values_list("code", flat=True)[:500]
        ),
        "intakes": [_intake(clerk, code, case) for code, case in _cases(clerk)],
        "pages": [
            ("worklist of the counter", cookie(clerk), "/ho-so/"),
            ("worklist of an officer", cookie(officer), "/ho-so/"),
            ("overdue, whole province", cookie(watcher), "/ho-so/?tab=qua-han"),
            ("all dossiers, whole province", cookie(watcher), "/ho-so/?tab=tat-ca"),
            ("search by part of a code", cookie(watcher), f"/tim-kiem/?q={agency.code}-26"),
            ("search by a name that few bear", cookie(watcher, "nguyen thi hoa"), SEARCH),
            ("search by a name that many bear", cookie(watcher, "nguyen"), SEARCH),
            ("one dossier", cookie(clerk), _a_dossier(clerk)),
        ],
    }


def _a_dossier(clerk: User) -> str:
    return Dossier.objects.visible_to(clerk).order_by("-id").first().get_absolute_url()


def _cases(clerk: User) -> list[tuple[str, Channel]]:
    """Of some agencies that the counter serves, a real procedure handed in there."""
    cases = Channel.objects.filter(
        kind="direct", time_unit="working_day", time_limit__gte=Decimal(3)
    ).select_related("version__procedure")
    handled = ProcedureAssignment.objects.filter(
        is_active=True,
        agency__in=clerk.agency_ids_for(Role.COUNTER),
        procedure__current_version__channels__in=cases,
    )
    first = handled.values_list("agency__code").annotate(
        case=Min("procedure__current_version__channels")
    )
    return [(code, cases.get(pk=case)) for code, case in first.order_by("agency__code")[:AGENCIES]]


def _intake(clerk: User, agency: str, case: Channel) -> dict:
    return {
        "procedure": case.version.procedure.code,
        "agency": agency,
        "counter": clerk.counters[0].pk,
        "channel": case.kind,
        "case": case.pk,
        "applicant": {
            "kind": "person",
            "name": "Nguyễn Thị Đào",
            "identity_number": "040190001234",
            "phone": "0900345678",
            "address": "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
        },
        "papers": [
            {"name": "Tờ khai", "originals": 1},
            {"name": "Bản sao thẻ căn cước", "copies": 1},
            {"name": "Văn bản ủy quyền", "originals": 1},
        ],
        "fee": {"amount": 200_000, "method": "cash"},
    }


def cookie(user: User, search: str = "") -> str:
    """The cookie of a session that this person would have after signing in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if search:
        session["searches"] = {"1": search}
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
