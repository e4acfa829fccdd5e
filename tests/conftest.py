"""What every test stands on: the people of `tests/fixtures_people.py`."""

import hypothesis

from tests.fixtures_people import *  # noqa: F403 -- fixtures are found by being here

# Machines differ in speed, and a test that failed once must fail again.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")
