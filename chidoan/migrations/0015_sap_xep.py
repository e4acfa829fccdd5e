from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0014_mo_hinh")]

    operations = []
