alter table run
    -- since when it stands still
    add column paused_at       timestamptz,
    -- who asked for what its wish says
    add column wish_by         varchar(255),
    add column error_key_range text,
    add column error_code      varchar(255),
    -- the order of runs, whatever the clock says
    add column number          bigint generated always as identity,
    add column attempt         integer not null default 1,
    -- what a rollback undoes: a run, or all after a version
    add column undo_run        varchar(36) references run (id) on delete cascade,
    add column undo_after      varchar(255);

create index run_undo on run (undo_run) where undo_run is not null;
create index run_by_number on run (number desc);
create index run_of_migration on run (migration_id, number desc);
drop index run_by_time;

-- failures of attempts that were retried since
create table run_failure (
    run_id    varchar(36) not null references run (id) on delete cascade,
    attempt   integer     not null,
    failed_at timestamptz not null,
    step      text,
    type      varchar(64) not null,
    message   text        not null,
    key_range text,
    code      varchar(255),
    primary key (run_id, attempt)
);
