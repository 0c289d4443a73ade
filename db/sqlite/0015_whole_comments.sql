-- Text has no length here; see the script for SQL Server.
select 1;
