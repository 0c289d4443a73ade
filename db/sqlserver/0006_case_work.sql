create table case_answer (
    case_number       nvarchar(20)   not null references case_file (case_number),
    cycle             int            not null,
    said              varbinary(max) not null,
    answered_by       nvarchar(64)   not null references staff (login),
    answered_at       datetime2(3)   not null,
    answered_day      date           not null,
    due_at            datetime2(3)   not null,
    answer_minutes    int            not null,
    primary key (case_number, cycle)
);

create index ix_case_answer_day on case_answer (answered_day);

create table case_material (
    id                binary(16)     not null primary key,
    case_number       nvarchar(20)   not null references case_file (case_number),
    said              varbinary(max) not null,
    added_at          datetime2(3)   not null
);

create index ix_case_material_case on case_material (case_number, id);

create table case_pause (
    case_number       nvarchar(20)   not null references case_file (case_number),
    cycle             int            not null,
    reason            nvarchar(1000) not null,
    evidence          nvarchar(1000) not null,
    paused_by         nvarchar(64)   not null references staff (login),
    paused_at         datetime2(3)   not null,
    resume_by         datetime2(3)   not null,
    resumed_by        nvarchar(64)   null references staff (login),
    resumed_at        datetime2(3)   null,
    primary key (case_number, cycle)
);

create table case_extension (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    extra             nvarchar(16)   not null,
    reason            nvarchar(1000) not null,
    asked_by          nvarchar(64)   not null references staff (login),
    asked_at          datetime2(3)   not null,
    granted           bit            null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);

create table case_hand_over (
    case_number       nvarchar(20)   not null references case_file (case_number),
    cycle             int            not null,
    from_login        nvarchar(64)   null references staff (login),
    from_department   nvarchar(32)   not null references department (code),
    to_login          nvarchar(64)   not null references staff (login),
    to_department     nvarchar(32)   not null references department (code),
    reason            nvarchar(1000) not null,
    offered_at        datetime2(3)   not null,
    answer_by         datetime2(3)   not null,
    outcome           nvarchar(16)   null check (outcome in ('Accepted', 'Refused', 'Silent')),
    answer_reason     nvarchar(1000) null,
    answered_at       datetime2(3)   null,
    primary key (case_number, cycle)
);

create table case_arbitration (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    asked_at          datetime2(3)   not null,
    to_department     nvarchar(32)   null references department (code),
    to_login          nvarchar(64)   null references staff (login),
    reason            nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);

create table case_appeal (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    said              varbinary(max) not null,
    asked_at          datetime2(3)   not null,
    decide_by         datetime2(3)   not null,
    upheld            bit            null,
    note              nvarchar(2000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null
);
