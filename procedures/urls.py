"""Addresses of the catalogue: public look-up, the intake's picker, the administrators' list."""

from django.urls import path, register_converter

from procedures.converters import ProcedureCodeConverter
from procedures.views import catalogue, versions

register_converter(ProcedureCodeConverter, "procedure_code")

app_name = "procedures"

urlpatterns = [
    path("thu-tuc/", catalogue.browse, name="list"),
    path("thu-tuc/chon/", catalogue.pick, name="pick"),
    path("thu-tuc/can-xem-lai/", catalogue.findings, name="findings"),
    path("thu-tuc/can-xem-lai/<int:channel_id>/", catalogue.confirm_time_limit, name="confirm"),
    path("thu-tuc/<procedure_code:code>/", catalogue.detail, name="detail"),
    path("thu-tuc/<procedure_code:code>/phien-ban/<int:number>/", versions.version, name="version"),
    path(
        "thu-tuc/<procedure_code:code>/phien-ban/<int:number>/quy-tac/",
        versions.clock_rule,
        name="clock_rule",
    ),
]
