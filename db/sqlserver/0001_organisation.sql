create table reference_document (
    kind              nvarchar(40)   not null,
    version           int            not null,
    body              nvarchar(max)  not null,
    loaded_at         datetime2(3)   not null,
    primary key (kind, version)
);

create table hall (
    code              nvarchar(32)   not null primary key,
    name              nvarchar(100)  not null,
    name_en           nvarchar(200)  not null,
    opening_hours     nvarchar(100)  not null,
    supervision_phone nvarchar(32)   not null
);

create table department (
    code              nvarchar(32)   not null primary key,
    hall_code         nvarchar(32)   not null references hall (code),
    name              nvarchar(100)  not null,
    name_en           nvarchar(200)  not null
);

create table service_item (
    code              nvarchar(32)   not null primary key,
    department_code   nvarchar(32)   not null references department (code),
    name              nvarchar(100)  not null,
    name_en           nvarchar(200)  not null,
    guide             nvarchar(max)  not null
);

create table service_window (
    code              nvarchar(32)   not null primary key,
    hall_code         nvarchar(32)   not null references hall (code),
    department_code   nvarchar(32)   not null references department (code),
    name              nvarchar(100)  not null,
    name_en           nvarchar(200)  not null,
    promise           nvarchar(200)  not null,
    promise_en        nvarchar(400)  not null
);

create table window_token (
    id                nvarchar(16)   not null primary key,
    window_code       nvarchar(32)   not null references service_window (code),
    issued_at         datetime2(3)   not null,
    revoked_at        datetime2(3)   null
);

create unique index ux_window_token_valid on window_token (window_code) where revoked_at is null;

create table staff (
    login             nvarchar(64)   not null primary key,
    name              nvarchar(100)  not null,
    role              nvarchar(32)   not null,
    hall_code         nvarchar(32)   null references hall (code),
    department_code   nvarchar(32)   null references department (code),
    window_code       nvarchar(32)   null references service_window (code),
    password_hash     nvarchar(200)  not null,
    active            bit            not null,
    created_at        datetime2(3)   not null
);

create table api_token (
    hash              binary(32)     not null primary key,
    login             nvarchar(64)   not null references staff (login),
    label             nvarchar(100)  not null,
    created_at        datetime2(3)   not null,
    expires_at        datetime2(3)   not null,
    revoked_at        datetime2(3)   null
);

create table data_protection_key (
    name              nvarchar(100)  not null primary key,
    body              varbinary(max) not null,
    created_at        datetime2(3)   not null
);
