"""Our own small set of line icons, drawn on a grid of 24, served inside the page."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="12" cy="12" r="8.8"/>'

ICONS: Mapping[str, str] = {
    "search": '<circle cx="11" cy="11" r="6.6"/><path d="M16 16l4.6 4.6"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="3"/>'
    '<path d="M3.5 10.2h17M8 2.9v4M16 2.9v4"/>',
    "map-pin": '<path d="M12 21.2c4.5-4.6 7-8 7-11.2a7 7 0 0 0-14 0c0 3.2 2.5 6.6 7 11.2z"/>'
    '<circle cx="12" cy="10" r="2.6"/>',
    "shield-check": '<path d="M12 2.8l7.6 2.8v5.5c0 4.7-3 8.3-7.6 10.1-4.6-1.8-7.6-5.4-7.6-10.1'
    'V5.6zM8.6 11.9l2.5 2.5 4.4-4.8"/>',
    "star": '<path d="M12 2.9l2.8 5.8 6.3.9-4.6 4.5 1.1 6.3-5.6-3-5.6 3 1.1-6.3-4.6-4.5 6.3-.9z"/>',
    "wallet": '<path d="M16.5 7.5V4H6a2.5 2.5 0 0 0-2.5 2.5v11A2.5 2.5 0 0 0 6 20h12.5a2 2 0 0 0 '
    '2-2V9.5a2 2 0 0 0-2-2H5.2M16.3 13.8h.01"/>',
    "clock": _RING + '<path d="M12 6.9v5.4l3.5 2"/>',
    "user": '<circle cx="12" cy="8" r="4.1"/>'
    '<path d="M4.2 20.6c.8-3.9 3.9-6.1 7.8-6.1s7 2.2 7.8 6.1"/>',
    "camera": '<path d="M4 8h3.2l1.6-2.6h6.4L16.8 8H20a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 20'
    'H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 8z"/><circle cx="12" cy="13.6" r="3.5"/>',
    "qr": '<rect x="3.5" y="3.5" width="6.5" height="6.5" rx="1.3"/>'
    '<rect x="14" y="3.5" width="6.5" height="6.5" rx="1.3"/>'
    '<rect x="3.5" y="14" width="6.5" height="6.5" rx="1.3"/>'
    '<path d="M14 14h3v3M20.5 14v3.4M14 20.5h3M20.5 20.5h.01"/>',
    "message": '<path d="M4 5h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 17h-7.6l-4.9 4v-4H4'
    'a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 5zM7.5 9.6h9M7.5 12.8h5.2"/>',
    "check": '<path d="M4.6 12.9l4.9 4.9L19.6 7"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
    "alert": '<path d="M12 3.4l9.4 16.4a.8.8 0 0 1-.7 1.2H3.3a.8.8 0 0 1-.7-1.2z'
    'M12 9.8v4.7M12 17.6v.01"/>',
    "info": _RING + '<path d="M12 11v5.4M12 7.7v.01"/>',
    "chevron": '<path d="M9 5.2l6.8 6.8L9 18.8"/>',
    "home": '<path d="M3.4 11.4L12 4l8.6 7.4M6 9.4V20h12V9.4M10 20v-5.4h4V20"/>',
    "logout": '<path d="M14.4 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h8.4'
    'M10.4 12h10.4M17 8.2l3.8 3.8-3.8 3.8"/>',
    "globe": _RING + '<path d="M3.3 12h17.4M12 3.2c2.6 2.4 3.9 5.4 3.9 8.8s-1.3 6.4-3.9 8.8'
    'c-2.6-2.4-3.9-5.4-3.9-8.8S9.4 5.6 12 3.2z"/>',
    "list": '<path d="M9 6.4h11.4M9 12h11.4M9 17.6h11.4M4.2 6.4h.01M4.2 12h.01M4.2 17.6h.01"/>',
    "bank": '<path d="M3 9.6L12 4l9 5.6zM5.6 9.6v7.6'
    'M9.9 9.6v7.6M14.1 9.6v7.6M18.4 9.6v7.6M3 20.4h18"/>',
    "heart": '<path d="M12 20.4C6.3 16.2 3 12.9 3 9a4.6 4.6 0 0 1 4.7-4.7c1.8 0 3.4 1 4.3 2.6'
    '.9-1.6 2.5-2.6 4.3-2.6A4.6 4.6 0 0 1 21 9c0 3.9-3.3 7.2-9 11.4z"/>',
    "paw": '<path d="M12 12c-2.9 0-5.6 2.7-5.6 5.3 0 1.8 1.2 2.9 2.8 2.9 1.1 0 1.7-.5 2.8-.5s1.7.5 '
    '2.8.5c1.6 0 2.8-1.1 2.8-2.9 0-2.6-2.7-5.3-5.6-5.3z"/><ellipse cx="4.9" cy="11" rx="1.7" '
    'ry="2.1"/><ellipse cx="9" cy="6.2" rx="1.7" ry="2.4"/><ellipse cx="15" cy="6.2" rx="1.7" '
    'ry="2.4"/><ellipse cx="19.1" cy="11" rx="1.7" ry="2.1"/>',
    "broom": '<path d="M20.4 3.4l-7.5 8.4M9.6 9.2l5.7 5.1c-.7 3.6-3.1 6-6.7 6.3H3.6'
    'c2.2-1.7 2.6-3.1 2.9-5.5.3-2.7 1.3-4.5 3.1-5.9zM8.2 16.4l-1.6 4.1M11.8 17.4l-1.1 2.7"/>',
    "hand": '<path d="M3.2 13.6h3.2l3.3-1.8c.8-.4 1.5-.3 2.2.1l3 1.7c.8.5 1 1.3.6 2s-1.3.9-2.1.5'
    "l-2.6-1.2M15 15l4-2.2c.7-.4 1.6-.2 2 .5s.1 1.5-.5 1.9l-6.1 4c-.8.5-1.6.6-2.5.3L7 18H3.2"
    "M12.4 9c-2-1.5-3.1-2.6-3.1-4a1.7 1.7 0 0 1 3.1-1.1"
    'A1.7 1.7 0 0 1 15.5 5c0 1.4-1.1 2.5-3.1 4z"/>',
    "phone": '<path d="M6.4 3.6h2.7l1.7 4.6-2.3 1.7a13 13 0 0 0 5.6 5.6l1.7-2.3 4.6 1.7v2.7'
    'c0 1.6-1.3 2.8-2.9 2.8C10.6 20.4 3.6 13.4 3.6 6.5c0-1.6 1.2-2.9 2.8-2.9z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2.4"/>'
    '<path d="M8 10.5V7.6a4 4 0 0 1 8 0v2.9M12 14.6v2"/>',
    "gift": '<path d="M4.5 12v8.5h15V12M3.2 8h17.6v4H3.2zM12 8v12.5M12 8c-4.8 0-5.6-4.6-2.9-4.6'
    'C11 3.4 12 6 12 8zM12 8c4.8 0 5.6-4.6 2.9-4.6C13 3.4 12 6 12 8z"/>',
    "bell": '<path d="M6 16.5V10a6 6 0 0 1 12 0v6.5l1.6 1.7H4.4zM10 21h4"/>',
    "settings": '<path d="M4 7h8.6M18.4 7H20M4 17h1.6M11.4 17H20"/>'
    '<circle cx="15.5" cy="7" r="2.8"/>'
    '<circle cx="8.5" cy="17" r="2.8"/>',
}


def svg(name: str, *, title: str = "") -> SafeString:
    """Return an icon; without a title it is decoration, which screen readers skip."""
    drawing = mark_safe(ICONS[name])
    if title:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            title,
            drawing,
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)
