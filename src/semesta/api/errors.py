"""One error shape for every answer that is no answer: `{"error": {code, what, why, fix}}`."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from semesta.kernel import UserError
from semesta.kernel.errors import NotAllowed, NotPossible

SIGN_IN = UserError(
    "api.sign_in",
    "Anda belum masuk.",
    "Bagian API ini hanya untuk pengguna yang sudah masuk.",
    "Masuk melalui halaman web, lalu kirim kuki sesinya bersama permintaan.",
)
NOT_FOUND = UserError(
    "api.not_found",
    "Yang diminta tidak ada.",
    "Alamatnya keliru, atau datanya berada di luar wilayah tugas Anda.",
    "Periksa nomor atau nama pada alamat permintaan.",
)
FORGED = UserError(
    "api.csrf",
    "Permintaan ditolak.",
    "Permintaan yang mengubah atau mencari data harus membawa token CSRF.",
    "Kirim isi kuki csrftoken sebagai kepala X-CSRFToken.",
)


def add_error_shape(api: NinjaAPI) -> None:
    """Make every kind of failure answer in the one shape."""

    def told(request: HttpRequest, error: UserError, status: int) -> HttpResponse:
        return api.create_response(request, {"error": error.as_dict()}, status=status)

    @api.exception_handler(UserError)
    def user_error(request: HttpRequest, error: UserError) -> HttpResponse:
        status = 403 if isinstance(error, NotAllowed) else 400
        return told(request, error, 409 if isinstance(error, NotPossible) else status)

    @api.exception_handler(AuthenticationError)
    def sign_in(request: HttpRequest, error: Exception) -> HttpResponse:
        return told(request, SIGN_IN, 401)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
        return told(request, NOT_FOUND, 404)

    @api.exception_handler(HttpError)
    def forged(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 403:
            return told(request, FORGED, 403)
        return told(request, bad_input(str(error)), error.status_code)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return told(request, bad_input(_places(error.errors)), 422)


def bad_input(where: str) -> UserError:
    """The error for input of the wrong form; `where` names the places, not values."""
    return UserError(
        "api.input",
        "Isi permintaan tidak sesuai.",
        f"Yang tidak sesuai: {where}.",
        "Lihat bentuk yang diminta di /api/v1/openapi.json.",
    )


def _places(errors: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{'.'.join(map(str, error['loc']))} ({error['type']})" for error in errors
    )
