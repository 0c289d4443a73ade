create table staff_phone (
    login text not null primary key references staff (login),
    phone text not null
) strict;

create table first_contact (
    case_number  text not null primary key references case_file (case_number),
    first_login  text not null references staff (login),
    first_name   text not null,
    window_code  text not null references service_window (code),
    item_code    text null references service_item (code),
    matter       blob not null,
    materials    text null,
    answer_limit text not null,
    doer_login   text null references staff (login),
    intake       text not null,
    at           text not null,
    local_day    text not null
) strict;

create index ix_first_contact_doer on first_contact (doer_login) where doer_login is not null;
create index ix_first_contact_first on first_contact (first_login, at);

create trigger first_contact_is_final_update before update on first_contact begin select raise(abort, 'A first contact is never edited.'); end;
create trigger first_contact_is_final_delete before delete on first_contact begin select raise(abort, 'A first contact is never deleted.'); end;

create table one_time_notice (
    number      text    not null primary key,
    case_number text    not null references first_contact (case_number),
    cycle       integer not null,
    hall_code   text    not null references hall (code),
    item_code   text    not null references service_item (code),
    issued_by   text    not null references staff (login),
    issued_at   text    not null,
    local_day   text    not null,
    body        text    not null,
    hash        blob    not null
) strict;

create unique index ux_one_time_notice_cycle on one_time_notice (case_number, cycle);
create index ix_one_time_notice_day on one_time_notice (hall_code, local_day);

create trigger one_time_notice_is_final_update before update on one_time_notice begin select raise(abort, 'A one-time notice is never edited.'); end;
create trigger one_time_notice_is_final_delete before delete on one_time_notice begin select raise(abort, 'A one-time notice is never deleted.'); end;

create table second_demand (
    number      text    not null primary key,
    case_number text    not null references first_contact (case_number),
    exception   text    not null,
    reason      text    not null,
    missing     text    not null,
    note        text    null,
    asked_by    text    not null references staff (login),
    asked_at    text    not null,
    approved    integer null,
    answer      text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null
) strict;

create unique index ux_second_demand_waiting on second_demand (case_number) where approved is null;

create table acknowledgement (
    document        text not null primary key,
    case_number     text not null references first_contact (case_number),
    signature       blob null,
    acknowledged_by text null references staff (login),
    acknowledged_at text not null
) strict;

create index ix_acknowledgement_case on acknowledgement (case_number);

create trigger acknowledgement_is_final_update before update on acknowledgement begin select raise(abort, 'An acknowledgement is never edited.'); end;
create trigger acknowledgement_is_final_delete before delete on acknowledgement begin select raise(abort, 'An acknowledgement is never deleted.'); end;

create table deemed_acceptance (
    case_number text    not null references first_contact (case_number),
    cycle       integer not null,
    flagged_at  text    not null,
    confirmed   integer null,
    reason      text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null,
    primary key (case_number, cycle)
) strict;
