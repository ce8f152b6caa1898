-- what the run usually reached, in rows per second: later runs of the migration are measured by it
alter table run add column usual_rate double precision;
