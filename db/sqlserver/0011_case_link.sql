create table case_link (
    case_number       nvarchar(20)   not null primary key references case_file (case_number),
    lead_number       nvarchar(20)   not null references case_file (case_number),
    kind              nvarchar(16)   not null check (kind in ('Group', 'Repeat')),
    linked_by         nvarchar(64)   not null references staff (login),
    linked_at         datetime2(3)   not null
);

create index ix_case_link_lead on case_link (lead_number, kind);
