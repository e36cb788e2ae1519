from surveys.models.invitation import Answer, Invitation
from surveys.models.wave import Wave, WaveAnswer, WaveInvite, WaveStaged

__all__ = ["Answer", "Invitation", "Wave", "WaveAnswer", "WaveInvite", "WaveStaged"]
