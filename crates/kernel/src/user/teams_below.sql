-- The teams a person (?1, primary team ?2) is in or leads on a day (?3), and all teams below those.
with recursive tree(id) as (
  select id
  from team
  where deleted_at is null
    and (id = ?2
      or lead = ?1
      or id in (select m.team from team_member m
                where m."user" = ?1
                  and m.deleted_at is null
                  and (m."until" is null or m."until" >= ?3)))
  union
  select t.id
  from team t
  join tree on t.parent = tree.id
  where t.deleted_at is null
)
select id
from tree
order by id
