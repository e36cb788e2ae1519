"""Where jobs are in the office."""

from django.urls import path

from marketplace.jobs.views import office

urlpatterns = [
    path("jobs/", office.job_list, name="jobs_office"),
    path("jobs/<uuid:job_id>/", office.job_page, name="jobs_office_job"),
    path("jobs/<uuid:job_id>/photos/<int:position>/", office.photo, name="jobs_office_photo"),
    path("jobs/<uuid:job_id>/<slug:step>/", office.job_step, name="jobs_office_step"),
]
