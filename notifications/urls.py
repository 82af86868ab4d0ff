"""Addresses of messages, for administrators."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("tin-gui/", views.message_list, name="list"),
    path("tin-gui/gui-lai/", views.resend_failed, name="resend_failed"),
    path("tin-gui/hop-thu-mau/", views.sample_box, name="sample_box"),
    path("tin-gui/<int:pk>/", views.message_detail, name="detail"),
    path("tin-gui/<int:pk>/gui-lai/", views.resend, name="resend"),
]
