from django_tasks_db.management.commands import db_worker

from tochuc.viec_nen.services import end_broken_off


class Command(db_worker.Command):
    help = "Do background work; what a killed worker of the same name left is told as broken off"

    def handle(self, *, worker_id, **options):
        end_broken_off(worker_id)
        super().handle(worker_id=worker_id, **options)
