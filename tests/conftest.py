"""What every test stands on: the people of `tests/fixtures_people.py`."""

from tests.fixtures_people import *  # noqa: F403 -- fixtures are found by being here
