"""An agency assesses itself with evidence, the council grades, and what is closed stands."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from openpyxl import load_workbook

from dossiers.files import FileRefused
from reporting.models import ReformEvent, ReformEvidence, ReformScore, ReformSheet
from reporting.reform import acts, criteria, showing
from reporting.reform.acts import Mark, Target
from reporting.refusals import BrokenIndicatorSet, SheetRefused, UnknownIndicatorSet
from reporting.statuses import SheetAct, SheetStatus
from tests.conftest import NOW
from tests.dossiers.moving import PDF
from tests.reporting.test_printouts import printed

pytestmark = pytest.mark.django_db
RULES = criteria.load("cchc-2026")
SHEET = "/cai-cach/H41.15/2026/"


def scan(name="minh-chung.pdf"):
    return SimpleUploadedFile(name, PDF)


def full(points=None, text=""):
    """Every criterion at its maximum, or with these points."""
    return {
        code: Mark(points=one.maximum if points is None else Decimal(points), text=text)
        for code, one in RULES.criteria.items()
    }


class Sheet:
    """Takes the sheet of Justice through its states."""

    def __init__(self, agency, officer, head, supervisor):
        self.target = Target(agency=agency, year=2026)
        self.officer, self.head, self.supervisor = officer, head, supervisor

    def do(self, act, actor, **facts):
        return act(target=self.target, actor=actor, at=NOW, **facts)

    def opened(self):
        return self.do(acts.open_sheet, self.officer)

    def filled(self, marks=None):
        self.opened()
        self.do(acts.fill, self.officer, marks=marks or full())
        for code in RULES.criteria:
            self.do(acts.add_evidence, self.officer, criterion=code, upload=scan())

    def submitted(self):
        self.filled()
        return self.do(acts.submit, self.head)

    def graded(self):
        self.submitted()
        self.do(acts.mark, self.supervisor, marks=full())
        return self.do(acts.finish, self.supervisor)

    def closed(self):
        self.graded()
        return self.do(acts.close, self.supervisor)

    @property
    def now(self):
        return ReformSheet.objects.get()


@pytest.fixture
def sheet(justice, officer, head, supervisor):
    return Sheet(justice, officer, head, supervisor)


def test_the_shipped_criteria_make_a_hundred_and_say_that_they_are_a_sample():
    assert sum(area.maximum for area in RULES.areas) == 100
    assert "mẫu" in RULES.unverified
    assert criteria.of_year(2027) == RULES
    with pytest.raises(UnknownIndicatorSet):
        criteria.of_year(2019)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('code = "1.2"', 'code = "1.1"', "hai lần"),
        ("maximum = 10,", "maximum = 9,", "tổng điểm"),
        ('basis = "', 'base = "', "basis"),
        ("minimum = 0 }", "minimum = 1 }", "mức xếp loại"),
    ],
)
def test_an_unsound_file_of_criteria_is_refused(tmp_path, old, new, why):
    text = (Path(criteria.__file__).parent / "cchc-2026.toml").read_text()
    assert old in text
    path = tmp_path / "cchc-2026.toml"
    path.write_text(text.replace(old, new))

    with pytest.raises(BrokenIndicatorSet, match=why):
        criteria.read(path)


def test_a_sheet_goes_from_the_agency_to_the_council_and_is_closed(sheet, head, supervisor):
    sheet.closed()

    shown = showing.shown(sheet.now, reader=head)
    assert (shown.own, shown.council, shown.band.name) == (100, 100, "Xuất sắc")
    assert [event.act for event in shown.trail][:4] == ["closed", "graded", "marked", "submitted"]
    assert shown.trail[-1].act == SheetAct.OPENED


def test_the_trail_says_which_points_were_changed(sheet):
    sheet.opened()
    sheet.do(acts.fill, sheet.officer, marks={"1.1": Mark(points=Decimal("2.5"), text="")})
    sheet.do(acts.fill, sheet.officer, marks={"1.1": Mark(points=Decimal(3), text="Thêm.")})

    assert ReformEvent.objects.latest("sequence").data == {"1.1": ["2.50", "3"]}


def test_points_need_to_be_whole_and_within_the_maximum(sheet):
    sheet.opened()
    for points in (Decimal("4.01"), Decimal(-1)):
        with pytest.raises(SheetRefused, match="từ 0 đến 4"):
            sheet.do(acts.fill, sheet.officer, marks={"1.1": Mark(points=points, text="")})
    assert ReformScore.objects.filter(own_points__isnull=False).count() == 0


def test_what_lacks_points_or_evidence_is_not_submitted(sheet):
    sheet.opened()
    with pytest.raises(SheetRefused, match="Chưa tự chấm tiêu chí 1"):
        sheet.do(acts.submit, sheet.head)
    sheet.do(acts.fill, sheet.officer, marks=full(0) | {"1.1": Mark(points=Decimal(1), text="")})
    with pytest.raises(SheetRefused, match="có điểm mà chưa có minh chứng"):
        sheet.do(acts.submit, sheet.head)

    sheet.do(acts.add_evidence, sheet.officer, criterion="1.1", upload=scan())

    assert sheet.do(acts.submit, sheet.head).status == SheetStatus.SUBMITTED


def test_evidence_that_was_taken_back_no_longer_counts_and_stays_for_auditors(sheet):
    sheet.opened()
    kept = sheet.do(acts.add_evidence, sheet.officer, criterion="1.1", upload=scan())
    sheet.do(acts.remove_evidence, sheet.officer, pk=kept.pk)

    shown = showing.shown(sheet.now, reader=sheet.officer)
    assert all(not line.evidence for area in shown.areas for line in area.lines)
    assert ReformEvidence.objects.get().file.storage.exists(kept.file.name)
    with pytest.raises(FileRefused):
        sheet.do(
            acts.add_evidence,
            sheet.officer,
            criterion="1.1",
            upload=SimpleUploadedFile("x.exe", b"MZ\x90\x00" * 9),
        )
    with pytest.raises(SheetRefused):
        sheet.do(acts.add_evidence, sheet.officer, criterion="9.9", upload=scan())


def test_another_grade_than_the_agencys_needs_a_reason(sheet):
    sheet.submitted()
    with pytest.raises(SheetRefused, match="Hãy ghi rõ lý do"):
        sheet.do(acts.mark, sheet.supervisor, marks={"1.1": Mark(points=Decimal(1), text="")})
    with pytest.raises(SheetRefused, match="Chưa thẩm định"):
        sheet.do(acts.finish, sheet.supervisor)

    marks = full() | {"1.1": Mark(points=Decimal(1), text="Kế hoạch ban hành chậm.")}
    sheet.do(acts.mark, sheet.supervisor, marks=marks)
    sheet.do(acts.finish, sheet.supervisor)

    assert showing.shown(sheet.now, reader=sheet.officer).council == 97


def test_the_agency_does_not_see_marks_before_the_council_has_finished(sheet):
    sheet.submitted()
    sheet.do(acts.mark, sheet.supervisor, marks=full())

    assert showing.shown(sheet.now, reader=sheet.head).council is None
    assert showing.shown(sheet.now, reader=sheet.supervisor).council == 100


def test_each_does_their_own_part_only(sheet, foreign_head, second_officer):
    with pytest.raises(PermissionDenied):
        sheet.do(acts.open_sheet, foreign_head)
    with pytest.raises(PermissionDenied):
        sheet.do(acts.open_sheet, sheet.supervisor)
    sheet.filled()
    with pytest.raises(PermissionDenied):
        sheet.do(acts.submit, second_officer)
    sheet.do(acts.submit, sheet.head)
    for act in (acts.finish, acts.close):
        with pytest.raises(PermissionDenied):
            sheet.do(act, sheet.head)


def test_acts_out_of_turn_and_stale_pages_are_refused(sheet):
    sheet.submitted()
    with pytest.raises(SheetRefused, match="Chờ thẩm định"):
        sheet.do(acts.fill, sheet.officer, marks=full())
    with pytest.raises(SheetRefused, match="Chờ thẩm định"):
        sheet.do(acts.close, sheet.supervisor)
    sheet.do(acts.send_back, sheet.supervisor, reason="Thiếu báo cáo quý.")
    assert sheet.now.status == SheetStatus.DRAFTING
    sheet.target = Target(agency=sheet.target.agency, year=2026, expected_version=1)
    with pytest.raises(SheetRefused, match="người khác cập nhật"):
        sheet.do(acts.fill, sheet.officer, marks=full())


def test_a_double_click_opens_one_sheet(sheet):
    assert sheet.opened() == sheet.opened()
    assert ReformScore.objects.count() == len(RULES.criteria)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_reformscore SET own_points = 1",
        "DELETE FROM reporting_reformscore",
        "UPDATE reporting_reformevidence SET name = 'x'",
        "UPDATE reporting_reformsheet SET status = 'drafting'",
        "UPDATE reporting_reformevent SET reason = 'x'",
        "DELETE FROM reporting_reformevent",
        "TRUNCATE reporting_reformevent",
    ],
)
def test_the_database_keeps_a_closed_sheet_as_it_is(sheet, statement):
    sheet.closed()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        (
            "reform_sheet_once_a_year",
            lambda sheet: ReformSheet(
                agency=sheet.agency, year=2026, criteria_set="x", status="drafting"
            ),
        ),
        (
            "reform_sheet_status_is_known",
            lambda sheet: ReformSheet(agency=sheet.agency, year=2027, criteria_set="x", status="x"),
        ),
        (
            "reform_sheet_year_is_one",
            lambda sheet: ReformSheet(
                agency=sheet.agency, year=1999, criteria_set="x", status="drafting"
            ),
        ),
        (
            "reform_score_once_for_a_criterion",
            lambda sheet: ReformScore(sheet=sheet, criterion="1.1"),
        ),
        (
            "reform_score_is_not_negative",
            lambda sheet: ReformScore(sheet=sheet, criterion="x", own_points=-1),
        ),
        (
            "reform_evidence_has_content",
            lambda sheet: ReformEvidence(
                sheet=sheet,
                criterion="1.1",
                size=0,
                sha256="0" * 64,
                added_by_id=sheet.events.get().actor_id,
                added_at=NOW,
            ),
        ),
        (
            "reform_event_sequence_unique",
            lambda sheet: ReformEvent(
                sheet=sheet,
                sequence=1,
                act="filled",
                actor_id=sheet.events.get().actor_id,
                at=NOW,
            ),
        ),
        (
            "reform_event_act_is_known",
            lambda sheet: ReformEvent(
                sheet=sheet, sequence=9, act="x", actor_id=sheet.events.get().actor_id, at=NOW
            ),
        ),
    ],
)
def test_constraints_refuse(sheet, name, make):
    row = make(sheet.opened())

    with pytest.raises(IntegrityError, match=name):
        row.save(force_insert=True)


def test_an_agency_fills_its_sheet_on_the_page(sheet, officer, client):
    client.force_login(officer)
    assert "Lập phiếu</button>" in client.get(SHEET).content.decode()
    client.post(f"{SHEET}lap/")
    given = {"version": "1", "points_1.1": "2,5", "text_1.1": "Đã hoàn thành."}

    done = client.post(f"{SHEET}tu-cham/", given, follow=True).content.decode()
    wrong = client.post(f"{SHEET}tu-cham/", {**given, "version": "2", "points_1.1": "5"})
    stale = client.post(f"{SHEET}tu-cham/", given)

    assert "Điểm tự chấm đã được lưu." in done
    assert ReformScore.objects.get(criterion="1.1").own_points == Decimal("2.5")
    assert wrong.status_code == 400
    assert "Tiêu chí 1.1: điểm tối đa là 4." in wrong.content.decode()
    assert "người khác cập nhật" in stale.content.decode()
    shown = client.post(
        f"{SHEET}them-minh-chung/", {"criterion": "1.1", "file": scan("ke-hoach.pdf")}, follow=True
    ).content.decode()
    assert "ke-hoach.pdf" in shown
    kept = ReformEvidence.objects.get()
    assert b"".join(client.get(f"{SHEET}minh-chung/{kept.pk}/").streaming_content) == PDF


def test_the_council_grades_on_the_page_and_the_list_shows_who_is_missing(
    sheet, supervisor, construction, foreign_head, client
):
    sheet.submitted()
    client.force_login(foreign_head)
    assert client.get(SHEET).status_code == 404
    client.force_login(supervisor)
    text = client.get("/cai-cach/").content.decode()
    assert "Chưa lập phiếu" in text
    assert "Chờ thẩm định" in text
    page = client.get(SHEET).content.decode()
    assert 'name="points_1.1"' in page

    marks = {f"points_{code}": str(one.maximum) for code, one in RULES.criteria.items()}
    client.post(f"{SHEET}tham-dinh/", marks)
    client.post(f"{SHEET}ket-thuc/")
    done = client.post(f"{SHEET}chot/", follow=True).content.decode()

    assert "Kết quả đã chốt, không sửa được nữa." in done
    assert "Xuất sắc" in client.get("/cai-cach/").content.decode()


def test_a_sheet_leaves_as_excel_and_as_a_signed_paper(sheet, head, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    sheet.graded()

    paper = printed(client, head, "/chi-so/bang/cai-cach/pdf/?co-quan=H41.15&ma=2026")
    book = load_workbook(
        BytesIO(client.get("/chi-so/bang/cai-cach/excel/?co-quan=H41.15&ma=2026").content)
    )

    assert "PHIẾU TỰ ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH NĂM 2026" in paper.text
    assert "thẩm định: 100" in paper.text
    assert "THỦ TRƯỞNG ĐƠN VỊ" in paper.text
    assert len(book.worksheets) == len(RULES.areas)


def test_the_list_takes_few_queries(sheet, supervisor, client, django_assert_max_num_queries):
    sheet.graded()
    client.force_login(supervisor)
    client.get("/cai-cach/")
    with django_assert_max_num_queries(8):
        client.get("/cai-cach/")
    with django_assert_max_num_queries(10):
        client.get(SHEET)
