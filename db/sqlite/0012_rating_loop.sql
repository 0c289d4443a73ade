alter table rating add column served_at text null;

create table rating_supplement (
    rating_id blob    not null primary key references rating (id),
    grade     integer null check (grade between 1 and 5),
    comment   text    null,
    added_at  text    not null,
    local_day text    not null
) strict;

create trigger rating_supplement_is_final_update before update on rating_supplement begin select raise(abort, 'A rating is never edited.'); end;
create trigger rating_supplement_is_final_delete before delete on rating_supplement begin select raise(abort, 'A rating is never deleted.'); end;

create table rating_trace (
    rating_id    blob    not null primary key references rating (id),
    window_code  text    not null references service_window (code),
    has_ticket   integer not null,
    device_hash  blob    null,
    network_hash blob    null,
    rated_at     text    not null
) strict, without rowid;

create index ix_rating_trace_device on rating_trace (device_hash, rated_at) where device_hash is not null;
create index ix_rating_trace_rated on rating_trace (rated_at);

create table bad_rating (
    case_number text    not null primary key references case_file (case_number),
    rating_id   blob    not null references rating (id),
    stage       text    not null,
    outcome     text    null,
    verified_by text    null references staff (login),
    remedied_by text    null references staff (login)
) strict;

create unique index ux_bad_rating_rating on bad_rating (rating_id);

create table bad_rating_check (
    case_number text    not null references bad_rating (case_number),
    signal      text    not null,
    confirmed   integer null,
    primary key (case_number, signal)
) strict;

create table rating_appeal (
    case_number text    not null primary key references bad_rating (case_number),
    ground      text    not null,
    reason      text    not null,
    asked_by    text    not null references staff (login),
    asked_at    text    not null,
    decide_by   text    not null,
    upheld      integer null,
    note        text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null
) strict;

create table rating_exclusion (
    rating_id   blob not null primary key references rating (id),
    ground      text not null,
    reason      text not null,
    excluded_by text not null references staff (login),
    excluded_at text not null,
    local_day   text not null
) strict;

create index ix_rating_exclusion_day on rating_exclusion (local_day);

create trigger rating_exclusion_is_final_update before update on rating_exclusion begin select raise(abort, 'An exclusion is never edited.'); end;
create trigger rating_exclusion_is_final_delete before delete on rating_exclusion begin select raise(abort, 'An exclusion is never deleted.'); end;
