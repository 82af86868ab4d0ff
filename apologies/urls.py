"""Addresses of letters of apology: the heads' and counters' pages, and the public check."""

from django.urls import path

from apologies.views import (
    board,
    compliance,
    counter,
    drafting_runs,
    extensions,
    heads,
    ladder,
    ladder_days,
    many,
    public,
    signing,
)

app_name = "apologies"

_LISTS = [
    path("xin-loi/", heads.drafts, name="drafts"),
    path("xin-loi/da-ky/", heads.signed, name="signed"),
    path("xin-loi/thong-bao/", counter.unread, name="notices"),
    path("xin-loi/thong-bao/<int:pk>/da-xem/", counter.read, name="notice_read"),
]
_MANY = [
    path("xin-loi/ky-nhieu/", many.sign_many, name="sign_many"),
    path("xin-loi/dot-ky/<int:pk>/", many.run, name="run"),
    path("xin-loi/theo-thang/", drafting_runs.runs, name="drafting_runs"),
    path("xin-loi/theo-thang/<int:pk>/", drafting_runs.run, name="drafting_run"),
]
_LETTER = [
    path("xin-loi/phieu/<int:pk>/", heads.letter, name="letter"),
    path("xin-loi/phieu/<int:pk>.pdf", heads.letter_pdf, name="letter_pdf"),
    path("xin-loi/phieu/<int:pk>/sua/", heads.revise, name="revise"),
    path("xin-loi/phieu/<int:pk>/ky/", heads.sign, name="sign"),
    path("xin-loi/phieu/<int:pk>/thu-hoi/", heads.withdraw, name="withdraw"),
    path("xin-loi/phieu/<int:pk>/tao-lai/", heads.draw_again, name="draw_again"),
]
_PUBLIC = [
    path("xac-minh/", public.verify, name="verify"),
    path("xac-minh/<slug:code>/", public.verify_code, name="verify_code"),
]

_EXTENSIONS = [
    path("ho-so/<dossier:code>/gia-han/", extensions.extension, name="extension"),
    path("ho-so/<dossier:code>/gia-han/de-nghi/", extensions.ask, name="extension_ask"),
    path("ho-so/<dossier:code>/gia-han/dong-y/", extensions.accept, name="extension_accept"),
    path("ho-so/<dossier:code>/gia-han/khong-dong-y/", extensions.refuse, name="extension_refuse"),
]
_LADDER = [
    path("xin-loi/bac-thang/", ladder.ladder, name="ladder"),
    path("xin-loi/tuan-thu/", compliance.figures_page, name="compliance"),
    path("xin-loi/tuan-thu/ho-so/", compliance.behind, name="compliance_dossiers"),
]
_SIGNING = [
    path("quan-tri/ky-so/bac-nhac-viec/", ladder_days.agencies, name="ladder_days"),
    path(
        "quan-tri/ky-so/bac-nhac-viec/<int:agency_id>/", ladder_days.agency, name="ladder_days_of"
    ),
    path("quan-tri/ky-so/", signing.agencies, name="signing"),
    path("quan-tri/ky-so/<int:agency_id>/", signing.agency, name="signing_of"),
    path("quan-tri/ky-so/<int:agency_id>/chung-thu/", signing.register, name="register"),
    path(
        "quan-tri/ky-so/<int:agency_id>/chung-thu/<int:pk>/thu-khoa/",
        signing.prove_again,
        name="prove_again",
    ),
    path(
        "quan-tri/ky-so/<int:agency_id>/chung-thu/<int:pk>/thu-hoi/", signing.revoke, name="revoke"
    ),
    path("quan-tri/ky-so/<int:agency_id>/tham-quyen/", signing.grant, name="grant"),
    path(
        "quan-tri/ky-so/<int:agency_id>/tham-quyen/<int:pk>/bo/",
        signing.take_back,
        name="take_back",
    ),
]
_BOARD = [
    path("xin-loi/cong-khai/", board.board_page, name="board"),
    path("xin-loi/cong-khai/rss/", board.rss, name="board_rss"),
    path("xin-loi/cong-khai/json/", board.json_feed, name="board_json"),
    path("xin-loi/cong-khai/<str:agency_code>/", board.board_page, name="board_agency"),
    path("xin-loi/cong-khai/<str:agency_code>/rss/", board.rss, name="board_agency_rss"),
    path("xin-loi/cong-khai/<str:agency_code>/json/", board.json_feed, name="board_agency_json"),
]

urlpatterns = [*_BOARD, *_LISTS, *_MANY, *_LETTER, *_PUBLIC, *_EXTENSIONS, *_LADDER, *_SIGNING]
