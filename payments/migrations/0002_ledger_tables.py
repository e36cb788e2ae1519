"""The ledger's tables: accounts, entries, postings, and a balance for every account with a floor.

They belong to a role that cannot log in. The application may read them, and writes only through
the functions of the next migration. A tenant is a plain number here: nothing outside this schema
can cascade into it.
"""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP, LEDGER

TABLES = """
create schema ledger authorization {LEDGER};
set local role {LEDGER};

create table ledger.account_kind (
    kind text collate "C" primary key,
    normal smallint not null check (normal in (1, -1)),
    strict boolean not null,
    unique (kind, normal, strict)
);
comment on column ledger.account_kind.normal is '1 grows by debits, -1 by credits';
comment on column ledger.account_kind.strict is 'has a balance row that never falls below zero';

create table ledger.entry_rule (
    kind text collate "C" not null,
    account_kind text collate "C" not null references ledger.account_kind,
    side smallint not null check (side in (1, -1)),
    stopped_by_freeze boolean not null default false,
    primary key (kind, account_kind, side)
);
comment on table ledger.entry_rule is 'what an entry of a kind may debit (1) and credit (-1)';

create table ledger.reversal_rule (
    kind text collate "C" not null,
    reverses text collate "C" not null,
    primary key (kind, reverses)
);
comment on table ledger.reversal_rule is 'which kind of entry may be undone, and by which';

create table ledger.account (
    id bigint generated always as identity primary key,
    tenant_id bigint not null,
    kind text collate "C" not null,
    owner_id uuid not null,
    sub text collate "C" not null default '',
    currency text collate "C" not null check (currency ~ '^[A-Z]{{3}}$'),
    normal smallint not null,
    strict boolean not null,
    foreign key (kind, normal, strict) references ledger.account_kind (kind, normal, strict),
    unique (tenant_id, kind, owner_id, currency, sub),
    unique (tenant_id, currency, id)
);
comment on column ledger.account.owner_id is 'a member, or zeros: the business itself';

create table ledger.balance (
    account_id bigint primary key references ledger.account,
    tenant_id bigint not null,
    normal smallint not null,
    balance bigint not null default 0,
    frozen boolean not null default false,
    version bigint not null default 0,
    constraint no_overdraft check (balance >= 0)
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table ledger.entry (
    id uuid primary key,
    tenant_id bigint not null,
    kind text collate "C" not null,
    idem_key text collate "C" not null check (length(idem_key) between 1 and 255),
    ref text collate "C" not null check (length(ref) between 1 and 255),
    reverses uuid references ledger.entry,
    xid xid8 not null default pg_current_xact_id(),
    posted_at timestamptz not null default clock_timestamp(),
    effective_at timestamptz not null default now(),
    meta jsonb not null default '{{}}',
    unique (tenant_id, idem_key)
);
create unique index entry_reversed_once on ledger.entry (reverses) where reverses is not null;
create index entry_of_ref on ledger.entry (tenant_id, ref);

create table ledger.posting (
    entry_id uuid not null,
    seq smallint not null,
    tenant_id bigint not null,
    account_id bigint not null,
    currency text collate "C" not null,
    amount bigint not null,
    primary key (entry_id, seq),
    foreign key (tenant_id, currency, account_id)
        references ledger.account (tenant_id, currency, id),
    constraint amount_in_range check (amount <> 0 and abs(amount) <= 1000000000000000)
);
create index posting_of_account on ledger.posting (account_id, entry_id);
comment on column ledger.posting.amount is 'minor units, debits positive';
"""

WALL = """
alter table ledger.{table} enable row level security, force row level security;
create policy one_tenant on ledger.{table} to {APP}
    using (tenant_id = (select {TENANT_SQL}))
    with check (tenant_id = (select {TENANT_SQL}));
create policy guards_see_all on ledger.{table} to {LEDGER} using (true) with check (true);
"""

RIGHTS = """
grant usage on schema ledger to {APP};
grant select on all tables in schema ledger to {APP};
reset role;
"""

BACKWARD = "drop schema ledger cascade"


def forward() -> list[str]:
    """Return the statements that make the tables and wall them."""
    names = {"LEDGER": LEDGER, "APP": APP, "TENANT_SQL": TENANT_SQL}
    walled = ("account", "balance", "entry", "posting")
    return [
        TABLES.format(**names),
        *(WALL.format(table=table, **names) for table in walled),
        RIGHTS.format(**names),
    ]


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("kernel", "0002_functions")]
    operations = [migrations.RunSQL(forward(), BACKWARD)]
