-- One file for PostgreSQL and H2: only types that both know. All times are UTC.

-- One row per payout: the request, the newest observation, and the head of its history.
create table payout_journal (
    reference      varchar                     not null primary key,
    provider       varchar                     not null,
    amount_minor   bigint                      not null,
    currency       varchar(3)                  not null,
    recipient_kind varchar                     not null,
    confirmation   varchar                     not null,
    request        varchar                     not null,
    status         varchar                     not null,
    provider_id    varchar,
    let_through    varchar,
    observation    varchar                     not null,
    attention      varchar,
    version        bigint                      not null,
    head_hash      varchar(64)                 not null,
    delivered      bigint                      not null,
    undelivered    boolean                     not null,
    lease_owner    varchar,
    lease_until    timestamp(6) with time zone,
    requested_at   timestamp(6) with time zone not null,
    changed_at     timestamp(6) with time zone not null,
    asked_at       timestamp(6) with time zone
);

create index payout_journal_status on payout_journal (status);
create index payout_journal_undelivered on payout_journal (undelivered);
create index payout_journal_attention on payout_journal (attention);
create index payout_journal_provider_id on payout_journal (provider, provider_id);

-- What happened, in order. Rows are added and never changed; each hash covers the row and the hash before it.
create table payout_journal_history (
    reference     varchar                     not null,
    number        bigint                      not null,
    happened_at   timestamp(6) with time zone not null,
    event         varchar                     not null,
    status        varchar                     not null,
    proof         varchar                     not null,
    node          varchar                     not null,
    previous_hash varchar(64)                 not null,
    hash          varchar(64)                 not null,
    primary key (reference, number)
);

-- Notifications as they arrived, until the payout they speak of is known and has been asked about.
create table payout_journal_webhook (
    provider        varchar                     not null,
    dedupe_hash     varchar(64)                 not null,
    type            varchar                     not null,
    trust           varchar                     not null,
    reference       varchar,
    provider_id     varchar,
    status          varchar,
    provider_status varchar,
    received_at     timestamp(6) with time zone not null,
    applied_at      timestamp(6) with time zone,
    shown           varchar,
    primary key (provider, dedupe_hash)
);

create index payout_journal_webhook_pending on payout_journal_webhook (applied_at, received_at);
create index payout_journal_webhook_reference on payout_journal_webhook (provider, reference, applied_at);
create index payout_journal_webhook_provider_id on payout_journal_webhook (provider, provider_id, applied_at);

-- When the next payout of a provider may be sent, for the rate that all machines share.
create table payout_journal_rate (
    provider varchar                     not null primary key,
    free_at  timestamp(6) with time zone not null
);

-- The work queue, in the form that db-scheduler needs.
create table payout_journal_task (
    task_name            varchar                     not null,
    task_instance        varchar                     not null,
    task_data            bytea,
    execution_time       timestamp(6) with time zone not null,
    picked               boolean                     not null,
    picked_by            varchar(255),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures int,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint                      not null,
    priority             smallint,
    state                varchar(255),
    primary key (task_name, task_instance)
);

create index payout_journal_task_due on payout_journal_task (execution_time);
create index payout_journal_task_heartbeat on payout_journal_task (last_heartbeat);
