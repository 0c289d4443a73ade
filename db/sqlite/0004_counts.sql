create table daily_count (
    local_day       text    not null,
    measure         text    not null,
    value           text    not null,
    hall_code       text    not null,
    department_code text    not null,
    window_code     text    not null,
    item_code       text    not null,
    channel         integer not null,
    about           text    not null,
    lane            integer not null,
    n               integer not null,
    primary key (local_day, measure, value, window_code, item_code, channel, about, lane, department_code, hall_code)
) strict, without rowid;

create table idempotency (
    key_hash     blob not null primary key,
    request_hash blob not null,
    answer       blob not null,
    created_at   text not null
) strict;

create index ix_idempotency_created on idempotency (created_at);
