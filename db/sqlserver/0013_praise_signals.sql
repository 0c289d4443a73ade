alter table rating_trace add judged bit not null constraint df_rating_trace_judged default 0;

go
create index ix_rating_trace_unjudged on rating_trace (rating_id) where judged = 0;

create table praise_judge (
    id                int            not null primary key,
    sets              bigint         not null
);

insert into praise_judge (id, sets) values (1, 0);

create table praise_trace (
    rating_id         binary(16)     not null primary key references rating_trace (rating_id) on delete cascade,
    window_code       nvarchar(32)   not null references service_window (code),
    has_ticket        bit            not null,
    device_hash       binary(32)     null,
    network_hash      binary(32)     null,
    text_hash         binary(32)     null,
    rated_at          datetime2(3)   not null
);

create index ix_praise_trace_window on praise_trace (window_code, rated_at);
create index ix_praise_trace_device on praise_trace (device_hash, rated_at) where device_hash is not null;
create index ix_praise_trace_network on praise_trace (network_hash, window_code, rated_at) where network_hash is not null;
create index ix_praise_trace_text on praise_trace (text_hash, rated_at) where text_hash is not null;

create table rating_flag (
    rating_id         binary(16)     not null references rating (id),
    signal            nvarchar(24)   not null,
    reason            nvarchar(400)  not null,
    reason_en         nvarchar(400)  not null,
    policy_version    int            not null,
    opens             bit            not null,
    flagged_at        datetime2(3)   not null,
    local_day         date           not null,
    primary key (rating_id, signal)
);

create unique index ux_rating_flag_opens on rating_flag (rating_id) where opens = 1;
create index ix_rating_flag_day on rating_flag (local_day) where opens = 1;

go
create trigger rating_flag_is_final_update on rating_flag instead of update as throw 50001, 'A flag is never edited.', 1;
go
create trigger rating_flag_is_final_delete on rating_flag instead of delete as throw 50001, 'A flag is never deleted.', 1;
go

create table rating_flag_decision (
    rating_id         binary(16)     not null primary key references rating (id),
    confirmed         bit            not null,
    reason            nvarchar(1000) not null,
    decided_by        nvarchar(64)   not null references staff (login),
    decided_at        datetime2(3)   not null,
    local_day         date           not null
);

create index ix_rating_flag_decision_day on rating_flag_decision (local_day);

go
create trigger rating_flag_decision_is_final_update on rating_flag_decision instead of update as throw 50001, 'A decision is never edited.', 1;
go
create trigger rating_flag_decision_is_final_delete on rating_flag_decision instead of delete as throw 50001, 'A decision is never deleted.', 1;
go
