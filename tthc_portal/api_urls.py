"""Every address of the API; what is none of them is refused in the API's own shape."""

from django.urls import include, path, re_path

from tthc_portal.api import unknown_address

app_name = "api"

urlpatterns = [
    # Dossiers first: the resolver tries one pattern after another.
    path("v1/", include("dossiers.api.urls")),
    path("v1/", include("organizations.api.urls")),
    path("v1/", include("procedures.api.urls")),
    path("v1/", include("desk.api.urls")),
    path("v1/", include("notifications.api.urls")),
    path("v1/", include("feedback.api.urls")),
    path("v1/", include("apologies.api.urls")),
    path("v1/", include("reporting.api.urls")),
    path("v1/", include("liaison.api.urls")),
    path("v1/", include("legacy.api.urls")),
    # Strangers too: an address that is not there is no secret.
    re_path(r"^.*$", unknown_address, name="unknown"),
]
