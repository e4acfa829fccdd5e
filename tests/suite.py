"""Run pytest on SQLite, on PostgreSQL or on both: `python -m tests.suite [pytest arguments]`.

TEST_DATABASES (sqlite, postgresql or both) chooses; without arguments every test runs, in parallel.
With both, the second run leaves out what would only be said twice: tests that touch no database,
and journeys in the browser. `--coverage` alone measures what a whole run reaches: the tracer takes
nearly as long as the tests themselves, so it is asked for and does not stand before each change.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from tests.postgres import call, end_like_ctrl_c, postgres

WORKERS = min((os.cpu_count() or 1) + 1, 4)
"""One more than there are processors: some always wait for a browser or for a database."""
EVERYTHING = ["-n", str(WORKERS), "--dist=loadgroup", "--durations=10"]
COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Each of a run's many processes would else compile every module and test for itself."""
COVERAGE = ["--cov", "--cov-report=term-missing:skip-covered"]


@contextmanager
def sqlite():
    """SQLite lives in a file of the data directory, as the settings have it."""
    yield None


SERVERS = {"sqlite": sqlite, "postgresql": postgres}


def run_pytest(database, options, env):
    sys.stdout.write(f"\nTests on {database}\n")
    sys.stdout.flush()
    with SERVERS[database]() as url:
        urls = {"DATABASE_URL": url} if url else {}
        return call([sys.executable, "-m", "pytest", *options], env | urls)


def main(arguments):
    chosen = os.environ.get("TEST_DATABASES", "both")
    databases = list(SERVERS) if chosen == "both" else [chosen]
    options = [*EVERYTHING, *COVERAGE] if arguments == ["--coverage"] else arguments or EVERYTHING
    with TemporaryDirectory(prefix="doan-test-") as folder:
        env = os.environ | {"DATA_DIR": folder} | COMPILED_ONCE
        build = [sys.executable, "manage.py", "build_assets"]
        built = subprocess.run(build, check=False, env=env, stdout=subprocess.DEVNULL)
        if built.returncode:
            return built.returncode
        results = []
        for database in databases:
            is_first = database == databases[0]
            scope = {} if is_first or arguments else {"TESTS": "database"}
            results.append(run_pytest(database, options, env | scope))
    return max(results)


if __name__ == "__main__":
    end_like_ctrl_c()
    sys.exit(main(sys.argv[1:]))
