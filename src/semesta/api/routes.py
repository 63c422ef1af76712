"""The API's routes."""

from ninja import NinjaAPI

api = NinjaAPI(title="Semesta", version="1")
