"""What people are asked, and told about being asked."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

SURVEY_CSAT = Notice(
    name="surveys.csat",
    purpose="survey",
    subject=_("How was {service}? One tap."),
    body=_("How was {service}? One tap tells us; if something went wrong, a person will call you."),
    path="/s/{token}/",
)
SURVEY_NPS = Notice(
    name="surveys.nps",
    purpose="survey",
    subject=_("Would you recommend {tenant}?"),
    body=_("Would you recommend {tenant} to someone close to you? It takes one tap."),
    path="/s/{token}/",
)
SURVEY_VOICE = Notice(
    name="surveys.voice",
    purpose="survey",
    subject=_("How is it to work with {tenant}? Confidential."),
    body=_(
        "How is it to work with {tenant}? One question, confidential: nobody sees single answers,"
        " and no result is shown for fewer than {k}. Open until {closes_at}."
    ),
    path="/voice/#{code}",
)
