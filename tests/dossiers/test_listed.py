"""The rows of one page, read by the numbers of their dossiers, and drawn."""

from dataclasses import replace
from html import escape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk import looking
from desk.listing import choose_columns
from dossiers.columns import COLUMNS
from dossiers.listed import listed
from dossiers.listing import rows
from dossiers.models import Dossier
from organizations.models import Agency, User
from tests.conftest import NOW, make_version
from tests.dossiers.moving import walked

HOSTILE = "Lê <b>\"Đậm\"</b> & 'Con'"


def test_a_page_is_one_query_and_keeps_the_order(desk):
    first, second = desk.accept(), walked(desk, "take")

    with CaptureQueriesContext(connection) as queries:
        found = listed([second.pk, first.pk])
        shown = [column.text(dossier) for dossier in found for column in COLUMNS]

    assert [dossier.code for dossier in found] == [second.code, first.code]
    assert (len(queries), len(shown)) == (1, 2 * len(COLUMNS))


def test_every_row_is_as_the_orm_reads_it(desk):
    pks = [desk.accept().pk, walked(desk, "transfer").pk, walked(desk, "take").pk]

    for one in listed(pks):
        known = Dossier.objects.select_related("agency", "version", "assignee").get(pk=one.pk)
        assert [c.text(one) for c in COLUMNS] == [c.text(known) for c in COLUMNS]
        assert rows([one], viewer=desk.officer, at=NOW)[0].deadline == (
            rows([known], viewer=desk.officer, at=NOW)[0].deadline
        )


def test_news_are_told_to_the_reader_who_is_named(desk):
    dossier = walked(desk, "transfer")
    looking.look(dossier=dossier, user=desk.head, seen=1, at=NOW)
    looking.look(dossier=dossier, user=desk.officer, seen=2, at=NOW)

    (unread,), (known,) = (listed([dossier.pk], reader=user) for user in (desk.head, desk.officer))
    (nobodys,) = listed([dossier.pk])

    assert looking.news(unread, user=desk.head) == "Mới: chuyển cơ quan giải quyết"
    assert looking.news(known, user=desk.officer) == ""
    assert looking.news(nobodys, user=desk.head) == ""


def test_what_people_wrote_is_text_in_every_cell(desk, sign_in):
    version = make_version(desk.agency, code="1.001194", name=HOSTILE)
    walked(replace(desk, version=version), "take", summary=HOSTILE)
    Dossier.objects.update(applicant_name=HOSTILE)
    User.objects.filter(pk=desk.officer.pk).update(full_name=HOSTILE)
    Agency.objects.filter(pk=desk.agency.pk).update(short_name=HOSTILE)
    browser = sign_in(desk.clerk)
    choose_columns(keys=["agency", "assignee", "summary"], actor=desk.clerk)

    page = browser.get("/ho-so/?tab=tat-ca").content.decode()

    # Title and text of the procedure, applicant, place, turn, two columns.
    assert "<b>" not in page.split("<tbody>")[1].split("</tbody>")[0]
    assert page.split("<tbody>")[1].count(escape(HOSTILE)) == 7
