"""The office's pages about bank transfers: batches, their lines, and what the bank answers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.approve_batch import approve_batch, export_batch
from payments.actions.import_answer import import_answer
from payments.actions.make_batch import drop_batch, make_batch
from payments.forms import ImportForm, TransferAnswerForm
from payments.models import Batch, BatchLine
from payments.queries.bank import (
    batch_of,
    batches,
    checks_alone,
    draft_file,
    lines_of,
    waiting_payouts,
)
from payments.rules.bank_files import pay_file_form, sha256
from payments.rules.batches import DRAFT
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_list(request: Request) -> HttpResponse:
    """List batches, newest first; a post makes a new one of all that waits."""
    by = office_actor_of(request)
    if request.method == "POST":
        return redirect("payments_batch", make_batch(by=by).pk)
    return _list(request, by, ImportForm())


def _list(request: Request, by: Actor, form: ImportForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(batches(by), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": waiting_payouts().count(),
        "form": form,
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/batches.html", context, status=status)


@never_cache
@require_POST
def answer_import(request: Request) -> HttpResponse:
    """Read a bank's answer; lines that fit nothing wait among the questions about money."""
    by = office_actor_of(request)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        demand_proof(request, back="/office/batches/")
        try:
            answer = import_answer(by=by, content=form.cleaned_data["answer"].read())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            done = {"lines": answer.lines, "unmatched": answer.unmatched}
            said = gettext("Lines read: {lines}. Waiting for somebody to look: {unmatched}.")
            messages.success(request, said.format(**done))
            return redirect("payments_batches")
    return _list(request, by, form, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: Request, batch_id: UUID) -> HttpResponse:
    """Show one batch, exactly as it would go to the bank; a post approves it or gives it up."""
    by = office_actor_of(request)
    batch = batch_of(by, batch_id)
    if request.method == "POST":
        return _step(request, by, batch)
    return _show(request, by, batch)


def _step(request: Request, by: Actor, batch: Batch) -> HttpResponse:
    if "drop" in request.POST:
        drop_batch(by=by, batch_id=batch.pk)
        return redirect("payments_batches")
    demand_proof(request)
    try:
        approve_batch(by=by, batch_id=batch.pk, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return _show(request, by, batch_of(by, batch.pk), status=refusal.status)
    messages.success(request, gettext("The batch is approved. Nobody can change it any more."))
    return redirect("payments_batch", batch.pk)


def _show(
    request: Request,
    by: Actor,
    batch: Batch,
    *,
    status: int = 200,
    form: TransferAnswerForm | None = None,
    line_id: UUID | None = None,
) -> HttpResponse:
    assert by.member_id is not None
    content, _, left_out = draft_file(batch) if batch.state == DRAFT else (b"", [], {})
    lines = list(lines_of(batch))
    context = {
        "batch": batch,
        "lines": [
            (each, _form_of(each, form, line_id), left_out.get(each.pk, "")) for each in lines
        ],
        "seen": sha256(content),
        "alone": batch.made_by_id == by.member_id and checks_alone(by.member_id),
        "mine": batch.made_by_id == by.member_id,
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/batch.html", context, status=status)


def _form_of(
    line: BatchLine, form: TransferAnswerForm | None, line_id: UUID | None
) -> TransferAnswerForm:
    """Return a line's form: the one that was sent, for the line it was sent for."""
    return form if form and line.pk == line_id else TransferAnswerForm()


@never_cache
@require_POST
def batch_file(request: Request, batch_id: UUID) -> HttpResponse:
    """Hand out the file for the bank: the same bytes every time."""
    by = office_actor_of(request)
    demand_proof(request, back=f"/office/batches/{batch_id}/")
    batch = batch_of(by, batch_id)
    content = export_batch(by=by, batch_id=batch.pk)
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    name = f"{batch.made_at:%Y%m%d}-{batch.sha256[:8]}.{pay_file_form(batch.country)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_POST
def line_answer(request: Request, batch_id: UUID, line_id: UUID) -> HttpResponse:
    """Mark one transfer by hand: arrived, with key and receipt, or refused by the bank."""
    by = office_actor_of(request)
    batch = batch_of(by, batch_id)
    if not lines_of(batch).filter(pk=line_id).exists():
        raise NotFound(what="transfer")
    form = TransferAnswerForm(request.POST, request.FILES)
    if form.is_valid():
        demand_proof(request, back=f"/office/batches/{batch_id}/")
        try:
            _answer(by, line_id, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("payments_batch", batch.pk)
    return _show(request, by, batch, status=422, form=form, line_id=line_id)


def _answer(by: Actor, line_id: UUID, form: TransferAnswerForm) -> None:
    said = form.cleaned_data
    if said["outcome"] == "rejected":
        mark_rejected(by=by, line_id=line_id, reason=said["reason"])
        return
    receipt = None
    if said["receipt"]:
        receipt = take_upload(
            by=by, upload=said["receipt"], purpose="bank_receipt", kinds=("image", "pdf")
        )
    mark_paid(by=by, line_id=line_id, tracking_key=said["tracking_key"], receipt=receipt)
