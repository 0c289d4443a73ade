create table audit_anchor (
    local_day text    not null primary key,
    cases     integer not null,
    hash      blob    not null,
    made_at   text    not null
) strict;

create table audit_anchor_case (
    local_day   text    not null references audit_anchor (local_day),
    case_number text    not null,
    seq         integer not null,
    hash        blob    not null,
    primary key (local_day, case_number)
) strict, without rowid;

create index ix_case_event_at on case_event (at);

create trigger audit_anchor_is_final_update before update on audit_anchor begin select raise(abort, 'An anchor is never edited.'); end;
create trigger audit_anchor_is_final_delete before delete on audit_anchor begin select raise(abort, 'An anchor is never deleted.'); end;
create trigger audit_anchor_case_is_final_update before update on audit_anchor_case begin select raise(abort, 'An anchor is never edited.'); end;
create trigger audit_anchor_case_is_final_delete before delete on audit_anchor_case begin select raise(abort, 'An anchor is never deleted.'); end;
