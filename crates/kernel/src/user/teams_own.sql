-- The teams a person (?1, primary team ?2) is in or leads on a day (?3).
select id
from team
where deleted_at is null
  and (id = ?2
    or lead = ?1
    or id in (select m.team from team_member m
              where m."user" = ?1
                and m.deleted_at is null
                and (m."until" is null or m."until" >= ?3)))
order by id
