"""Addresses of inter-agency work."""

from django.urls import path

from liaison.views import asking, consultations

app_name = "liaison"

urlpatterns = [
    path("lien-thong/", consultations.worklist, name="worklist"),
    path("lien-thong/<int:pk>/", consultations.consultation, name="consultation"),
    path("lien-thong/<int:pk>/tep/<int:file_id>/", consultations.shared_file, name="shared_file"),
    path("lien-thong/<int:pk>/van-ban/", consultations.answer_file, name="answer_file"),
    path("lien-thong/<int:pk>/tra-loi/", consultations.answer, name="answer"),
    path("lien-thong/<int:pk>/rut/", consultations.withdraw, name="withdraw"),
    path("lien-thong/<int:pk>/da-biet/", consultations.read_notice, name="read_notice"),
    path("ho-so/<dossier:code>/lay-y-kien/", asking.ask, name="ask"),
]
