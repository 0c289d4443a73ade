create table case_picture (
    case_number       nvarchar(20)   not null references case_file (case_number),
    ordinal           int            not null check (ordinal between 1 and 5),
    sealed            varbinary(max) not null,
    width             int            not null,
    height            int            not null,
    bytes             int            not null,
    added_at          datetime2(3)   not null,
    primary key (case_number, ordinal)
);
