"""How the sandbox's pages look: one column, no scripts, plainly marked as a simulation."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from simulators.loopback import Response
from simulators.stripe.pages.words import Speaker

STYLE = """
:root { color-scheme: light; --ink: #1d2433; --soft: #5b6475; --line: #d8dde6; --accent: #4b3fcf;
  --good: #0b6b4f; --bad: #a4262c; --paper: #fff; --ground: #f4f5f8; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--ground); }
.simulation { background: #ffe08a; color: #4a3500; text-align: center; padding: .5rem 1rem;
  font-weight: 600; font-size: .875rem; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main.wide { max-width: 64rem; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.0625rem; margin: 0 0 .75rem; }
p { margin: 0 0 1rem; }
.card > :last-child { margin-bottom: 0; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem; margin-bottom: 1rem; }
.lines { list-style: none; margin: 0; padding: 0; }
.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: .375rem 0; }
.lines li span { overflow-wrap: anywhere; }
.lines .total:not(:first-child) { border-top: 1px solid var(--line); margin-top: .375rem;
  padding-top: .75rem; }
.lines .total { font-weight: 700; font-size: 1.125rem; }
.amount { white-space: nowrap; font-variant-numeric: tabular-nums; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .5rem; }
.choice { display: flex; align-items: center; gap: .75rem; min-height: 3rem; padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: .5rem; margin-bottom: .5rem; cursor: pointer;
  background: var(--paper); }
.choice:has(:checked) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.choice input { width: 1.25rem; height: 1.25rem; margin: 0; flex: none;
  accent-color: var(--accent); }
.digits { color: var(--soft); white-space: nowrap; margin-left: auto; }
summary { cursor: pointer; min-height: 2.75rem; padding: .5rem 0; font-weight: 600; }
label.field { display: block; margin-bottom: 1rem; font-weight: 600; }
label.field input { display: block; width: 100%; margin-top: .25rem; padding: .625rem .75rem;
  font: inherit; font-weight: 400; border: 1px solid #8a92a3; border-radius: .5rem; }
.hint { color: var(--soft); font-size: .875rem; font-weight: 400; }
button { font: inherit; cursor: pointer; border-radius: .5rem; padding: .75rem 1rem;
  min-height: 2.75rem; }
.main { width: 100%; border: 0; margin-top: .25rem; background: var(--accent); color: #fff;
  font-weight: 600; font-size: 1.0625rem; }
form > .second { width: 100%; margin-top: .75rem; }
.row .second { width: auto; margin: 0; }
.second { border: 1px solid #8a92a3; background: var(--paper); color: var(--ink); }
.row { margin-bottom: .75rem; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.quiet { display: inline-block; padding: .625rem 0; color: var(--accent); }
.centre { text-align: center; }
.problem { background: #fdecec; color: var(--bad); border: 1px solid #f0b4b4;
  border-radius: .5rem; padding: .75rem 1rem; margin-bottom: 1rem; }
.reference { font: 600 1.25rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.item { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center;
  padding: .625rem 0; border-top: 1px solid var(--line); }
.item:first-of-type { border-top: 0; }
.item .grow { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere; }
.item .row { margin: 0; }
.item button { padding: .375rem .75rem; }
code { font-size: .8125rem; color: var(--soft); }
.columns { display: grid; gap: 1rem; }
@media (min-width: 50rem) { .columns { grid-template-columns: 1fr 1fr; align-items: start; } }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible {
  outline: 3px solid #0a7ea4; outline-offset: 2px; }
"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def page(say: Speaker, title: str, *parts: str, status: int = 200, wide: bool = False) -> Response:
    """A whole page; the parts are HTML."""
    body = "\n".join(parts)
    html = f"""<!doctype html>
<html lang="{say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<div class="simulation" role="note">{escape(say("simulation"))}</div>
<main{' class="wide"' if wide else ""}>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
    return Response(status, html, "text/html; charset=utf-8", dict(HEADERS))


def card(*parts: str, title: str = "") -> str:
    """A box of content."""
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    return f'<section class="card">{heading}{"".join(parts)}</section>'


def paragraph(text: str, kind: str = "") -> str:
    """A sentence or two."""
    return f"<p{f' class={kind!r}' if kind else ''}>{escape(text)}</p>"


def problem(text: str) -> str:
    """What went wrong, announced to screen readers."""
    return f'<div class="problem" role="alert">{escape(text)}</div>'


def lines(rows: Iterable[tuple[str, str]], total: tuple[str, str] | None = None) -> str:
    """Names with amounts, and the sum."""
    items = [_line(name, amount) for name, amount in rows]
    if total:
        items.append(_line(*total, kind="total"))
    return f'<ul class="lines">{"".join(items)}</ul>'


def _line(name: str, amount: str, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    named = f'<span>{escape(name)}</span><span class="amount">{escape(amount)}</span>'
    return f"<li{mark}>{named}</li>"


def form(*parts: str, action: str = "") -> str:
    """A form that posts to this page, or to another one."""
    target = f' action="{escape(action)}"' if action else ""
    return f'<form method="post"{target}>{"".join(parts)}</form>'


def choice(name: str, value: str, text: str, *, aside: str = "", chosen: bool = False) -> str:
    """One radio button with its label."""
    mark = " checked" if chosen else ""
    more = f'<span class="digits">{escape(aside)}</span>' if aside else ""
    return (
        f'<label class="choice"><input type="radio" name="{name}" value="{escape(value)}"'
        f" required{mark}><span>{escape(text)}</span>{more}</label>"
    )


def fieldset(legend: str, *parts: str) -> str:
    """Choices that belong together."""
    return f"<fieldset><legend>{escape(legend)}</legend>{''.join(parts)}</fieldset>"


def folded(summary: str, *parts: str) -> str:
    """Choices that most people do not need."""
    return f"<details><summary>{escape(summary)}</summary>{''.join(parts)}</details>"


def field(name: str, label: str, value: str, hint: str = "", *, needed: bool = True) -> str:
    """A text field, filled in; one that is not `needed` may stay empty."""
    must = " required" if needed else ""
    more = f'<span class="hint">{escape(hint)}</span>' if hint else ""
    return (
        f'<label class="field">{escape(label)}<input name="{name}" value="{escape(value)}"'
        f'{must} maxlength="100" autocomplete="off">{more}</label>'
    )


def button(text: str, *, name: str = "", value: str = "", kind: str = "main") -> str:
    """A button that sends its form."""
    sent = f' name="{name}" value="{escape(value)}"' if name else ""
    return f'<button class="{kind}"{sent}>{escape(text)}</button>'


def link(text: str, url: str) -> str:
    """A link on a line of its own."""
    return f'<p class="centre"><a class="quiet" href="{escape(url)}">{escape(text)}</a></p>'
