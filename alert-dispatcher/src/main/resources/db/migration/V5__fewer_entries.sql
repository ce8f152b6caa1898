-- Each alert that begins writes an entry into each index, and somebody waits for it: none that nobody reads.
drop index alert_firing;
drop index notice_done;
create index notice_done on notice (done_at) where done_at is not null;
