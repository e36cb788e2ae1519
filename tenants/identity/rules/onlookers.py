"""What may be kept of whoever looks at a badge: a coarse address, a family of browsers."""

from ipaddress import ip_address, ip_network

_FAMILIES = (  # The first that is named wins: many browsers name others, too.
    ("WhatsApp", "WhatsApp"),
    ("facebookexternalhit", "Facebook"),
    ("SamsungBrowser", "Samsung"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def address_block(address: str, *, v4: int, v6: int) -> str:
    """Return the block of addresses that one belongs to; nonsense is one block of its own."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    length = v4 if parsed.version == 4 else v6
    return str(ip_network(f"{parsed}/{length}", strict=False))


def browser_family(user_agent: str) -> str:
    """Return which family of browsers looked."""
    return next((family for token, family in _FAMILIES if token in user_agent), "other")
