-- Every table of the workspace with its columns in order.
select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), not a.attnotnull
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid
where c.relnamespace = current_schema()::regnamespace
  and c.relkind in ('r', 'p')
  and a.attnum > 0
  and not a.attisdropped
order by c.relname, a.attnum
