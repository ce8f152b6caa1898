-- which times of a migration's schedule were dealt with; one row a migration, made when its schedule is first seen
create table schedule (
    migration_id varchar(63) primary key,
    -- whoever changes the time table begins anew: nothing of the new one was missed
    timetable    text        not null,
    handled      timestamptz not null,
    outcome      varchar(16),
    run_id       varchar(36) references run (id) on delete set null,
    told         text
);

-- the moment from which nobody is to write at a replication's source any more; by the source's own clock
create table fence (
    run_id    varchar(36)  primary key references run (id) on delete cascade,
    token     varchar(36)  not null,
    source_at timestamptz  not null,
    set_at    timestamptz  not null,
    set_by    varchar(255) not null
);
