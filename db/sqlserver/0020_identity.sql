alter table contact add anonymised_at datetime2(3) null;
alter table case_file add erased_at datetime2(3) null;
alter table outbox_message add contact_id binary(16) null references contact (id);
go

create index ix_rating_contact on rating (contact_id) where contact_id is not null;
create index ix_case_file_contact on case_file (contact_id) where contact_id is not null;
create index ix_contact_created on contact (created_at) where anonymised_at is null;

create table contact_reveal (
    id                binary(16)     not null primary key,
    case_number       nvarchar(20)   not null references case_file (case_number),
    asked_by          nvarchar(64)   not null references staff (login),
    reason            nvarchar(1000) not null,
    asked_at          datetime2(3)   not null,
    granted           bit            null,
    note              nvarchar(1000) null,
    decided_by        nvarchar(64)   null references staff (login),
    decided_at        datetime2(3)   null,
    until             datetime2(3)   null
);

create index ix_contact_reveal_case on contact_reveal (case_number, id);

create table retention_run (
    id                binary(16)     not null primary key,
    ran_at            datetime2(3)   not null,
    contacts          int            not null,
    cases             int            not null
);
