create table contact (
    id         blob not null primary key,
    sealed     blob not null,
    created_at text not null
) strict;

create table rating (
    id              blob    not null primary key,
    receipt         text    not null,
    hall_code       text    not null references hall (code),
    department_code text    not null references department (code),
    window_code     text    not null references service_window (code),
    item_code       text    null references service_item (code),
    channel         integer not null,
    grade           integer not null check (grade between 1 and 5),
    comment         text    null,
    ticket          text    null,
    visits          integer null,
    contact_id      blob    null references contact (id),
    rated_at        text    not null,
    local_day       text    not null
) strict;

create unique index ux_rating_receipt on rating (receipt);
create unique index ux_rating_ticket on rating (hall_code, local_day, ticket) where ticket is not null;
create index ix_rating_day on rating (local_day, window_code);

create table rating_tag (
    rating_id blob not null references rating (id),
    tag_code  text not null,
    primary key (rating_id, tag_code)
) strict, without rowid;

create trigger rating_is_final_update before update on rating begin select raise(abort, 'A rating is never edited.'); end;
create trigger rating_is_final_delete before delete on rating begin select raise(abort, 'A rating is never deleted.'); end;
create trigger rating_tag_is_final_update before update on rating_tag begin select raise(abort, 'A rating is never edited.'); end;
create trigger rating_tag_is_final_delete before delete on rating_tag begin select raise(abort, 'A rating is never deleted.'); end;
