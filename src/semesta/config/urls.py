"""Every address of the site."""

from django.urls import include, path

from semesta.api.routes import api

urlpatterns = [
    path("", include("semesta.web.urls")),
    path("masuk/", include("semesta.web.accounts.entry")),
    path("api/v1/", api.urls),
]
