create table contact_message (
    id          blob    not null primary key,
    case_number text    not null references case_file (case_number),
    said        blob    not null,
    written_by  text    null references staff (login),
    written_at  text    not null
) strict;

create index ix_contact_message_case on contact_message (case_number, id);
