-- Every usable index of the workspace with its table, those of constraints left out.
select t.relname::text, i.relname::text, pg_get_indexdef(x.indexrelid)
from pg_index as x
join pg_class as i on i.oid = x.indexrelid
join pg_class as t on t.oid = x.indrelid
where t.relnamespace = current_schema()::regnamespace
  and x.indisvalid
  and not exists (select 1 from pg_constraint as k where k.conindid = x.indexrelid)
order by t.relname, i.relname
