create table hall_day (
    hall_code         nvarchar(32)   not null references hall (code),
    day               date           not null,
    works             bit            not null,
    reason            nvarchar(1000) not null,
    set_by            nvarchar(64)   not null references staff (login),
    set_at            datetime2(3)   not null,
    primary key (hall_code, day)
);

create table calendar_revision (
    id                binary(16)     not null primary key,
    hall_code         nvarchar(32)   null references hall (code),
    first_day         date           not null,
    reason            nvarchar(1000) not null,
    made_by           nvarchar(64)   null references staff (login),
    made_at           datetime2(3)   not null,
    settle_at         datetime2(3)   not null,
    reached           nvarchar(20)   not null,
    changed           int            not null,
    done_at           datetime2(3)   null
);

create index ix_calendar_revision_open on calendar_revision (settle_at) where done_at is null;

alter table case_clock add began nvarchar(16) not null default 'Started';
alter table case_clock add extended_by nvarchar(16) null;
