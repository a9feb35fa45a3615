"""What `ocqa page` serves: the Streamlit page behind its guard."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app.guard import OWN_HOSTS, Guard
from app.settings import read_settings

_SETTINGS = read_settings()

app = st.App(
    Path(__file__).with_name("page.py"),
    middleware=[Middleware(Guard, hosts=(*OWN_HOSTS, *_SETTINGS.hosts), uploads=bool(_SETTINGS.admin))],
)
