"""A worker's service in their own words and photos."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kernel.actor import OFFICE, Actor, Role
from kernel.errors import NotFound, Refusal
from marketplace.catalog.actions.approve_offer import Description, describe_offer
from marketplace.catalog.forms.offers import OfferTextForm
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries import all_offers_of, offer_photo, own_worker
from marketplace.catalog.queries.approvals import pending_revision
from marketplace.catalog.queries.fields import fields_of_service, raw_answers
from marketplace.catalog.rules.offer_states import OFFER_PHOTO
from tenants.tenancy.access import Request, actor_of, file_response, roles, signed_in
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.forms import show_refusal


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer_page(request: Request, service_id: UUID) -> HttpResponseBase:
    """Let a worker describe a service they offer, and answer what is asked about it."""
    by = actor_of(request, role=Role.WORKER)
    offers = all_offers_of(own_worker(by).pk).select_related("service", "worker")
    if (offer := offers.filter(service_id=service_id).first()) is None:
        raise NotFound(what="service")
    form = _form(request, offer)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                _describe(by, offer, form)
        except Refusal as refusal:
            if not form.show_answers_refused(refusal):
                show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Thank you."))
            return redirect("catalog:offer", service_id)
    context = {
        "form": form,
        "questions": form.questions(),
        "offer": offer,
        "waits": pending_revision(offer.worker_id, offer.pk),
    }
    return render(request, "catalog/offer.html", context, status=422 if form.errors else 200)


def _form(request: Request, offer: WorkerService) -> OfferTextForm:
    fields = [
        each
        for each in fields_of_service(offer.service, target="service")
        if each.visibility != "staff"
    ]
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    revision = pending_revision(offer.worker_id, offer.pk)
    changed = {each["key"]: each["now"] for each in revision.changes} if revision else {}
    first = {"about": changed.get("about", offer.about)}
    form = OfferTextForm(*posted, photo_ids=offer.photo_ids, initial=first)
    form.ask(fields, known=raw_answers(offer.pk))
    return form


def _describe(by: Actor, offer: WorkerService, form: OfferTextForm) -> None:
    photos = form.kept()
    if (added := form.cleaned_data["photo"]) is not None:
        photos.append(take_upload(by=by, upload=added, purpose=OFFER_PHOTO).pk)
    said = Description(
        about=form.cleaned_data["about"],
        photo_ids=photos,
        answers=form.answers(by=by),
        consents=form.consents(),
    )
    describe_offer(by=by, offer_id=offer.pk, said=said)


@require_safe
def photo(request: Request, file_id: UUID) -> HttpResponse:
    """Hand out a photo of a service: to all once it is live, before to its worker and the team."""
    mine = {member.pk for member in roles(request).values()}
    office = any(role in roles(request) for role in OFFICE)
    found, shown = offer_photo(file_id, office=office, mine=mine)
    return file_response(found, public=shown)
