create table case_file (
    case_number       nvarchar(20)   not null primary key,
    query_hash        binary(32)     not null,
    case_type         nvarchar(32)   not null,
    about             nvarchar(32)   not null,
    receiver          nvarchar(32)   not null,
    lane              int            not null,
    hall_code         nvarchar(32)   not null references hall (code),
    department_code   nvarchar(32)   not null references department (code),
    window_code       nvarchar(32)   not null references service_window (code),
    ticket            nvarchar(64)   null,
    said              varbinary(max) not null,
    contact_id        binary(16)     null references contact (id),
    policy_version    int            not null,
    state             nvarchar(32)   not null,
    responsible       nvarchar(64)   null references staff (login),
    unit_code         nvarchar(32)   not null references department (code),
    offered_unit      nvarchar(32)   null references department (code),
    reopened          int            not null,
    step              int            null,
    filed_at          datetime2(3)   not null,
    filed_day         date           not null,
    accept_by         datetime2(3)   not null,
    accepted_at       datetime2(3)   null,
    due_at            datetime2(3)   not null,
    answered_at       datetime2(3)   null,
    answer            varbinary(max) null,
    verdict           int            null
);

create index ix_case_file_open on case_file (unit_code, due_at) where state in ('Filed', 'Accepted', 'Paused', 'Appealed');
create index ix_case_file_filed on case_file (filed_day, window_code);

create table case_clock (
    case_number       nvarchar(20)   not null references case_file (case_number),
    clock             nvarchar(32)   not null,
    cycle             int            not null,
    time_limit        nvarchar(16)   not null,
    started_at        datetime2(3)   not null,
    due_at            datetime2(3)   not null,
    spent_ms          bigint         not null,
    stopped_at        datetime2(3)   null,
    primary key (case_number, clock, cycle)
);

create table case_timer (
    case_number       nvarchar(20)   not null,
    clock             nvarchar(32)   not null,
    cycle             int            not null,
    step              int            not null,
    due_at            datetime2(3)   not null,
    outcome           nvarchar(16)   null check (outcome in ('Fired', 'Void')),
    done_at           datetime2(3)   null,
    done_day          date           null,
    primary key (case_number, clock, cycle, step),
    foreign key (case_number, clock, cycle) references case_clock (case_number, clock, cycle)
);

create index ix_case_timer_due on case_timer (due_at) where outcome is null;
create index ix_case_timer_fired on case_timer (done_day) where outcome = 'Fired';

create table case_event (
    case_number       nvarchar(20)   not null references case_file (case_number),
    seq               int            not null,
    kind              nvarchar(40)   not null,
    at                datetime2(3)   not null,
    actor             nvarchar(64)   null,
    detail            nvarchar(max)  not null,
    hash              binary(32)     not null,
    primary key (case_number, seq)
);

go
create trigger case_event_is_final_update on case_event instead of update as throw 50001, 'History is never edited.', 1;
go
create trigger case_event_is_final_delete on case_event instead of delete as throw 50001, 'History is never deleted.', 1;
go

create table notice (
    id                binary(16)     not null primary key,
    login             nvarchar(64)   not null references staff (login),
    case_number       nvarchar(20)   not null references case_file (case_number),
    kind              nvarchar(40)   not null,
    at                datetime2(3)   not null,
    read_at           datetime2(3)   null
);

create index ix_notice_login on notice (login, id);
