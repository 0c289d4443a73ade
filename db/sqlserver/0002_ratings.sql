create table contact (
    id                binary(16)     not null primary key,
    sealed            varbinary(max) not null,
    created_at        datetime2(3)   not null
);

create table rating (
    id                binary(16)     not null primary key,
    receipt           nvarchar(16)   not null,
    hall_code         nvarchar(32)   not null references hall (code),
    department_code   nvarchar(32)   not null references department (code),
    window_code       nvarchar(32)   not null references service_window (code),
    item_code         nvarchar(32)   null references service_item (code),
    channel           int            not null,
    grade             int            not null check (grade between 1 and 5),
    comment           nvarchar(300)  null,
    ticket            nvarchar(64)   null,
    visits            int            null,
    contact_id        binary(16)     null references contact (id),
    rated_at          datetime2(3)   not null,
    local_day         date           not null
);

create unique index ux_rating_receipt on rating (receipt);
create unique index ux_rating_ticket on rating (hall_code, local_day, ticket) where ticket is not null;
create index ix_rating_day on rating (local_day, window_code);

create table rating_tag (
    rating_id         binary(16)     not null references rating (id),
    tag_code          nvarchar(8)    not null,
    primary key (rating_id, tag_code)
);

go
create trigger rating_is_final_update on rating instead of update as throw 50001, 'A rating is never edited.', 1;
go
create trigger rating_is_final_delete on rating instead of delete as throw 50001, 'A rating is never deleted.', 1;
go
create trigger rating_tag_is_final_update on rating_tag instead of update as throw 50001, 'A rating is never edited.', 1;
go
create trigger rating_tag_is_final_delete on rating_tag instead of delete as throw 50001, 'A rating is never deleted.', 1;
go
