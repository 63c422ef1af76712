from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0004_carry_answers_over'),
    ]

    operations = [
        # With a default, so that the way back finds every row filled.
        migrations.AlterField(
            model_name='reviewtask',
            name='answered_by',
            field=models.CharField(blank=True, default='', max_length=150),
        ),
        migrations.RemoveField(
            model_name='reviewtask',
            name='answered_by',
        ),
    ]
