"""Settings that every test shares."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: a busy machine is no counterexample. In CI the same examples every time, so that a failure can be repeated.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")
