"""Addresses of signing in and out, and of administering people and agencies."""

from django.urls import path

from organizations.views import agencies, leave, people, signing_in

app_name = "organizations"

urlpatterns = [
    path("dang-nhap/", signing_in.SignInView.as_view(), name="sign_in"),
    path("dang-xuat/", signing_in.SignOutView.as_view(), name="sign_out"),
    path("mat-khau/", signing_in.PasswordChangeView.as_view(), name="password_change"),
    path("nghi-phep/", leave.leave, name="leave"),
    path("nghi-phep/<int:pk>/thoi/", leave.end_leave, name="end_leave"),
    path("quan-tri/co-quan/", agencies.agencies, name="agencies"),
    path("quan-tri/co-quan/them/", agencies.add_agency, name="add_agency"),
    path("quan-tri/co-quan/<int:pk>/", agencies.agency, name="agency"),
    path("quan-tri/co-quan/<int:pk>/quay/", agencies.add_counter, name="add_counter"),
    path("quan-tri/quay/<int:pk>/", agencies.counter, name="counter"),
    path("quan-tri/nguoi-dung/", people.people, name="people"),
    path("quan-tri/nguoi-dung/them/", people.add_person, name="add_person"),
    path("quan-tri/nguoi-dung/<int:pk>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/mat-khau/", people.reset_password, name="reset_password"),
    path("quan-tri/nguoi-dung/<int:pk>/vai-tro/", people.post_person, name="post_person"),
    path(
        "quan-tri/nguoi-dung/<int:pk>/vai-tro/<int:membership_id>/bo/",
        people.unpost_person,
        name="unpost_person",
    ),
]
