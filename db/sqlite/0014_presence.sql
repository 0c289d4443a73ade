alter table rating add column presence integer null;
