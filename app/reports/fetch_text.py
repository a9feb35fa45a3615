"""What a download will take, and how far it has come, in words. Pure."""

from __future__ import annotations

from app.reports.amounts import counted

_FEW = 3


def before_words(files: int, delay: float, forbidden: tuple[str, ...], host: str) -> list[str]:
    """How many requests, how long at least, and what robots.txt allows. `delay` is the pause between two, in seconds."""
    lines = [f"{counted(files, 'file')}: at least {counted(files, 'request')} to {host}, one at a time, {delay:g} s between two"]
    lines[0] += f": about {time_words(files * delay)} or more" if files * delay >= 60 else ""
    if not forbidden:
        return [*lines, f"robots.txt of {host} allows these addresses"]
    named = ", ".join(forbidden[:_FEW]) + (" …" if len(forbidden) > _FEW else "")
    which = "any of them" if len(forbidden) >= files else f"{len(forbidden)} of them: {named}"
    return [*lines, f"robots.txt of {host} does not allow programs to fetch {which}"]


def time_words(seconds: float) -> str:
    """A time to wait: "40 seconds", "3 minutes", "1.5 hours"."""
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


def left_words(done: int, total: int, seconds: float, delay: float) -> str:
    """The time left after `done` of `total` files in these seconds; empty where none are left."""
    if done >= total:
        return ""
    return f", about {time_words((total - done) * max(delay, seconds / done))} left"
