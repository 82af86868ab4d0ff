"""Property tests here depend on no clock and leave no files behind."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, database=None)
settings.load_profile("portal")
