"""Addresses of petitions and ratings: the public's, the senders', and the desks'."""

from django.urls import path, register_converter

from feedback.converters import PetitionCodeConverter
from feedback.views import acts, following, public, ratings, sending, worklist

register_converter(PetitionCodeConverter, "petition")

app_name = "feedback"

_PUBLIC = [
    path("phan-anh/", public.published, name="published"),
    path("phan-anh/cong-khai/<petition:code>/", public.published_one, name="published_one"),
    path("phan-anh/cong-khai/<petition:code>/y-kien/", public.vote, name="vote"),
    path("phan-anh/gui/", sending.send, name="send"),
    path("danh-gia/<str:token>/", public.rate, name="rate"),
]
_SENDERS = [
    path("phan-anh/theo-doi/", following.follow, name="follow"),
    path("phan-anh/theo-doi/bo-sung/", following.supplement, name="supplement"),
    path("phan-anh/theo-doi/phan-anh-lai/", following.complain_again, name="complain_again"),
    path("phan-anh/theo-doi/y-kien/", following.sender_vote, name="sender_vote"),
]
_DESKS = [
    path("phan-anh/xu-ly/", worklist.worklist, name="worklist"),
    path("phan-anh/xu-ly/danh-gia/", ratings.ratings, name="ratings"),
    path("phan-anh/xu-ly/danh-gia/<int:pk>/kiem-duyet/", ratings.moderate, name="moderate"),
    path("phan-anh/xu-ly/<petition:code>/", worklist.petition, name="petition"),
    path("phan-anh/xu-ly/<petition:code>/tep/<int:pk>/", worklist.file, name="file"),
    path("ho-so/<dossier:code>/danh-gia/", ratings.counter_rating, name="counter_rating"),
]
_ACTS = [
    path("phan-anh/xu-ly/<petition:code>/tiep-nhan/", acts.receive, name="receive"),
    path("phan-anh/xu-ly/<petition:code>/tu-choi/", acts.refuse, name="refuse"),
    path("phan-anh/xu-ly/<petition:code>/yeu-cau-bo-sung/", acts.ask, name="ask"),
    path("phan-anh/xu-ly/<petition:code>/tra-loi/", acts.answer, name="answer"),
    path("phan-anh/xu-ly/<petition:code>/tra-lai/", acts.send_back, name="send_back"),
    path("phan-anh/xu-ly/<petition:code>/cong-khai/", acts.publish, name="publish"),
    path("phan-anh/xu-ly/<petition:code>/an/", acts.hide, name="hide"),
    path("phan-anh/xu-ly/<petition:code>/hien-lai/", acts.show, name="show"),
]

urlpatterns = [*_PUBLIC, *_SENDERS, *_DESKS, *_ACTS]
