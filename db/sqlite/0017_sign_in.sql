alter table staff add column failures integer not null default 0;
alter table staff add column locked_until text null;

create table staff_second_factor (
    login       text    not null primary key references staff (login),
    secret      blob    not null,
    last_step   integer not null,
    enrolled_at text    not null
) strict;

create table recovery_code (
    hash    blob not null primary key,
    login   text not null references staff (login),
    used_at text null
) strict;

create index ix_recovery_code_login on recovery_code (login);

create table staff_session (
    hash         blob not null primary key,
    login        text not null references staff (login),
    created_at   text not null,
    seen_at      text not null,
    expires_at   text not null,
    ended_at     text null,
    user_agent   text null,
    network_hash blob null
) strict;

create index ix_staff_session_login on staff_session (login, created_at);
create index ix_staff_session_expires on staff_session (expires_at);

alter table api_token add column scopes text null;
alter table api_token add column used_on text null;

create index ix_api_token_login on api_token (login);
