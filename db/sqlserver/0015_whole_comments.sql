-- 150 characters as people count them, each of up to 16 units of UTF-16.
alter table rating alter column comment nvarchar(2400) null;
alter table rating_supplement alter column comment nvarchar(2400) null;
