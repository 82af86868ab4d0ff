"""Addresses of the API of figures and reports."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from reporting.api import forms_viewsets, views_viewsets, viewsets

router = SimpleRouter()
router.register(
    "statistical-forms", forms_viewsets.StatisticalFormViewSet, basename="statistical_form"
)

urlpatterns = [
    path("figures/", viewsets.FiguresAPI.as_view(), name="figures"),
    path("report-views/<slug:view_code>/", views_viewsets.ReportViewAPI.as_view(), name="views"),
    *router.urls,
]
