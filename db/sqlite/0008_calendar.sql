create table hall_day (
    hall_code text    not null references hall (code),
    day       text    not null,
    works     integer not null,
    reason    text    not null,
    set_by    text    not null references staff (login),
    set_at    text    not null,
    primary key (hall_code, day)
) strict;

create table calendar_revision (
    id        blob    not null primary key,
    hall_code text    null references hall (code),
    first_day text    not null,
    reason    text    not null,
    made_by   text    null references staff (login),
    made_at   text    not null,
    settle_at text    not null,
    reached   text    not null,
    changed   integer not null,
    done_at   text    null
) strict;

create index ix_calendar_revision_open on calendar_revision (settle_at) where done_at is null;

alter table case_clock add column began text not null default 'Started';
alter table case_clock add column extended_by text null;
