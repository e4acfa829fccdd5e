"""What every test stands on: the people of `tests/fixtures_people.py`."""

import signal

import hypothesis

from tests.fixtures_people import *  # noqa: F403 -- fixtures are found by being here

# Machines differ in speed, and a test that failed once must fail again.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")

# A run that is told to end takes its workers and its browser along.
signal.signal(signal.SIGTERM, signal.default_int_handler)
