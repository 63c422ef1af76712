from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.web.gate import open_to_all


@open_to_all
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html", {})
