create table daily_count (
    local_day         date           not null,
    measure           nvarchar(32)   not null,
    value             nvarchar(32)   not null,
    hall_code         nvarchar(32)   not null,
    department_code   nvarchar(32)   not null,
    window_code       nvarchar(32)   not null,
    item_code         nvarchar(32)   not null,
    channel           int            not null,
    about             nvarchar(32)   not null,
    lane              int            not null,
    n                 int            not null,
    primary key (local_day, measure, value, window_code, item_code, channel, about, lane, department_code, hall_code)
);

create table idempotency (
    key_hash          binary(32)     not null primary key,
    request_hash      binary(32)     not null,
    answer            varbinary(max) not null,
    created_at        datetime2(3)   not null
);

create index ix_idempotency_created on idempotency (created_at);
