"""Pages and API with Django's client, on one small city made once for all of them."""
