alter table contact add column anonymised_at text null;
alter table case_file add column erased_at text null;
alter table outbox_message add column contact_id blob null references contact (id);

create index ix_rating_contact on rating (contact_id) where contact_id is not null;
create index ix_case_file_contact on case_file (contact_id) where contact_id is not null;
create index ix_contact_created on contact (created_at) where anonymised_at is null;

create table contact_reveal (
    id          blob    not null primary key,
    case_number text    not null references case_file (case_number),
    asked_by    text    not null references staff (login),
    reason      text    not null,
    asked_at    text    not null,
    granted     integer null,
    note        text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null,
    until       text    null
) strict;

create index ix_contact_reveal_case on contact_reveal (case_number, id);

create table retention_run (
    id       blob    not null primary key,
    ran_at   text    not null,
    contacts integer not null,
    cases    integer not null
) strict;
