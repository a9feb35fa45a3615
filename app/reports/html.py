"""A report as one HTML page that needs nothing else: no script, no other host; in light and dark, on a phone too. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape

COLOURS = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--card:#f5f6f8;--line:#d5d9de;--bar:#2f6f9f;
--mark:#ffe9a8;--markink:#1b1f24;--bad:#b3261e;--good:#1a7f4b;--link:#1f5f93}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7eb;--soft:#a0a8b1;--paper:#14171b;--card:#1e2329;--line:#363d45;
--bar:#6cacd8;--mark:#6b5a1e;--markink:#fff5d6;--bad:#ff9a91;--good:#74d6a2;--link:#8cc4ee}}
"""
CHARTS = """
svg{font:13px system-ui,sans-serif}svg text{fill:var(--ink)}svg text.small{fill:var(--soft);font-size:12px}
.track{fill:var(--card);stroke:var(--line)}.bar{fill:var(--bar);fill-opacity:.6}
"""
_STYLE = """
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:68rem;margin:auto;padding:1.2rem}h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .6rem}
h3{font-size:1rem;margin:1rem 0 .4rem}h3 .soft{font-weight:400}
.soft,.small{color:var(--soft)}.soft{font-size:.9rem}a{color:var(--link)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
td:last-child:not(.n){min-width:14rem}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1rem}
svg{display:block;width:100%;height:auto}
@media(max-width:44rem){th,td{padding:.25rem .3rem}table{font-size:.8rem}}
"""


def html_page(title: str, style: str, body: Sequence[str]) -> str:
    """A whole page. `body` is markup, `style` what its parts need beside the common style."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{COLOURS}{CHARTS}{_STYLE}{style}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]], words: Container[int] = (0,)) -> str:
    """A table whose columns of these numbers hold words, all others figures; it scrolls inside itself where it is too wide."""

    def line(cells: Sequence[str], tag: str) -> str:
        shown = (f"<{tag}{'' if i in words else ' class=n'}>{escape(cell)}</{tag}>" for i, cell in enumerate(cells))
        return f"<tr>{''.join(shown)}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<div class=scroll><table><thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table></div>"
