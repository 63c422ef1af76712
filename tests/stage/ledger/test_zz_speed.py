import time, sys, random
from datetime import date
import pytest
from semesta.kernel import Month
from semesta.ledger import queries, services
from semesta.registry.models import Person
from tests.support.people import *
@pytest.mark.django_db
@pytest.mark.parametrize("n",[35_000,100_000])
def test_speed(workspace, officer, n):
    ch=random.Random(1)
    Person.objects.bulk_create([Person(anchor=f"t:{i}",name="A",search_name="a",kelurahan=GANTING,alive=True,born_on=date(1980,1,1)) for i in range(20000)])
    ids=list(Person.objects.values_list("pk",flat=True))
    rows=[]
    for i in range(n):
        s=Month(2019,1)+ch.randint(0,80); rows.append(dict(month_from=s.first_day, month_until=(s+ch.choice([2,3,6,12])).first_day, payer=ch.choice(["APBD","SELF","CSR","BAZNAS"]), programmes="JKK+JKM", amount=16800))
    t=time.time(); r=deliver(workspace,"bpu_participants",rows)
    class P: 
        def __init__(s,pk): s.pk=pk
    a_registry_run(workspace,{x:P(ch.choice(ids)) for x in r})
    print("setup",time.time()-t)
    t=time.time(); c=services.post(workspace=workspace,by=officer); print(n,"post",time.time()-t,c)
    t=time.time(); services.post(workspace=workspace,by=officer); print("again",time.time()-t)
    t=time.time(); print(queries.totals(),time.time()-t)
    t=time.time(); s=queries.snapshot(workspace); print("snapshot",time.time()-t)
    t=time.time(); queries.standing_table(on=date(2026,1,31),workspace=workspace,source=s); print("standing",time.time()-t)
    t=time.time(); l=queries.about_to_lapse(on=date(2026,1,31),days=60,workspace=workspace,source=s); print("lapse",len(l),time.time()-t)
    t=time.time(); queries.timeline_of(ids[5]); queries.standing_of(ids[5],date(2026,1,31)); print("one",time.time()-t)
