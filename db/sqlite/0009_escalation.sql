create table staff_deputy (
    login  text not null primary key references staff (login),
    deputy text not null references staff (login),
    set_by text not null references staff (login),
    set_at text not null
) strict;

create table staff_absence (
    id         blob not null primary key,
    login      text not null references staff (login),
    first_day  text not null,
    last_day   text not null,
    deputy     text null references staff (login),
    entered_by text not null references staff (login),
    entered_at text not null,
    ended_at   text null
) strict;

create index ix_staff_absence_login on staff_absence (login, last_day);

create table window_alarm (
    id          blob    not null primary key,
    window_code text    not null references service_window (code),
    case_number text    not null references case_file (case_number),
    reds        integer not null,
    raised_at   text    not null
) strict;

create index ix_window_alarm_window on window_alarm (window_code, raised_at);

create table window_red (
    window_code text not null references service_window (code),
    case_number text not null references case_file (case_number),
    red_at      text not null,
    alarm_id    blob null references window_alarm (id),
    primary key (window_code, case_number)
) strict;

create trigger window_alarm_is_final_update before update on window_alarm begin select raise(abort, 'An alarm is never edited.'); end;
create trigger window_alarm_is_final_delete before delete on window_alarm begin select raise(abort, 'An alarm is never deleted.'); end;

create table policy_proposal (
    version     integer not null primary key,
    body        text    not null,
    reason      text    not null,
    proposed_by text    not null references staff (login),
    proposed_at text    not null,
    approved    integer null,
    note        text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null
) strict;
