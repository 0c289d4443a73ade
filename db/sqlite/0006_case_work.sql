create table case_answer (
    case_number    text    not null references case_file (case_number),
    cycle          integer not null,
    said           blob    not null,
    answered_by    text    not null references staff (login),
    answered_at    text    not null,
    answered_day   text    not null,
    due_at         text    not null,
    answer_minutes integer not null,
    primary key (case_number, cycle)
) strict;

create index ix_case_answer_day on case_answer (answered_day);

create table case_material (
    id          blob not null primary key,
    case_number text not null references case_file (case_number),
    said        blob not null,
    added_at    text not null
) strict;

create index ix_case_material_case on case_material (case_number, id);

create table case_pause (
    case_number text    not null references case_file (case_number),
    cycle       integer not null,
    reason      text    not null,
    evidence    text    not null,
    paused_by   text    not null references staff (login),
    paused_at   text    not null,
    resume_by   text    not null,
    resumed_by  text    null references staff (login),
    resumed_at  text    null,
    primary key (case_number, cycle)
) strict;

create table case_extension (
    case_number text    not null primary key references case_file (case_number),
    extra       text    not null,
    reason      text    not null,
    asked_by    text    not null references staff (login),
    asked_at    text    not null,
    granted     integer null,
    decided_by  text    null references staff (login),
    decided_at  text    null
) strict;

create table case_hand_over (
    case_number     text    not null references case_file (case_number),
    cycle           integer not null,
    from_login      text    null references staff (login),
    from_department text    not null references department (code),
    to_login        text    not null references staff (login),
    to_department   text    not null references department (code),
    reason          text    not null,
    offered_at      text    not null,
    answer_by       text    not null,
    outcome         text    null check (outcome in ('Accepted', 'Refused', 'Silent')),
    answer_reason   text    null,
    answered_at     text    null,
    primary key (case_number, cycle)
) strict;

create table case_arbitration (
    case_number   text not null primary key references case_file (case_number),
    asked_at      text not null,
    to_department text null references department (code),
    to_login      text null references staff (login),
    reason        text null,
    decided_by    text null references staff (login),
    decided_at    text null
) strict;

create table case_appeal (
    case_number text    not null primary key references case_file (case_number),
    said        blob    not null,
    asked_at    text    not null,
    decide_by   text    not null,
    upheld      integer null,
    note        text    null,
    decided_by  text    null references staff (login),
    decided_at  text    null
) strict;
