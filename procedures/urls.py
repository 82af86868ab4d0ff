"""Addresses of the catalogue: public look-up, the intake's picker, the administrators' list."""

from django.urls import path, register_converter

from procedures.converters import ProcedureCodeConverter
from procedures.views import catalogue, decisions, drafts, handling, versions

register_converter(ProcedureCodeConverter, "procedure_code")

app_name = "procedures"

urlpatterns = [
    path("thu-tuc/", catalogue.browse, name="list"),
    path("thu-tuc/chon/", catalogue.pick, name="pick"),
    path("thu-tuc/can-xem-lai/", catalogue.findings, name="findings"),
    path("thu-tuc/can-xem-lai/<int:channel_id>/", catalogue.confirm_time_limit, name="confirm"),
    path("thu-tuc/con-thieu/", catalogue.incomplete, name="incomplete"),
    path("thu-tuc/them/", drafts.add, name="add"),
    path("thu-tuc/<procedure_code:code>/", catalogue.detail, name="detail"),
    path("thu-tuc/<procedure_code:code>/soan/", drafts.start, name="draft_start"),
    path("thu-tuc/<procedure_code:code>/soan/bo/", drafts.discard, name="draft_discard"),
    path("thu-tuc/<procedure_code:code>/soan/xem-lai/", drafts.review, name="draft_review"),
    path("thu-tuc/<procedure_code:code>/soan/<slug:name>/", drafts.part, name="draft_part"),
    path("thu-tuc/<procedure_code:code>/bai-bo/", decisions.retire, name="retire"),
    path("thu-tuc/<procedure_code:code>/co-quan/", handling.handlers, name="handlers"),
    path("thu-tuc/<procedure_code:code>/co-quan/giao/", handling.assign, name="assign"),
    path(
        "thu-tuc/<procedure_code:code>/co-quan/<int:agency_id>/thoi/",
        handling.withdraw,
        name="withdraw",
    ),
    path("quyet-dinh-cong-bo/", decisions.decisions, name="decisions"),
    path("quyet-dinh-cong-bo/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh-cong-bo/<int:pk>/cong-khai/", decisions.make_public, name="make_public"),
    path("thu-tuc/<procedure_code:code>/phien-ban/<int:number>/", versions.version, name="version"),
    path(
        "thu-tuc/<procedure_code:code>/phien-ban/<int:number>/quy-tac/",
        versions.clock_rule,
        name="clock_rule",
    ),
]
