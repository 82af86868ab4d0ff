"""Every address of the portal, app by app."""

from django.urls import include, path

from tthc_portal import views

urlpatterns = [
    # First: the resolver tries one pattern after another, and programs call most often.
    path("api/", include("tthc_portal.api_urls")),
    path("", views.home, name="home"),
    path("suc-khoe/", views.health, name="health"),
    path("so-dem/", views.live, name="live"),
    path("", include("organizations.urls")),
    path("", include("procedures.urls")),
    path("", include("dossiers.urls")),
    path("", include("feedback.urls")),
    path("", include("notifications.urls")),
    path("", include("desk.urls")),
    path("", include("legacy.urls")),
    path("", include("apologies.urls")),
    path("", include("liaison.urls")),
    path("", include("reporting.urls")),
]
