"""The same answers over HTTP, as JSON: the requests of `app.programs` under addresses of their own, for programs of any language.

Public: `service.make_service`, the ASGI application that `ocqa serve` runs.
"""
