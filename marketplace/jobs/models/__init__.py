from marketplace.jobs.models.job import Job, JobPhoto, JobStep, Sent
from marketplace.jobs.models.offer import JobOffer

__all__ = ["Job", "JobOffer", "JobPhoto", "JobStep", "Sent"]
