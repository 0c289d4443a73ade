create table staff_phone (
    login             nvarchar(64)   not null primary key references staff (login),
    phone             nvarchar(32)   not null
);

create table first_contact (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    first_login       nvarchar(64)   not null references staff (login),
    first_name        nvarchar(100)  not null,
    window_code       nvarchar(32)   not null references service_window (code),
    item_code         nvarchar(32)   null references service_item (code),
    matter            varbinary(max) not null,
    materials         nvarchar(max)  null,
    answer_limit      nvarchar(16)   not null,
    doer_login        nvarchar(64)   null references staff (login),
    intake            nvarchar(16)   not null,
    at                datetime2(3)   not null,
    local_day         date           not null
);

create index ix_first_contact_doer on first_contact (doer_login) where doer_login is not null;
create index ix_first_contact_first on first_contact (first_login, at);

go
create trigger first_contact_is_final_update on first_contact instead of update as throw 50001, 'A first contact is never edited.', 1;
go
create trigger first_contact_is_final_delete on first_contact instead of delete as throw 50001, 'A first contact is never deleted.', 1;
go

create table one_time_notice (
    number            nvarchar(64)   not null primary key,
    case_number       nvarchar(20)   not null references first_contact (case_number),
    cycle             int            not null,
    hall_code         nvarchar(32)   not null references hall (code),
    item_code         nvarchar(32)   not null references service_item (code),
    issued_by         nvarchar(64)   not null references staff (login),
    issued_at         datetime2(3)   not null,
    local_day         date           not null,
    body              nvarchar(max)  not null,
    hash              binary(32)     not null
);

create unique index ux_one_time_notice_cycle on one_time_notice (case_number, cycle);
create index ix_one_time_notice_day on one_time_notice (hall_code, local_day);

go
create trigger one_time_notice_is_final_update on one_time_notice instead of update as throw 50001, 'A one-time notice is never edited.', 1;
go
create trigger one_time_notice_is_final_delete on one_time_notice instead of delete as throw 50001, 'A one-time notice is never deleted.', 1;
go

create table second_demand (
    number            nvarchar(64)   not null primary key,
    case_number       nvarchar(20)   not null references first_contact (case_number),
    exception         nvarchar(24)   not null,
    reason            nvarchar(1000) not null,
    missing           nvarchar(max)  not null,
    note              nvarchar(1000) null,
    asked_by          nvarchar(64)   not null references staff (login),
    asked_at          datetime2(3)   not null,
    approved          bit            null,
    answer            nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);

create unique index ux_second_demand_waiting on second_demand (case_number) where approved is null;

create table acknowledgement (
    document          nvarchar(64)   not null primary key,
    case_number       nvarchar(20)   not null references first_contact (case_number),
    signature         varbinary(max) null,
    acknowledged_by   nvarchar(64)   null references staff (login),
    acknowledged_at   datetime2(3)   not null
);

create index ix_acknowledgement_case on acknowledgement (case_number);

go
create trigger acknowledgement_is_final_update on acknowledgement instead of update as throw 50001, 'An acknowledgement is never edited.', 1;
go
create trigger acknowledgement_is_final_delete on acknowledgement instead of delete as throw 50001, 'An acknowledgement is never deleted.', 1;
go

create table deemed_acceptance (
    case_number       nvarchar(20)   not null references first_contact (case_number),
    cycle             int            not null,
    flagged_at        datetime2(3)   not null,
    confirmed         bit            null,
    reason            nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null,
    primary key (case_number, cycle)
);
