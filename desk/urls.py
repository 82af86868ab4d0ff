"""Addresses of the desk."""

from django.urls import path, register_converter

from desk.views import bulk, drafts, exports, guidance, lists, notes
from dossiers.converters import DossierCodeConverter

register_converter(DossierCodeConverter, "dossier_code")

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
    path("tiep-nhan/luu-tam/tep/", drafts.draft_scans, name="draft_scans"),
    path("tiep-nhan/nhap-do/<uuid:key>/", drafts.draft, name="draft"),
    path("tiep-nhan/nhap-do/<uuid:key>/tep/<int:pk>/", drafts.draft_scan, name="draft_scan"),
    path("tiep-nhan/nhap-do/<uuid:key>/bo/", drafts.draft_discard, name="draft_discard"),
]

_GUIDANCE = [
    path("tiep-nhan/huong-dan/", guidance.guidances, name="guidances"),
    path("tiep-nhan/huong-dan/hoi/", guidance.guide, name="guide"),
    path("tiep-nhan/huong-dan/lap/", guidance.guidance_give, name="guidance_give"),
    path("tiep-nhan/huong-dan/<int:pk>/", guidance.guidance, name="guidance"),
    path("tiep-nhan/huong-dan/<int:pk>/phieu.pdf", guidance.guidance_pdf, name="guidance_pdf"),
    path("tiep-nhan/huong-dan/<int:pk>/tao-lai/", guidance.guidance_again, name="guidance_again"),
    path("tiep-nhan/huong-dan/<int:pk>/tiep/", guidance.guidance_resume, name="guidance_resume"),
]
_NOTES = [
    path("ho-so/<dossier_code:code>/ghi-chu/", notes.note, name="note"),
    path("ho-so/<dossier_code:code>/dang-xem/", notes.look, name="look"),
    path("tin-moi/", notes.news, name="news"),
]
_LISTS = [
    path("danh-sach/luu-bo-loc/", lists.filter_save, name="filter_save"),
    path("danh-sach/bo-bo-loc/", lists.filter_forget, name="filter_forget"),
    path("danh-sach/cot/", lists.columns, name="columns"),
]

urlpatterns = [*_BULK, *_EXPORTS, *_DRAFTS, *_GUIDANCE, *_NOTES, *_LISTS]
