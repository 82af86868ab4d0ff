"""Addresses of the desk."""

from django.urls import path

from desk.views import bulk, drafts, exports

app_name = "desk"

_BULK = [
    path("hang-loat/", bulk.bulk, name="bulk"),
    path("hang-loat/bat-dau/", bulk.bulk_start, name="bulk_start"),
    path("hang-loat/<int:pk>/", bulk.bulk_run, name="bulk_run"),
    path("hang-loat/<int:pk>/lam-lai/", bulk.bulk_retry, name="bulk_retry"),
    path("hang-loat/<int:pk>/giay-tiep-nhan.pdf", bulk.bulk_file, name="bulk_file"),
]

_EXPORTS = [
    path("xuat-excel/", exports.exports, name="exports"),
    path("xuat-excel/<int:pk>/", exports.export, name="export"),
    path("xuat-excel/<int:pk>/ho-so.xlsx", exports.export_file, name="export_file"),
]

_DRAFTS = [
    path("tiep-nhan/luu-tam/", drafts.draft_save, name="draft_save"),
    path("tiep-nhan/nhap-do/<uuid:key>/", drafts.draft, name="draft"),
    path("tiep-nhan/nhap-do/<uuid:key>/bo/", drafts.draft_discard, name="draft_discard"),
]

urlpatterns = [*_BULK, *_EXPORTS, *_DRAFTS]
