-- since when there is something to tell, by which it is measured how long that took; null for what is told again
alter table notice add column since timestamptz;
