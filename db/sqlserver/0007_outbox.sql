create table staff_address (
    login             nvarchar(64)   not null primary key references staff (login),
    email             nvarchar(254)  not null
);

create table webhook (
    id                binary(16)     not null primary key,
    url               nvarchar(500)  not null,
    label             nvarchar(100)  not null,
    secret            varbinary(200) not null,
    created_by        nvarchar(64)   not null references staff (login),
    created_at        datetime2(3)   not null,
    disabled_at       datetime2(3)   null
);

create table outbox_message (
    id                binary(16)     not null primary key,
    webhook_id        binary(16)     null references webhook (id),
    address           nvarchar(254)  null,
    kind              nvarchar(60)   not null,
    payload           nvarchar(max)  not null,
    state             nvarchar(16)   not null check (state in ('Waiting', 'Sent', 'Dead')),
    attempts          int            not null,
    queued_at         datetime2(3)   not null,
    next_at           datetime2(3)   not null,
    settled_at        datetime2(3)   null,
    last_error        nvarchar(200)  null
);

create index ix_outbox_message_waiting on outbox_message (next_at, webhook_id) where state = 'Waiting';
create index ix_outbox_message_state on outbox_message (state, id);
