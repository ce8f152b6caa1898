create table run (
    id              varchar(36)  primary key,
    migration_id    varchar(63)  not null,
    kind            varchar(16)  not null,
    state           varchar(16)  not null,
    trigger_kind    varchar(16)  not null,
    idempotency_key varchar(255),
    created_at      timestamptz  not null,
    started_at      timestamptz,
    ended_at        timestamptz,
    error_step      text,
    error_type      varchar(64),
    error_message   text,
    rows_done       bigint       not null default 0,
    -- the text that the run was started with: an edited file does not change a run that is on its way
    file_name       text         not null,
    file_text       text         not null,
    -- what the engine needs to know after a restart
    note            text,
    -- the latest sample, for readers after a restart
    sample          text,
    wish            varchar(16),
    -- which runner works on it, and until when it may; by this database's clock
    owner           varchar(36),
    owner_until     timestamptz
);

-- a repeated trigger starts nothing new
create unique index run_idempotency on run (migration_id, idempotency_key) where idempotency_key is not null;
-- one run at a time
create unique index run_active on run (migration_id) where state in ('PENDING', 'RUNNING', 'PAUSED');
create index run_by_time on run (created_at desc);

create table run_step (
    run_id      varchar(36) not null references run (id) on delete cascade,
    step_index  integer     not null,
    name        text        not null,
    started_at  timestamptz,
    finished_at timestamptz,
    rows_done   bigint      not null default 0,
    primary key (run_id, step_index)
);

-- written and deleted in the transaction of the state change; Debezium reads it from the log
create table outboxevent (
    id                 uuid         primary key,
    aggregatetype      varchar(255) not null,
    aggregateid        varchar(255) not null,
    type               varchar(255) not null,
    "timestamp"        timestamptz  not null,
    payload            text,
    tracingspancontext varchar(256)
);
