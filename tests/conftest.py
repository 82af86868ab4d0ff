"""What every test stands on: the embedded servers, quick commits, and the cast."""

from django.conf import settings

from tthc_portal import embedded

embedded.ensure_running()
# A test's rows need not survive a power cut; the server itself keeps its fsync.
settings.DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
# Tests read the sources of the static files: no collectstatic before them.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
