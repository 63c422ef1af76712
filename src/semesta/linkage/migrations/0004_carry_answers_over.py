"""What was one field of a task becomes its first answer."""

from django.db import migrations


def carry_over(apps, schema_editor):
    task = apps.get_model('linkage', 'ReviewTask')
    answer = apps.get_model('linkage', 'ReviewAnswer')
    answer.objects.bulk_create(
        answer(task=one, answer=one.settled, by=one.answered_by, at=one.settled_at)
        for one in task.objects.exclude(settled='')
    )


def put_back(apps, schema_editor):
    task = apps.get_model('linkage', 'ReviewTask')
    answer = apps.get_model('linkage', 'ReviewAnswer')
    for one in task.objects.exclude(settled=''):
        found = answer.objects.filter(task=one, taken_back_at=None, answer=one.settled)
        one.answered_by = found.order_by('at', 'pk').last().by
        one.save(update_fields=['answered_by'])
    answer.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0003_answers_and_decisions'),
    ]

    operations = [
        migrations.RunPython(carry_over, put_back),
    ]
