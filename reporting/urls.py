"""Addresses of the figures: the desks', the hall's, and the public's."""

from django.urls import path, register_converter

from reporting.converters import PartConverter
from reporting.views import (
    behind,
    boards,
    campaigns,
    duty,
    hall,
    prints,
    public,
    quality,
    reform,
    reform_acts,
    shown,
    statistics,
    submitting,
    timings,
    work,
)

register_converter(PartConverter, "part")

app_name = "reporting"

urlpatterns = [
    path("chi-so/", boards.board, name="board"),
    path("chi-so/excel/", prints.workbook, {"view_code": "ket-qua"}, name="workbook"),
    path("chi-so/bang/<slug:view_code>/excel/", prints.workbook, name="view_workbook"),
    path("chi-so/bang/<slug:view_code>/pdf/", prints.order, name="order_print"),
    path("chi-so/ban-in/<int:pk>/", prints.print_order, name="print"),
    path("chi-so/ban-in/<int:pk>/tep/", prints.print_file, name="print_file"),
    path("chi-so/man-hinh/", hall.hall, name="hall"),
    path("chi-so/thoi-gian/", timings.time_lost, name="time_lost"),
    path("chi-so/khoi-luong/", timings.workload, name="workload"),
    path("chi-so/cong-viec/", work.own, name="own_work"),
    path("chi-so/cham-diem/", duty.units, name="duty"),
    path("chi-so/cham-diem/<str:agency_code>/", duty.unit, name="duty_unit"),
    path("chi-so/cham-diem/<str:agency_code>/cham/", duty.grade, name="duty_grade"),
    path(
        "chi-so/cham-diem/<str:agency_code>/chi-so/<int:number>/", duty.behind, name="duty_behind"
    ),
    path("chi-so/cham-diem/<str:agency_code>/can-bo/<int:pk>/", work.officer, name="officer_work"),
    path("cai-cach/", reform.year, name="reform"),
    path("cai-cach/<str:agency_code>/<int:year>/", reform.sheet, name="reform_sheet"),
    path(
        "cai-cach/<str:agency_code>/<int:year>/minh-chung/<int:pk>/",
        reform.evidence,
        name="reform_evidence",
    ),
    *(
        path(f"cai-cach/<str:agency_code>/<int:year>/{slug}/", view, name=f"reform_{name}")
        for slug, view, name in (
            ("lap", reform_acts.open_sheet, "open"),
            ("tu-cham", reform_acts.fill, "fill"),
            ("them-minh-chung", reform_acts.add, "add"),
            ("bo-minh-chung", reform_acts.remove, "remove"),
            ("nop", reform_acts.submit, "submit"),
            ("tra-lai", reform_acts.send_back, "send_back"),
            ("tham-dinh", reform_acts.mark, "mark"),
            ("ket-thuc", reform_acts.finish, "finish"),
            ("chot", reform_acts.close, "close"),
        )
    ),
    path("chi-so/hien-thi/", shown.shown, name="shown"),
    path("ket-qua/", public.results, name="public"),
    path("ket-qua/danh-gia/", public.ratings, name="public_ratings"),
    path("chi-so/co-quan/<str:agency_code>/", boards.agency, name="agency"),
    path("chi-so/nhom/<str:group_code>/", boards.group, name="group"),
    path("chi-so/thanh-phan/<str:component_code>/", boards.component, name="component"),
    path("chi-so/thanh-phan/<str:component_code>/<part:part>/", behind.behind, name="behind"),
    path("bao-cao/", statistics.form, name="form"),
    path("bao-cao/tinh-hinh/", submitting.overview, name="reports"),
    path("bao-cao/<slug:form_code>/nop/", submitting.submit, name="submit_report"),
    path("bao-cao/<slug:form_code>/excel/", statistics.workbook, name="form_workbook"),
    path("bao-cao/<slug:form_code>/cot/<int:number>/", statistics.behind, name="form_behind"),
    path("lam-sach-du-lieu/", quality.findings, name="findings"),
    path("lam-sach-du-lieu/quet/", quality.sweep, name="sweep_findings"),
    path("lam-sach-du-lieu/<int:pk>/", quality.finding, name="finding"),
    path("lam-sach-du-lieu/<int:pk>/nhan/", quality.take, name="take_finding"),
    path("lam-sach-du-lieu/<int:pk>/giai-trinh/", quality.explain, name="explain_finding"),
    path("lam-sach-du-lieu/<int:pk>/xem-lai/", quality.reopen, name="reopen_finding"),
    path("lam-sach-du-lieu/dot/", campaigns.campaigns, name="campaigns"),
    path("lam-sach-du-lieu/dot/moi/", campaigns.start, name="start_campaign"),
    path("lam-sach-du-lieu/dot/<int:pk>/", campaigns.campaign, name="campaign"),
    path("lam-sach-du-lieu/dot/<int:pk>/excel/", campaigns.workbook, name="campaign_workbook"),
    path("lam-sach-du-lieu/dot/<int:pk>/ket-thuc/", campaigns.close, name="close_campaign"),
]
