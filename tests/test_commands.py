"""An operator can read about every command that the project adds to manage.py."""

import re
from pathlib import Path

from django.apps import apps
from django.core.management import find_commands

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [
    name
    for app in apps.get_app_configs()
    if Path(app.path).parent == ROOT
    for name in find_commands(Path(app.path, "management"))
]


def test_the_operations_guide_lists_every_command_and_no_other():
    guide = (ROOT / "docs" / "van-hanh.md").read_text()

    assert sorted(re.findall(r"^### `(\w+)", guide, re.MULTILINE)) == sorted(COMMANDS)
