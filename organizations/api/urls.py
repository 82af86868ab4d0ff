"""Addresses of the API of people and agencies."""

from django.urls import path

from organizations.api import viewsets

urlpatterns = [
    path("token/", viewsets.SignInAPI.as_view(), name="sign_in"),
    path("token/revoke/", viewsets.SignOutAPI.as_view(), name="sign_out"),
    path("me/", viewsets.MeAPI.as_view(), name="me"),
    path("agencies/", viewsets.AgencyViewSet.as_view({"get": "list"}), name="agencies"),
]
