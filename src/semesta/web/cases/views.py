from django.http import HttpRequest, HttpResponse

from semesta.web.gate import needs


@needs("see_cases")
def cases(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs("see_cases")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("")


@needs("see_cases")
def warnings(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
