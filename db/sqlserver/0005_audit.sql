create table audit_anchor (
    local_day         date           not null primary key,
    cases             int            not null,
    hash              binary(32)     not null,
    made_at           datetime2(3)   not null
);

create table audit_anchor_case (
    local_day         date           not null references audit_anchor (local_day),
    case_number       nvarchar(20)   not null,
    seq               int            not null,
    hash              binary(32)     not null,
    primary key (local_day, case_number)
);

create index ix_case_event_at on case_event (at);

go
create trigger audit_anchor_is_final_update on audit_anchor instead of update as throw 50001, 'An anchor is never edited.', 1;
go
create trigger audit_anchor_is_final_delete on audit_anchor instead of delete as throw 50001, 'An anchor is never deleted.', 1;
go
create trigger audit_anchor_case_is_final_update on audit_anchor_case instead of update as throw 50001, 'An anchor is never edited.', 1;
go
create trigger audit_anchor_case_is_final_delete on audit_anchor_case instead of delete as throw 50001, 'An anchor is never deleted.', 1;
go
