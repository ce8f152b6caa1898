-- new snapshots of tables that somebody asked for while their changes stream
create table resnapshot (
    id          varchar(36)  primary key,
    run_id      varchar(36)  not null references run (id) on delete cascade,
    asked_at    timestamptz  not null,
    asked_by    varchar(255) not null,
    -- JSON: a list of tables, SQL conditions by table, snapshot rows applied before by table
    tables      text         not null,
    conditions  text         not null,
    rows_before text         not null,
    wish        varchar(8)   not null,
    outcome     varchar(8),
    ended_at    timestamptz,
    reason      text
);

-- a connector reads one at a time: it calls them all by the name of the last
create unique index resnapshot_under_way on resnapshot (run_id) where outcome is null;
create index resnapshot_of_run on resnapshot (run_id, asked_at);
