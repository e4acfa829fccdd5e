"""The one task that the worker process knows."""

from django_tasks import task


@task()
def run_cong_viec(pk: str) -> None:
    from .services import run  # noqa: PLC0415 -- services enqueue this task

    run(pk)
