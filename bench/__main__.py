"""`./run bench [--members 10000 100000] [--rounds 30]`, `./run bench ho-so [100]` or
`./run bench bao-cao`

`ho-so` measures dossiers (`bench.ho_so`), `bao-cao` figures, dashboards and the ranking of a
province on PostgreSQL (`bench.bao_cao`). Without them:

For each size a fresh SQLite database is filled with generated members and meetings. Every
page is then asked for through the whole stack in this process, in turn with its floors, and
the medians are printed as ratios to (a) the same rows in Django's admin list and (b) the
bare SQL with a minimal response behind the same middleware.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    if sys.argv[1:2] == ["ho-so"]:
        command = [sys.executable, "-m", "bench.ho_so", *sys.argv[2:]]
        raise SystemExit(subprocess.run(command, cwd=HERE.parent, check=False).returncode)  # noqa: S603
    if sys.argv[1:2] == ["bao-cao"]:
        command = [sys.executable, "-m", "bench.bao_cao"]
        command = [sys.executable, "-m", "tests.postgres", *command]
        raise SystemExit(subprocess.run(command, cwd=HERE.parent, check=False).returncode)  # noqa: S603
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("--members", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    for members in options.members:
        with tempfile.TemporaryDirectory() as folder:
            env = {
                **os.environ,
                "DATA_DIR": folder,
                "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                "DJANGO_SETTINGS_MODULE": "bench.settings",
            }
            command = [sys.executable, "-m", "bench.measure", str(members), str(options.rounds)]
            subprocess.run(command, env=env, cwd=HERE.parent, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
