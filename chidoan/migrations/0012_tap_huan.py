from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0011_can_bo")]

    operations = []
