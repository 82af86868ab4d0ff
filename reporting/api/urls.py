"""Addresses of the API of figures."""

from django.urls import path

from reporting.api import viewsets

urlpatterns = [
    path("figures/", viewsets.FiguresAPI.as_view(), name="figures"),
]
