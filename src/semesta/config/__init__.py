"""Settings, URLs and the WSGI entry: the only code that reads the environment."""
