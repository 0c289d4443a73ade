create table case_file (
    case_number     text    not null primary key,
    query_hash      blob    not null,
    case_type       text    not null,
    about           text    not null,
    receiver        text    not null,
    lane            integer not null,
    hall_code       text    not null references hall (code),
    department_code text    not null references department (code),
    window_code     text    not null references service_window (code),
    ticket          text    null,
    said            blob    not null,
    contact_id      blob    null references contact (id),
    policy_version  integer not null,
    state           text    not null,
    responsible     text    null references staff (login),
    unit_code       text    not null references department (code),
    offered_unit    text    null references department (code),
    reopened        integer not null,
    step            integer null,
    filed_at        text    not null,
    filed_day       text    not null,
    accept_by       text    not null,
    accepted_at     text    null,
    due_at          text    not null,
    answered_at     text    null,
    answer          blob    null,
    verdict         integer null
) strict;

create index ix_case_file_open on case_file (unit_code, due_at) where state in ('Filed', 'Accepted', 'Paused', 'Appealed');
create index ix_case_file_filed on case_file (filed_day, window_code);

create table case_clock (
    case_number text    not null references case_file (case_number),
    clock       text    not null,
    cycle       integer not null,
    time_limit  text    not null,
    started_at  text    not null,
    due_at      text    not null,
    spent_ms    integer not null,
    stopped_at  text    null,
    primary key (case_number, clock, cycle)
) strict;

create table case_timer (
    case_number text    not null,
    clock       text    not null,
    cycle       integer not null,
    step        integer not null,
    due_at      text    not null,
    outcome     text    null check (outcome in ('Fired', 'Void')),
    done_at     text    null,
    done_day    text    null,
    primary key (case_number, clock, cycle, step),
    foreign key (case_number, clock, cycle) references case_clock (case_number, clock, cycle)
) strict;

create index ix_case_timer_due on case_timer (due_at) where outcome is null;
create index ix_case_timer_fired on case_timer (done_day) where outcome = 'Fired';

create table case_event (
    case_number text not null references case_file (case_number),
    seq         integer not null,
    kind        text not null,
    at          text not null,
    actor       text null,
    detail      text not null,
    hash        blob not null,
    primary key (case_number, seq)
) strict;

create trigger case_event_is_final_update before update on case_event begin select raise(abort, 'History is never edited.'); end;
create trigger case_event_is_final_delete before delete on case_event begin select raise(abort, 'History is never deleted.'); end;

create table notice (
    id          blob not null primary key,
    login       text not null references staff (login),
    case_number text not null references case_file (case_number),
    kind        text not null,
    at          text not null,
    read_at     text null
) strict;

create index ix_notice_login on notice (login, id);
