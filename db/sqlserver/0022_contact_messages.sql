create table contact_message (
    id                binary(16)     not null primary key,
    case_number       nvarchar(20)   not null references case_file (case_number),
    said              varbinary(max) not null,
    written_by        nvarchar(64)   null references staff (login),
    written_at        datetime2(3)   not null
);

create index ix_contact_message_case on contact_message (case_number, id);
