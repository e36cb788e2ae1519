"""Where jobs are: describing one, comparing offers, making one."""

from django.urls import path

from marketplace.jobs.views import customer, worker

app_name = "jobs"
urlpatterns = [
    path("jobs/", customer.jobs, name="jobs"),
    path("jobs/new/", customer.describe, name="describe"),
    path("jobs/<str:code>/", customer.job, name="job"),
    path("jobs/<str:code>/edit/", customer.edit, name="edit"),
    path("jobs/<str:code>/do/<str:name>/", customer.step, name="step"),
    path("jobs/<str:code>/photos/<int:position>/", customer.photo, name="photo"),
    path("jobs/<str:code>/offers/<uuid:offer_id>/", customer.choose, name="choose"),
    path("jobs/<str:code>/offers/<uuid:offer_id>/ask/", customer.counter, name="counter"),
    path("work/open-jobs/", worker.open_jobs, name="open_jobs"),
    path("work/open-jobs/<str:code>/", worker.open_job, name="open_job"),
    path("work/open-jobs/<str:code>/do/<str:name>/", worker.step, name="offer_step"),
    path("work/open-jobs/<str:code>/photos/<int:position>/", worker.photo, name="open_photo"),
]
