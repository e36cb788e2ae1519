"""What the demo prints: where everything is, who you can be there, and how to sign in."""

from config.demo.cast import Ports
from config.demo.people import LAR_LIMPO, PATITAS, email_of


def guide(ports: Ports) -> str:
    """Return one table of addresses and people."""
    web, inbox = f"localhost:{ports.web}", f"http://localhost:{ports.outbox}/"
    rows = [
        ("Address", "Who you are there", "How to sign in"),
        (f"http://{web}/", "anybody: open a marketplace", "a code sent to your e-mail"),
    ]
    for business in (PATITAS, LAR_LIMPO):
        host = f"{business.opening.slug}.{web}"
        name = business.opening.name
        rows += [
            (f"http://{host}/", f"a customer of {name}", email_of(business.customers[0])),
            (f"http://{host}/work/", f"a worker of {name}", email_of(business.workers[0])),
            (f"http://{host}/office/", f"the owner of {name}", email_of(business.owner)),
            (f"http://{host}/office/", f"a moderator of {name}", email_of(business.moderator)),
            (f"http://{host}/api/v1/docs", "a program", "the session, or an API key"),
        ]
    rows += [
        (inbox, "everybody: all that was sent", "login codes are here"),
        (f"http://localhost:{ports.stripe}/", "the payment company (simulated)", "nothing to do"),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    note = (
        f"\nPeople sign in with their e-mail address; the code arrives at {inbox}\n"
        "The office also asks for the code of an authenticator app: it is on the same page.\n"
        "Who runs all of it: see “The operator” in docs/running.md."
    )
    return "\n".join(line.rstrip() for line in lines) + note
