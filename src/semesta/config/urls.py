"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from semesta.api.routes import api
from semesta.intake.maps import own_maps, use_own_maps

# A city's own suppliers are on the pages too.
use_own_maps(own_maps(settings.WORKSPACE))

urlpatterns = [
    path("", include("semesta.web.urls")),
    path("masuk/", include("semesta.web.accounts.entry")),
    path("api/v1/", api.urls),
]
