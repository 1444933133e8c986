-- Every table of the workspace with its columns in order; the shadow tables of search are left out.
select t.name, c.name, c.type, c."notnull" = 0
from pragma_table_list as t
join pragma_table_xinfo(t.name) as c
where t.schema = 'main'
  and t.type in ('table', 'virtual')
  and t.name not like 'sqlite\_%' escape '\'
  and c.hidden = 0
order by t.name, c.cid
