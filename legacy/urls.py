"""Addresses of taking over the dossiers of old systems."""

from django.urls import path

from legacy import views

app_name = "legacy"

urlpatterns = [
    path("quan-tri/nhap-ho-so/", views.runs, name="runs"),
    path("quan-tri/nhap-ho-so/<int:pk>/", views.run, name="run"),
    path("quan-tri/nhap-ho-so/<int:pk>/chay-thu/", views.begin, name="begin"),
    path("quan-tri/nhap-ho-so/<int:pk>/nhap/", views.take_over, name="take_over"),
    path("quan-tri/nhap-ho-so/<int:pk>/bao-cao.xlsx", views.report, name="report"),
]
