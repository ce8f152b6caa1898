-- what earlier attempts of a notice came to, a line each, the last ones
alter table notice add column trail text;

-- when each receiver of signs of life got the last one, of all replicas together
create table heartbeat (
    receiver text        primary key,
    at       timestamptz not null
);
