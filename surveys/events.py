"""What surveys announce. Of workers' answers nothing, ever."""

from kernel.events import Event, event


@event("surveys.invited")
class SurveyInvited(Event):
    """A customer was asked."""

    invitation_id: str
    survey: str


@event("surveys.answered")
class SurveyAnswered(Event):
    """A customer answered, for the first time or anew."""

    invitation_id: str
    survey: str


@event("surveys.wave_opened")
class WaveOpened(Event):
    """All workers are asked, until the wave closes."""

    wave_id: str
