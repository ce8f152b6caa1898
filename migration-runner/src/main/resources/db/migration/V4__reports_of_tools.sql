-- what the tool of an external run has told, the latest of it
create table external_report (
    run_id      varchar(36) primary key references run (id) on delete cascade,
    tally       text        not null,
    reports     bigint      not null,
    reported_at timestamptz,
    outcome     varchar(16),
    message     text
);
