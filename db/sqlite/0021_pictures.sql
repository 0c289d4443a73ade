create table case_picture (
    case_number text    not null references case_file (case_number),
    ordinal     integer not null check (ordinal between 1 and 5),
    sealed      blob    not null,
    width       integer not null,
    height      integer not null,
    bytes       integer not null,
    added_at    text    not null,
    primary key (case_number, ordinal)
) strict;
