create table staff_address (
    login text not null primary key references staff (login),
    email text not null
) strict;

create table webhook (
    id          blob not null primary key,
    url         text not null,
    label       text not null,
    secret      blob not null,
    created_by  text not null references staff (login),
    created_at  text not null,
    disabled_at text null
) strict;

create table outbox_message (
    id         blob    not null primary key,
    webhook_id blob    null references webhook (id),
    address    text    null,
    kind       text    not null,
    payload    text    not null,
    state      text    not null check (state in ('Waiting', 'Sent', 'Dead')),
    attempts   integer not null,
    queued_at  text    not null,
    next_at    text    not null,
    settled_at text    null,
    last_error text    null
) strict;

create index ix_outbox_message_waiting on outbox_message (next_at, webhook_id) where state = 'Waiting';
create index ix_outbox_message_state on outbox_message (state, id);
