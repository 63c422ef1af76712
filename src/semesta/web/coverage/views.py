from django.http import HttpRequest, HttpResponse

from semesta.web.gate import needs


@needs("see_coverage")
def coverage(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs("see_coverage")
def area(request: HttpRequest, area: str) -> HttpResponse:
    return HttpResponse("")
