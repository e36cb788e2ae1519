"""What the pages say, in Spanish, Portuguese and English."""

from __future__ import annotations

from simulators.stripe.tables import ZERO_DECIMAL

LANGUAGES = ("es", "pt-BR", "en")

# Each text in the order of LANGUAGES.
WORDS: dict[str, tuple[str, str, str]] = {
    "simulation": (
        "Simulación: no es dinero real",
        "Simulação: não é dinheiro real",
        "Simulation: no real money",
    ),
    "pay_to": ("Pago a {name}", "Pagamento para {name}", "Payment to {name}"),
    "keep_card_for": (
        "Guardar una tarjeta en {name}",
        "Salvar um cartão em {name}",
        "Save a card with {name}",
    ),
    "total": ("Total", "Total", "Total"),
    "pay": ("Pagar {amount}", "Pagar {amount}", "Pay {amount}"),
    "keep_card": ("Guardar tarjeta", "Salvar cartão", "Save card"),
    "held_only": (
        "Hoy solo se reserva el monto; se cobra cuando acepten tu reserva.",
        "Hoje o valor fica apenas reservado; a cobrança acontece quando aceitarem sua reserva.",
        "Today the amount is only held; it is charged once your booking is accepted.",
    ),
    "abandon": ("Cancelar y volver", "Cancelar e voltar", "Cancel and go back"),
    "back_to": ("Volver a {name}", "Voltar para {name}", "Back to {name}"),
    "test_cards": ("Tarjetas de prueba", "Cartões de teste", "Test cards"),
    "trouble": ("Probar un problema", "Testar um problema", "Try a problem"),
    "other_ways": ("Otras formas de pago", "Outras formas de pagamento", "Other ways to pay"),
    "declined": (
        "Tarjeta rechazada",
        "Cartão recusado",
        "Declined card",
    ),
    "declined_later": (
        "Se guarda bien, pero rechaza los cobros",
        "É salvo sem problemas, mas recusa cobranças",
        "Can be saved, declines when charged",
    ),
    "3ds": (
        "Pide confirmar con el banco (3-D Secure)",
        "Pede confirmação do banco (3-D Secure)",
        "Asks to confirm with the bank (3-D Secure)",
    ),
    "dispute": (
        "Paga, y después reclama al banco",
        "Paga e depois contesta no banco",
        "Pays, then disputes it with the bank",
    ),
    "warning": (
        "Paga, y el banco sospecha fraude",
        "Paga e o banco suspeita de fraude",
        "Pays, and the bank suspects fraud",
    ),
    "oxxo": ("Efectivo en OXXO", "Dinheiro no OXXO", "Cash at OXXO"),
    "pix": ("Pix", "Pix", "Pix"),
    "boleto": ("Boleto", "Boleto", "Boleto"),
    "error_declined": (
        "El banco rechazó la tarjeta. Elige otra.",
        "O banco recusou o cartão. Escolha outro.",
        "The bank declined this card. Choose another one.",
    ),
    "error_authentication": (
        "El banco no pudo confirmar que eres tú. Inténtalo de nuevo o elige otra tarjeta.",
        "O banco não conseguiu confirmar que é você. Tente de novo ou escolha outro cartão.",
        "The bank could not confirm it is you. Try again or choose another card.",
    ),
    "bank_asks": ("Tu banco pregunta", "Seu banco pergunta", "Your bank asks"),
    "is_it_you": (
        "¿Autorizas este pago con tu tarjeta terminada en 3184?",
        "Você autoriza este pagamento com o cartão de final 3184?",
        "Do you approve this payment with your card ending in 3184?",
    ),
    "yes": ("Sí, soy yo", "Sim, sou eu", "Yes, it is me"),
    "no": ("No pude confirmar", "Não consegui confirmar", "I could not confirm"),
    "already_complete": (
        "Este pago ya está hecho.",
        "Este pagamento já foi feito.",
        "This payment is already done.",
    ),
    "expired": (
        "Esta página de pago ya venció.",
        "Esta página de pagamento expirou.",
        "This payment page has expired.",
    ),
    "voucher": ("Tu comprobante de pago", "Seu comprovante de pagamento", "Your voucher"),
    "voucher_how": (
        "Paga esta referencia. Aquí puedes hacer de cuenta que ya la pagaste.",
        "Pague com esta referência. Aqui você pode fingir que já pagou.",
        "Pay with this reference. Here you can pretend you already have.",
    ),
    "voucher_pay": ("Ya la pagué", "Já paguei", "I have paid it"),
    "voucher_expire": ("Dejarla vencer", "Deixar vencer", "Let it expire"),
    "voucher_processing": (
        "Pago recibido; el aviso llega el siguiente día hábil.",
        "Pagamento recebido; a confirmação chega no próximo dia útil.",
        "Payment received; the confirmation arrives the next working day.",
    ),
    "voucher_paid": ("Pagado.", "Pago.", "Paid."),
    "voucher_fail": (
        "El dinero no llegó nunca",
        "O dinheiro nunca chegou",
        "The money never came",
    ),
    "voucher_over": (
        "Esta referencia ya no se puede pagar.",
        "Esta referência não pode mais ser paga.",
        "This reference can no longer be paid.",
    ),
    "onboarding": (
        "Cuenta para recibir tus pagos",
        "Conta para receber seus pagamentos",
        "Account to receive your money",
    ),
    "onboarding_why": (
        "{name} usa este servicio para enviarte lo que ganas. Los datos ya están llenos con"
        " valores de prueba.",
        "{name} usa este serviço para enviar o que você ganha. Os dados já estão preenchidos com"
        " valores de teste.",
        "{name} uses this service to send you what you earn. Test values are already filled in.",
    ),
    "holder": ("Titular de la cuenta", "Titular da conta", "Account holder"),
    "holder_example": ("Persona De Prueba", "Pessoa De Teste", "Test Person"),
    "clabe": ("CLABE (18 dígitos)", "CLABE (18 dígitos)", "CLABE (18 digits)"),
    "pix_key": ("Clave Pix", "Chave Pix", "Pix key"),
    "account": ("Número de cuenta", "Número da conta", "Account number"),
    "cbu": ("CBU / CVU", "CBU / CVU", "CBU / CVU"),
    "bank_hint": (
        "Si termina en 111111113, los envíos fallan: la cuenta está cerrada.",
        "Se terminar em 111111113, os envios falham: a conta está encerrada.",
        "If it ends in 111111113, payouts fail: the account is closed.",
    ),
    "outcome": ("¿Qué debe pasar?", "O que deve acontecer?", "What should happen?"),
    "outcome_complete": (
        "Todo en orden: la cuenta queda activa",
        "Tudo certo: a conta fica ativa",
        "All in order: the account becomes active",
    ),
    "outcome_document_missing": (
        "Falta un documento legible",
        "Falta um documento legível",
        "A readable document is missing",
    ),
    "outcome_rejected": (
        "La cuenta es rechazada",
        "A conta é recusada",
        "The account is rejected",
    ),
    "send": ("Enviar", "Enviar", "Submit"),
    "link_unknown": (
        "Este enlace no existe.",
        "Este link não existe.",
        "There is no such link.",
    ),
    "link_used": (
        "Este enlace ya se usó o venció.",
        "Este link já foi usado ou expirou.",
        "This link was already used or has expired.",
    ),
    "verify": ("Verifica tu identidad", "Verifique sua identidade", "Verify your identity"),
    "verify_ok": ("Documento válido", "Documento válido", "Valid document"),
    "verify_bad": ("Documento ilegible", "Documento ilegível", "Unreadable document"),
    "verify_done": (
        "Esta verificación ya terminó.",
        "Esta verificação já terminou.",
        "This verification is over.",
    ),
    "return_refused": (
        "La página de regreso no está permitida aquí:",
        "A página de retorno não é permitida aqui:",
        "The page to return to is not allowed here:",
    ),
    "front": ("Stripe de mentira", "Stripe de mentira", "A make-believe Stripe"),
    "clock": ("Reloj", "Relógio", "Clock"),
    "hour_later": ("Una hora después", "Uma hora depois", "One hour later"),
    "day_later": ("Un día después", "Um dia depois", "One day later"),
    "week_later": ("Una semana después", "Uma semana depois", "One week later"),
    "webhooks_waiting": (
        "Avisos por entregar: {count}",
        "Avisos a entregar: {count}",
        "Webhooks to deliver: {count}",
    ),
    "balances": ("Saldos", "Saldos", "Balances"),
    "available": ("Disponible", "Disponível", "Available"),
    "pending": ("Pendiente", "Pendente", "Pending"),
    "platform": ("Plataforma", "Plataforma", "Platform"),
    "payments": ("Pagos", "Pagamentos", "Payments"),
    "open_disputes": ("Reclamos al banco", "Contestações", "Disputes"),
    "payouts": ("Envíos al banco", "Repasses", "Payouts"),
    "open_pages": ("Páginas de pago abiertas", "Páginas de pagamento abertas", "Open pay pages"),
    "accounts": ("Cuentas conectadas", "Contas conectadas", "Connected accounts"),
    "nothing": ("Nada todavía.", "Nada ainda.", "Nothing yet."),
    "do_dispute": ("Reclamar", "Contestar", "Dispute"),
    "do_warn": ("Avisar de fraude", "Avisar fraude", "Warn of fraud"),
    "do_won": ("Ganar", "Ganhar", "Win"),
    "do_lost": ("Perder", "Perder", "Lose"),
    "do_restrict": ("Restringir", "Restringir", "Restrict"),
    "do_disconnect": ("Desconectar", "Desconectar", "Disconnect"),
    "do_fail": ("Hacer que falle", "Fazer falhar", "Let it fail"),
    "not_found": ("No hay nada aquí.", "Não há nada aqui.", "There is nothing here."),
    "status_active": ("activa", "ativa", "active"),
    "status_inactive": ("inactiva", "inativa", "inactive"),
    "status_disconnected": ("desconectada", "desconectada", "disconnected"),
    "status_succeeded": ("cobrado", "cobrado", "charged"),
    "status_held": ("reservado", "reservado", "held"),
    "status_failed": ("falló", "falhou", "failed"),
    "status_refunded": ("devuelto", "devolvido", "refunded"),
    "status_disputed": ("en disputa", "em contestação", "disputed"),
    "status_paid": ("pagado", "pago", "paid"),
    "status_pending": ("en camino", "a caminho", "on its way"),
    "status_canceled": ("cancelado", "cancelado", "canceled"),
    "status_needs_response": ("espera respuesta", "aguarda resposta", "needs a response"),
    "status_under_review": ("en revisión", "em análise", "under review"),
    "status_won": ("ganado", "ganho", "won"),
    "status_lost": ("perdido", "perdido", "lost"),
}


def language_of(wished: str | None, accepted: str) -> str:
    """The page's language: the one asked for, else the first the browser likes, else Spanish."""
    for wish in (wished or "", *(part.split(";")[0] for part in accepted.split(","))):
        short = wish.strip().lower()[:2]
        for language in LANGUAGES:
            if short and language.startswith(short):
                return language
    return "es"


class Speaker:
    """Says the pages' texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        """A text with its values filled in."""
        return WORDS[key][self.place].format(**values)

    def status(self, status: str) -> str:
        """A status in words, or as Stripe writes it."""
        key = f"status_{status}"
        return self(key) if key in WORDS else status.replace("_", " ")

    def money(self, amount: int, currency: str) -> str:
        """An amount as people write it."""
        code = currency.lower()
        whole, cents = (abs(amount), None) if code in ZERO_DECIMAL else divmod(abs(amount), 100)
        text = f"{whole:,}" + ("" if cents is None else f".{cents:02d}")
        if self.language == "pt-BR" or code == "brl":
            text = text.translate(str.maketrans(",.", ".,"))
        sign = "-" if amount < 0 else ""
        return f"{sign}R$ {text}" if code == "brl" else f"{sign}${text} {code.upper()}"
