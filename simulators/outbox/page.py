"""The outbox's one page: logins with their codes, and messages with theirs shown big."""

from __future__ import annotations

import re
import time
from datetime import datetime
from html import escape

from simulators.loopback import Response
from simulators.outbox.box import CHANNELS, Box, Json
from simulators.outbox.totp import seconds_left, totp

SHOWN = 100
CODE = re.compile(r"\b\d{6}\b")
LINK = re.compile(r"https?://[^\s<>\"]+")
REFRESH_SECONDS = 10
STYLE = """
:root { color-scheme: light; --ink: #1d2433; --soft: #5b6475; --line: #d8dde6; --accent: #4b3fcf; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f4f5f8; }
.simulation { background: #ffe08a; color: #4a3500; text-align: center; padding: .5rem 1rem;
  font-weight: 600; font-size: .875rem; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.375rem; margin: 0 0 1rem; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .5rem; }
.card { background: #fff; border: 1px solid var(--line); border-radius: .75rem; padding: 1rem;
  margin-bottom: .75rem; overflow-wrap: anywhere; }
.head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; color: var(--soft);
  font-size: .875rem; }
.channel { background: #ece9ff; color: #33289e; border-radius: 1rem; padding: 0 .625rem;
  font-weight: 600; }
.subject { font-weight: 700; margin: .25rem 0 0; }
.text { white-space: pre-wrap; margin: .25rem 0 0; }
.code { font: 700 2rem/1.2 ui-monospace, monospace; letter-spacing: .15em; margin: .5rem 0 0;
  user-select: all; }
.small { font-size: 1.25rem; margin: 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
input, select, button { font: inherit; padding: .5rem .75rem; min-height: 2.75rem;
  border: 1px solid #8a92a3; border-radius: .5rem; background: #fff; color: var(--ink); }
input { flex: 1 1 10rem; min-width: 0; }
button { background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600; }
.login { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center;
  justify-content: space-between; }
.login span { min-width: 0; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible {
  outline: 3px solid #0a7ea4; outline-offset: 2px; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'"


def show(box: Box, wish: dict[str, str]) -> Response:
    """The page for what is searched; without a search it looks again by itself."""
    found = box.find(
        to=wish.get("to", ""), channel=wish.get("channel", ""), words=wish.get("q", "")
    )
    refresh = (
        "" if any(wish.values()) else f'<meta http-equiv="refresh" content="{REFRESH_SECONDS}">'
    )
    messages = "".join(_message(row) for row in found[:SHOWN])
    html = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}
<title>Outbox ({len(found)})</title>
<style>{STYLE}</style>
</head>
<body>
<div class="simulation" role="note">Simulation: nothing here was really sent</div>
<main>
<h1>Outbox</h1>
{_logins(box)}
<h2>Messages ({len(found)})</h2>
{_search(wish)}
{messages or '<p class="card">No message yet.</p>'}
</main>
</body>
</html>
"""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return Response(200, html, "text/html; charset=utf-8", headers)


def _search(wish: dict[str, str]) -> str:
    chosen = wish.get("channel", "")
    options = "".join(
        f'<option value="{name}"{" selected" if name == chosen else ""}>{name}</option>'
        for name in CHANNELS
    )
    return (
        f'<form><input name="to" aria-label="To" placeholder="To"'
        f' value="{escape(wish.get("to", ""))}">'
        f'<input name="q" aria-label="Words" placeholder="Words"'
        f' value="{escape(wish.get("q", ""))}">'
        f'<select name="channel" aria-label="Channel"><option value="">all</option>{options}'
        "</select><button>Search</button></form>"
    )


def _logins(box: Box) -> str:
    now = int(time.time())
    rows = "".join(_login(row, now) for row in box.logins())
    return f"<h2>Demo logins</h2>{rows}" if rows else ""


def _login(row: Json, now: int) -> str:
    code = ""
    if row["totp_secret"]:
        left = seconds_left(now)
        code = f'<span class="code small" title="{left} s">{totp(row["totp_secret"], now)}</span>'
    return (
        f'<div class="card login"><span><strong>{escape(row["who"])}</strong>'
        f" {escape(row['tenant'])}<br>{escape(row['login'])}</span>{code}</div>"
    )


def _message(row: Json) -> str:
    code = CODE.search(row["text"]) or CODE.search(row["subject"])
    shown = f'<p class="code">{code[0]}</p>' if code else ""
    subject = f'<p class="subject">{escape(row["subject"])}</p>' if row["subject"] else ""
    at = datetime.fromisoformat(row["at"]).strftime("%Y-%m-%d %H:%M:%S UTC")
    return (
        f'<article class="card"><div class="head"><span class="channel">{row["channel"]}</span>'
        f"<span>{escape(row['to'])}</span><span>{escape(row['tenant'])}</span>"
        f'<time datetime="{row["at"]}">{at}</time></div>'
        f'{subject}{shown}<p class="text">{_linked(row["text"])}</p></article>'
    )


def _linked(text: str) -> str:
    """The text, safe, with its addresses to click."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        url = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
