create table reference_document (
    kind      text    not null,
    version   integer not null,
    body      text    not null,
    loaded_at text    not null,
    primary key (kind, version)
) strict;

create table hall (
    code              text not null primary key,
    name              text not null,
    name_en           text not null,
    opening_hours     text not null,
    supervision_phone text not null
) strict;

create table department (
    code      text not null primary key,
    hall_code text not null references hall (code),
    name      text not null,
    name_en   text not null
) strict;

create table service_item (
    code            text not null primary key,
    department_code text not null references department (code),
    name            text not null,
    name_en         text not null,
    guide           text not null
) strict;

create table service_window (
    code            text not null primary key,
    hall_code       text not null references hall (code),
    department_code text not null references department (code),
    name            text not null,
    name_en         text not null,
    promise         text not null,
    promise_en      text not null
) strict;

create table window_token (
    id          text not null primary key,
    window_code text not null references service_window (code),
    issued_at   text not null,
    revoked_at  text null
) strict;

create unique index ux_window_token_valid on window_token (window_code) where revoked_at is null;

create table staff (
    login           text    not null primary key,
    name            text    not null,
    role            text    not null,
    hall_code       text    null references hall (code),
    department_code text    null references department (code),
    window_code     text    null references service_window (code),
    password_hash   text    not null,
    active          integer not null,
    created_at      text    not null
) strict;

create table api_token (
    hash       blob not null primary key,
    login      text not null references staff (login),
    label      text not null,
    created_at text not null,
    expires_at text not null,
    revoked_at text null
) strict;

create table data_protection_key (
    name       text not null primary key,
    body       blob not null,
    created_at text not null
) strict;
