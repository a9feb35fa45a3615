"""Who may add files and build from the page: whoever opened it with the address that `ocqa page --admin` printed."""

from __future__ import annotations

import hmac

import streamlit as st

from app.settings import Settings

_KEY = "admin"


def is_operator(settings: Settings) -> bool:
    """Whether this visit began with the server's token in the address; it is kept for the visit and leaves the address."""
    given = str(st.query_params.get(_KEY) or st.session_state.get(_KEY) or "")
    if not settings.admin or not hmac.compare_digest(given.encode(), settings.admin.encode()):
        return False
    st.session_state[_KEY] = given
    # The address may be passed on.
    st.query_params.pop(_KEY, None)
    return True
