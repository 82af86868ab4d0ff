"""Addresses of the catalogue: public look-up, the intake's picker, the administrators' list."""

from django.urls import path, register_converter

from procedures import views
from procedures.converters import ProcedureCodeConverter

register_converter(ProcedureCodeConverter, "procedure_code")

app_name = "procedures"

urlpatterns = [
    path("thu-tuc/", views.browse, name="list"),
    path("thu-tuc/chon/", views.pick, name="pick"),
    path("thu-tuc/can-xem-lai/", views.findings, name="findings"),
    path("thu-tuc/can-xem-lai/<int:channel_id>/", views.confirm_time_limit, name="confirm"),
    path("thu-tuc/<procedure_code:code>/", views.detail, name="detail"),
]
