from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.web.gate import SIGNED_IN, needs


@needs(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html", {})
