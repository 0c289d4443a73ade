alter table rating add presence int null;
