alter table staff add failures int not null constraint df_staff_failures default 0;
alter table staff add locked_until datetime2(3) null;

create table staff_second_factor (
    login             nvarchar(64)   not null primary key references staff (login),
    secret            varbinary(200) not null,
    last_step         int            not null,
    enrolled_at       datetime2(3)   not null
);

create table recovery_code (
    hash              binary(32)     not null primary key,
    login             nvarchar(64)   not null references staff (login),
    used_at           datetime2(3)   null
);

create index ix_recovery_code_login on recovery_code (login);

create table staff_session (
    hash              binary(32)     not null primary key,
    login             nvarchar(64)   not null references staff (login),
    created_at        datetime2(3)   not null,
    seen_at           datetime2(3)   not null,
    expires_at        datetime2(3)   not null,
    ended_at          datetime2(3)   null,
    user_agent        nvarchar(200)  null,
    network_hash      binary(32)     null
);

create index ix_staff_session_login on staff_session (login, created_at);
create index ix_staff_session_expires on staff_session (expires_at);

alter table api_token add scopes nvarchar(200) null;
alter table api_token add used_on date null;

create index ix_api_token_login on api_token (login);
