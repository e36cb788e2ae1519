"""Drafts of taxes by country, for an owner and an accountant to check before they are adopted.

They are starting points, not advice: rates, thresholds and who has to keep back what change often.
"""

from payments.rules.taxes import EARNINGS, EXTRACTED, FEE, WITHHELD, TaxLine


def _inside_fee(code: str, rate_bp: int, es: str, pt: str, en: str) -> TaxLine:
    wording = {"es": es, "pt": pt, "en": en}
    return TaxLine(code=code, on=FEE, method=EXTRACTED, rate_bp=rate_bp, wording=wording)


def _kept_back(
    code: str, rate_bp: int, es: str, pt: str, en: str, *, above_minor: int = 0
) -> TaxLine:
    return TaxLine(
        code=code,
        on=EARNINGS,
        method=WITHHELD,
        rate_bp=rate_bp,
        threshold_minor=above_minor,
        account=code,
        wording={"es": es, "pt": pt, "en": en},
    )


DRAFTS: dict[str, tuple[TaxLine, ...]] = {
    "MX": (
        _inside_fee("iva", 1_600, "IVA de las comisiones", "IVA das comissões", "VAT of fees"),
        _kept_back("isr", 100, "ISR retenido", "ISR retido", "Income tax kept back"),
        _kept_back("iva_ret", 800, "IVA retenido", "IVA retido", "VAT kept back"),
    ),
    "BR": (_inside_fee("iss", 500, "ISS de las comisiones", "ISS das comissões", "ISS of fees"),),
    "CL": (
        _inside_fee("iva", 1_900, "IVA de las comisiones", "IVA das comissões", "VAT of fees"),
        _kept_back(
            "honorarios", 1_450, "Retención de honorarios", "Retenção de honorários", "Fee tax"
        ),
    ),
    "CO": (_inside_fee("iva", 1_900, "IVA de las comisiones", "IVA das comissões", "VAT of fees"),),
    "AR": (_inside_fee("iva", 2_100, "IVA de las comisiones", "IVA das comissões", "VAT of fees"),),
    "PE": (
        _inside_fee("igv", 1_800, "IGV de las comisiones", "IGV das comissões", "IGV of fees"),
        _kept_back(
            "renta4",
            800,
            "Renta de cuarta categoría",
            "Renda de quarta categoria",
            "Income tax kept back",
            above_minor=150_000,
        ),
    ),
}


def draft_of(country: str) -> tuple[TaxLine, ...]:
    """Return a country's draft; most have none yet."""
    return DRAFTS.get(country, ())
