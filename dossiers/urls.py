"""Addresses of dossiers: the desks' pages, one address for each act, and the public look-up."""

from django.urls import path, register_converter

from dossiers.converters import DossierCodeConverter, FormKindConverter
from dossiers.views import (
    acts,
    calendar,
    corrections,
    counter,
    dossier,
    forms,
    halting,
    on_the_spot,
    public,
    rules,
    search,
    worklist,
)

register_converter(DossierCodeConverter, "dossier")
register_converter(FormKindConverter, "form_kind")

app_name = "dossiers"

_COUNTER = [
    path("tiep-nhan/", counter.intake, name="intake"),
    path("tiep-nhan/tu-choi/", counter.intake_refuse, name="intake_refuse"),
    path("tiep-nhan/ve-lai/", counter.intake_refresh, name="intake_refresh"),
    path("tiep-nhan/truong-hop/", counter.intake_case, name="intake_case"),
    path("tiep-nhan/nguoi-nop/", counter.intake_applicant, name="intake_applicant"),
]
_LISTS = [
    path("ho-so/", worklist.worklist, name="worklist"),
    path("tim-kiem/", search.search, name="search"),
]
_DOSSIER = [
    path("ho-so/<dossier:code>/", dossier.detail, name="detail"),
    path("ho-so/<dossier:code>/tai-cho/", on_the_spot.on_the_spot_page, name="on_the_spot"),
    path("ho-so/<dossier:code>/tep/<int:pk>/", dossier.attachment, name="attachment"),
]
_FORMS = [
    path("ho-so/<dossier:code>/mau/<form_kind:kind>/", forms.form_page, name="form"),
    path("ho-so/<dossier:code>/mau/<form_kind:kind>.pdf", forms.form_pdf, name="form_pdf"),
    path("ho-so/<dossier:code>/mau/<form_kind:kind>/tao-lai/", forms.form_again, name="form_again"),
    path("ho-so/<dossier:code>/phieu-kiem-soat/", forms.control_sheet, name="control_sheet"),
]
_ACTS = [
    path("ho-so/<dossier:code>/tiep-nhan/", acts.accept, name="accept"),
    path("ho-so/<dossier:code>/tu-choi/", acts.refuse, name="refuse"),
    path("ho-so/<dossier:code>/chuyen/", acts.transfer, name="transfer"),
    path("ho-so/<dossier:code>/nhan-xu-ly/", acts.take, name="take"),
    path("ho-so/<dossier:code>/phan-cong/", acts.assign, name="assign"),
    path("ho-so/<dossier:code>/trinh/", acts.propose, name="propose"),
    path("ho-so/<dossier:code>/tra-lai/", acts.send_back, name="send_back"),
    path("ho-so/<dossier:code>/phe-duyet/", acts.approve, name="approve"),
    path("ho-so/<dossier:code>/tra-ket-qua/", acts.return_result, name="return"),
    path("ho-so/<dossier:code>/them-tep/", acts.add_file, name="add_file"),
]
_HALTS = [
    path(
        "ho-so/<dossier:code>/yeu-cau-bo-sung/",
        halting.request_supplement,
        name="request_supplement",
    ),
    path(
        "ho-so/<dossier:code>/nhan-bo-sung/", halting.receive_supplement, name="receive_supplement"
    ),
    path("ho-so/<dossier:code>/tam-dung/", halting.pause, name="pause"),
    path("ho-so/<dossier:code>/tinh-tiep/", halting.resume, name="resume"),
    path("ho-so/<dossier:code>/tu-choi-giai-quyet/", halting.decline, name="decline"),
    path("ho-so/<dossier:code>/dung-giai-quyet/", halting.stop, name="stop"),
    path("ho-so/<dossier:code>/rut/", halting.withdraw, name="withdraw"),
    path("ho-so/<dossier:code>/thu-phi/", halting.settle_fees, name="settle_fees"),
]
_CORRECTIONS = [
    path("ho-so/<dossier:code>/dinh-chinh/", corrections.propose, name="propose_correction"),
    path("lam-sach-du-lieu/dinh-chinh/", corrections.corrections, name="corrections"),
    path("lam-sach-du-lieu/dinh-chinh/<int:pk>/", corrections.correction, name="correction"),
    path(
        "lam-sach-du-lieu/dinh-chinh/<int:pk>/chap-nhan/",
        corrections.accept,
        name="accept_correction",
    ),
    path(
        "lam-sach-du-lieu/dinh-chinh/<int:pk>/khong-chap-nhan/",
        corrections.refuse,
        name="refuse_correction",
    ),
]
_PUBLIC = [
    path("tra-cuu/", public.look_up, name="look_up"),
    path("tra-cuu/<dossier:code>/", public.look_up_code, name="look_up_code"),
]
_CALENDAR = [
    path("lich-lam-viec/", calendar.calendar, name="calendar"),
    path("lich-lam-viec/<slug:kind>/", calendar.calendar_edit, name="calendar_edit"),
    path("lich-lam-viec/<slug:kind>/ap-dung/", calendar.calendar_apply, name="calendar_apply"),
]

_RULES = [
    path("bo-quy-tac/", rules.rule_sets, name="rule_sets"),
    path("bo-quy-tac/dat-lich/", rules.schedule_rule_set, name="schedule_rule_set"),
    path("bo-quy-tac/<slug:code>/huy/", rules.cancel_rule_set, name="cancel_rule_set"),
]

urlpatterns = [
    *_COUNTER,
    *_LISTS,
    *_DOSSIER,
    *_FORMS,
    *_ACTS,
    *_HALTS,
    *_CORRECTIONS,
    *_PUBLIC,
    *_CALENDAR,
    *_RULES,
]
