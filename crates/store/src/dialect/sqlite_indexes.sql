-- Every named index of the workspace with its table.
select tbl_name, name, sql
from sqlite_schema
where type = 'index'
  and sql is not null
order by tbl_name, name
