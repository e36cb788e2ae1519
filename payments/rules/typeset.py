"""Sets a paper as a tagged PDF (PDF/UA-1) with Typst, which brings its own fonts.

The same paper, stamped with the same moment, always gives the same bytes.
"""

import json
from dataclasses import asdict
from datetime import datetime

import typst

from payments.rules.paper import Paper

LAYOUT = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title + " " + paper.number, author: paper.business)
#set text(lang: paper.language, size: 10pt, font: "Libertinus Serif")
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 20mm, bottom: 22mm),
  footer: context [
    #set text(size: 8pt, fill: luma(90))
    #paper.business · #paper.title #paper.number
    #h(1fr) #counter(page).display("1 / 1", both: true)
  ],
)
#set par(leading: 0.55em)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): it => block(above: 1.4em, below: 0.6em, text(size: 12pt, it.body))
#text(size: 11pt, fill: luma(70), paper.business)
= #paper.title #paper.number
#if paper.headline != "" [#block(above: 0.4em, text(size: 16pt, weight: "bold", paper.headline))]
#for fact in paper.facts [#block(above: 0.5em)[#text(fill: luma(70))[#fact.at(0):] #fact.at(1)]]
#for each in paper.tables [
  == #each.caption
  #let words = each.header.len() - each.amounts
  #let side(x, y) = if x >= words { right } else { left }
  #set text(size: if each.header.len() > 5 { 7.5pt } else { 9.5pt })
  #table(
    columns: range(each.header.len()).map(i => if i == words - 1 { 1fr } else { auto }),
    align: side,
    stroke: (x, y) => (bottom: 0.4pt + luma(180)),
    inset: (x: 3pt, y: 4pt),
    table.header(..each.header.map(cell => strong(cell))),
    ..each.rows.flatten(),
    ..each.total.map(cell => strong(cell)),
  )
]
#for note in paper.notes [#block(above: 1em, text(size: 9pt, fill: luma(70), note))]
"""


def as_pdf(paper: Paper, *, stamped: datetime) -> bytes:
    """Return a paper as a PDF that screen readers can read."""
    pdf = typst.compile(
        LAYOUT.encode(),
        sys_inputs={"paper": json.dumps(asdict(paper))},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=stamped.replace(microsecond=0),
    )
    assert isinstance(pdf, bytes)
    return pdf
