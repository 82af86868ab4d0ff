"""Addresses of letters of apology: the heads' pages, and the public check of a letter."""

from django.urls import path

from apologies.views import public

app_name = "apologies"

_PUBLIC = [
    path("xac-minh/", public.verify, name="verify"),
    path("xac-minh/<slug:code>/", public.verify_code, name="verify_code"),
]

urlpatterns = [*_PUBLIC]
