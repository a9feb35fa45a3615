"""Many visitors at once: each gets the right answer, from one model and one snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import serving
from shown_text import plain

from app.screens.headless_visitors import at_once

VISITORS = 30
QUESTIONS = {
    "who controls illegal gold mining in Peru": "Those who control illegal gold mining",
    "Peru cocaine score 2023": "Peru scored 9.00 for cocaine trade in the 2023 edition",
    "Are Peruvian judges under investigation?": "judges",
    "Chile resilience score 2021": "Chile scored",
    "who controls cocaine in Norway": "Norway",
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
def test_thirty_visitors_at_once_get_their_own_answers_and_no_error(shipped_index: Path) -> None:
    asked = list(QUESTIONS)
    with serving(shipped_index) as server:
        orders = [[asked[(n + k) % len(asked)] for k in range(2)] for n in range(VISITORS)]
        answers = at_once(server.port, orders)
        before = server.megabytes()
        again = at_once(server.port, [order[:1] for order in orders])
        grown = server.megabytes() - before
    assert (len(answers), len(again)) == (2 * VISITORS, VISITORS)
    for answer in (*answers, *again):
        assert answer.error == ""
        assert QUESTIONS[answer.question] in plain(answer.text), answer.question
    # A finished visit leaves nothing in memory but what all visitors share.
    assert grown < 300
