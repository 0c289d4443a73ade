create table case_link (
    case_number text not null primary key references case_file (case_number),
    lead_number text not null references case_file (case_number),
    kind        text not null check (kind in ('Group', 'Repeat')),
    linked_by   text not null references staff (login),
    linked_at   text not null
) strict;

create index ix_case_link_lead on case_link (lead_number, kind);
