"""Measures the page under load: `python tests/fitting/measure_page.py INDEX [VISITORS [QUESTIONS]]` prints times and memory."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import quantiles

from serving import serving

from app.screens.headless_visitors import at_once

ASKED = (
    "who controls illegal gold mining in Peru",
    "Peru cocaine score 2023",
    "Are Peruvian judges under investigation?",
    "How does Peru rank for criminality in South America?",
    "who controls cocaine in Norway",
    "what counts as flora crimes",
    "which South American countries score 7 or more for cocaine trade in 2023",
)


def main() -> None:
    index = Path(sys.argv[1])
    visitors, questions = (int(n) for n in (*sys.argv[2:4], *(30, 2000)[len(sys.argv) - 2 :]))
    with serving(index) as server:
        at_once(server.port, [ASKED[:1]])
        print(f"one visitor before: {server.megabytes():.0f} MB")
        done = 0
        while done < questions:
            orders = [[ASKED[(n + k + done) % len(ASKED)] for k in range(5)] for n in range(visitors)]
            found = at_once(server.port, orders)
            done += len(found)
            errors = [a for a in found if a.error]
            cuts = quantiles([a.seconds for a in found], n=20)
            print(
                f"{done} questions: p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, {len(errors)} errors, {server.megabytes():.0f} MB"
            )


if __name__ == "__main__":
    main()
