alter table rating_trace add column judged integer not null default 0;

create index ix_rating_trace_unjudged on rating_trace (rating_id) where judged = 0;

create table praise_judge (
    id   integer not null primary key,
    sets integer not null
) strict;

insert into praise_judge (id, sets) values (1, 0);

create table praise_trace (
    rating_id    blob    not null primary key references rating_trace (rating_id) on delete cascade,
    window_code  text    not null references service_window (code),
    has_ticket   integer not null,
    device_hash  blob    null,
    network_hash blob    null,
    text_hash    blob    null,
    rated_at     text    not null
) strict;

create index ix_praise_trace_window on praise_trace (window_code, rated_at);
create index ix_praise_trace_device on praise_trace (device_hash, rated_at) where device_hash is not null;
create index ix_praise_trace_network on praise_trace (network_hash, window_code, rated_at) where network_hash is not null;
create index ix_praise_trace_text on praise_trace (text_hash, rated_at) where text_hash is not null;

create table rating_flag (
    rating_id      blob    not null references rating (id),
    signal         text    not null,
    reason         text    not null,
    reason_en      text    not null,
    policy_version integer not null,
    opens          integer not null,
    flagged_at     text    not null,
    local_day      text    not null,
    primary key (rating_id, signal)
) strict;

create unique index ux_rating_flag_opens on rating_flag (rating_id) where opens = 1;
create index ix_rating_flag_day on rating_flag (local_day) where opens = 1;

create trigger rating_flag_is_final_update before update on rating_flag begin select raise(abort, 'A flag is never edited.'); end;
create trigger rating_flag_is_final_delete before delete on rating_flag begin select raise(abort, 'A flag is never deleted.'); end;

create table rating_flag_decision (
    rating_id  blob    not null primary key references rating (id),
    confirmed  integer not null,
    reason     text    not null,
    decided_by text    not null references staff (login),
    decided_at text    not null,
    local_day  text    not null
) strict;

create index ix_rating_flag_decision_day on rating_flag_decision (local_day);

create trigger rating_flag_decision_is_final_update before update on rating_flag_decision begin select raise(abort, 'A decision is never edited.'); end;
create trigger rating_flag_decision_is_final_delete before delete on rating_flag_decision begin select raise(abort, 'A decision is never deleted.'); end;
