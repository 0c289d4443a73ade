create table staff_deputy (
    login             nvarchar(64)   not null primary key references staff (login),
    deputy            nvarchar(64)   not null references staff (login),
    set_by            nvarchar(64)   not null references staff (login),
    set_at            datetime2(3)   not null
);

create table staff_absence (
    id                binary(16)     not null primary key,
    login             nvarchar(64)   not null references staff (login),
    first_day         date           not null,
    last_day          date           not null,
    deputy            nvarchar(64)   null references staff (login),
    entered_by        nvarchar(64)   not null references staff (login),
    entered_at        datetime2(3)   not null,
    ended_at          datetime2(3)   null
);

create index ix_staff_absence_login on staff_absence (login, last_day);

create table window_alarm (
    id                binary(16)     not null primary key,
    window_code       nvarchar(32)   not null references service_window (code),
    case_number       nvarchar(20)   not null references case_file (case_number),
    reds              int            not null,
    raised_at         datetime2(3)   not null
);

create index ix_window_alarm_window on window_alarm (window_code, raised_at);

create table window_red (
    window_code       nvarchar(32)   not null references service_window (code),
    case_number       nvarchar(20)   not null references case_file (case_number),
    red_at            datetime2(3)   not null,
    alarm_id          binary(16)     null references window_alarm (id),
    primary key (window_code, case_number)
);
go
create trigger window_alarm_is_final_update on window_alarm instead of update as throw 50001, 'An alarm is never edited.', 1;
go
create trigger window_alarm_is_final_delete on window_alarm instead of delete as throw 50001, 'An alarm is never deleted.', 1;
go

create table policy_proposal (
    version           int            not null primary key,
    body              nvarchar(max)  not null,
    reason            nvarchar(1000) not null,
    proposed_by       nvarchar(64)   not null references staff (login),
    proposed_at       datetime2(3)   not null,
    approved          bit            null,
    note              nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);
