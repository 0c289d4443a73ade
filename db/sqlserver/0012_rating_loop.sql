alter table rating add served_at datetime2(3) null;

create table rating_supplement (
    rating_id         binary(16)     not null primary key references rating (id),
    grade             int            null check (grade between 1 and 5),
    comment           nvarchar(300)  null,
    added_at          datetime2(3)   not null,
    local_day         date           not null
);

go
create trigger rating_supplement_is_final_update on rating_supplement instead of update as throw 50001, 'A rating is never edited.', 1;
go
create trigger rating_supplement_is_final_delete on rating_supplement instead of delete as throw 50001, 'A rating is never deleted.', 1;
go

create table rating_trace (
    rating_id         binary(16)     not null primary key references rating (id),
    window_code       nvarchar(32)   not null references service_window (code),
    has_ticket        bit            not null,
    device_hash       binary(32)     null,
    network_hash      binary(32)     null,
    rated_at          datetime2(3)   not null
);

create index ix_rating_trace_device on rating_trace (device_hash, rated_at) where device_hash is not null;
create index ix_rating_trace_rated on rating_trace (rated_at);

create table bad_rating (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    rating_id         binary(16)     not null references rating (id),
    stage             nvarchar(16)   not null,
    outcome           nvarchar(24)   null,
    verified_by       nvarchar(64)   null references staff (login),
    remedied_by       nvarchar(64)   null references staff (login)
);

create unique index ux_bad_rating_rating on bad_rating (rating_id);

create table bad_rating_check (
    case_number       nvarchar(20)   not null references bad_rating (case_number),
    signal            nvarchar(24)   not null,
    confirmed         bit            null,
    primary key (case_number, signal)
);

create table rating_appeal (
    case_number       nvarchar(20)   not null primary key references bad_rating (case_number),
    ground            nvarchar(24)   not null,
    reason            nvarchar(1000) not null,
    asked_by          nvarchar(64)   not null references staff (login),
    asked_at          datetime2(3)   not null,
    decide_by         datetime2(3)   not null,
    upheld            bit            null,
    note              nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);

create table rating_exclusion (
    rating_id         binary(16)     not null primary key references rating (id),
    ground            nvarchar(24)   not null,
    reason            nvarchar(1000) not null,
    excluded_by       nvarchar(64)   not null references staff (login),
    excluded_at       datetime2(3)   not null,
    local_day         date           not null
);

create index ix_rating_exclusion_day on rating_exclusion (local_day);

go
create trigger rating_exclusion_is_final_update on rating_exclusion instead of update as throw 50001, 'An exclusion is never edited.', 1;
go
create trigger rating_exclusion_is_final_delete on rating_exclusion instead of delete as throw 50001, 'An exclusion is never deleted.', 1;
go
