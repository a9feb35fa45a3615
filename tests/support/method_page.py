"""A page about the method of the Index in our own words, as people save such pages; its details are invented."""

from __future__ import annotations

ADDRESS = "https://ocindex.net/2023/method"
TITLE = "How the scores of the Organized Crime Index come about"
PARTS = {
    TITLE: (
        "This page describes how the scores of the Global Organized Crime Index are prepared and who takes part in it.",
        "It is written for readers who want to know how far they can trust a figure before they use it in their work.",
    ),
    "The drafting round": (
        "A first draft of every profile is written by a researcher, who proposes a figure and gives the reasons for it.",
        "Drafting takes eleven weeks, and a second researcher reads every draft before anyone else sees it.",
    ),
    "The review panels": (
        "Each draft goes to a panel of seven reviewers from the region, who score the country without seeing other figures.",
        "Panels meet twice. Where figures lie more than two points apart, the chair asks for evidence in writing.",
    ),
    "Disputed scores": (
        "A government that disputes a score can write to the secretariat within ninety days of publication.",
        "The figure is then looked at again by a panel that had no part in it; a correction appears in the next edition only.",
    ),
}
MENU = ("Home", "Explore", "Compare", "Downloads", "About", "Peru", "Chad")


def as_text(*, marks: str = "", wrapped: bool = False) -> str:
    """The page as text; `marks` come before headings, lines are cut as an e-mail's are if `wrapped`."""
    blocks = [ADDRESS]
    for heading, paragraphs in PARTS.items():
        blocks += [f"{marks}{heading}", *map(_wrapped if wrapped else str, paragraphs)]
    return "\n\n".join(blocks) + "\n"


def as_markup() -> str:
    """The page as HTML with a menu above and below."""
    menu = "<ul>" + "".join(f"<li><a href='/x'>{item}</a></li>" for item in MENU) + "</ul>"
    body = "".join(f"<section><h2>{h}</h2>{''.join(f'<p>{p}</p>' for p in texts)}</section>" for h, texts in PARTS.items())
    head = f'<head><meta charset="utf-8"><title>Method</title><link rel="canonical" href="{ADDRESS}"></head>'
    return f"<!DOCTYPE html><html>{head}<body><nav>{menu}</nav><main>{body}</main><footer>{menu}</footer></body></html>"


def _wrapped(paragraph: str) -> str:
    half = paragraph.index(" ", len(paragraph) // 2)
    return f"{paragraph[:half]}\n{paragraph[half + 1 :]}"
