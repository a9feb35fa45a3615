"""What `ocqa page` serves: the Streamlit page behind its guard."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app.guard import OWN_HOSTS, Guard
from app.settings import ADMIN_VARIABLE, HOSTS_VARIABLE

_ALSO = tuple(host.strip().lower() for host in os.environ.get(HOSTS_VARIABLE, "").split(",") if host.strip())

app = st.App(
    Path(__file__).with_name("page.py"),
    middleware=[Middleware(Guard, hosts=(*OWN_HOSTS, *_ALSO), uploads=bool(os.environ.get(ADMIN_VARIABLE)))],
)
