"""The Model Context Protocol: the requests of `app.programs` as tools, profiles and definitions as resources, and a prompt.

Public: `serve.run_stdio` and `serve.run_http`, which `ocqa mcp` calls.
"""
