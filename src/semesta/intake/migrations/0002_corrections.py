import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='fates_add_up',
        ),
        migrations.AddField(
            model_name='delivery',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='intake.delivery'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='edition',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name='delivery',
            name='superseded',
            field=models.IntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('rows', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('corrected')), '+', models.F('held')), '+', models.F('refused')), '+', models.F('superseded')))), name='fates_add_up'),
        ),
    ]
