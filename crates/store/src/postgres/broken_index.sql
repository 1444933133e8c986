-- A row if an index of this name was left behind unfinished.
select 1
from pg_index as x
join pg_class as i on i.oid = x.indexrelid
where not x.indisvalid
  and i.relname = ?1
  and i.relnamespace = current_schema()::regnamespace
