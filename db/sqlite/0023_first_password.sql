alter table staff add column password_is_first integer not null default 0;
