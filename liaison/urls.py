"""Addresses of inter-agency work."""

from django.urls import path

from liaison.views import asking, consultations, handovers, papers, prints

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
    path("ban-giao/", handovers.handovers, name="handovers"),
    path("ban-giao/lap/", handovers.hand_over, name="hand_over"),
    path("ban-giao/o-dau/", handovers.where, name="where"),
    path("ban-giao/noi-giu/", papers.papers, name="papers"),
    path("ban-giao/<int:pk>/", handovers.handover, name="handover"),
    path("ban-giao/<int:pk>/xac-nhan/", handovers.confirm, name="confirm"),
    path("so-theo-doi/", prints.registers, name="registers"),
    path("ban-in/<int:pk>/", prints.print_order, name="print"),
    path("ban-in/<int:pk>/<int:number>.pdf", prints.book, name="book"),
]
