//! Tables from plain data, and what is there.

use base::{Code, Id};
use store::Sql;
use store::table::{Column, ColumnKind, ExistingTable, Index, Table, add_column, create, drop_not_null, introspect};

use crate::bench::{Bench, on_each};

fn company() -> Table {
    Table {
        name: "company".into(),
        with_rid: true,
        columns: vec![
            Column::new("id", ColumnKind::Id).primary(),
            Column::new("version", ColumnKind::Int).required().default("1"),
            Column::new("name", ColumnKind::Text).required(),
            Column::new("order", ColumnKind::Int),
            Column::new("parent", ColumnKind::Id).references("company"),
            Column::new("is_key", ColumnKind::Bool).default("false"),
            Column::new("ratio", ColumnKind::Float),
            Column::new("key", ColumnKind::Bytes),
            Column::new("day", ColumnKind::Date),
            Column::new("at", ColumnKind::Instant),
        ],
        indexes: vec![Index::on("company", &["name", "-at"]), Index::on("company", &["order"]).unique().filter("\"is_key\" = true")],
        searched: true,
    }
}

fn make(bench: &Bench, table: &Table) {
    let statements = create(bench.store.dialect(), table);
    bench.store.write(move |tx| statements.iter().try_for_each(|sql| tx.define(sql))).unwrap();
}

fn there(bench: &Bench) -> Vec<ExistingTable> {
    bench.store.read(introspect).unwrap()
}

fn table(bench: &Bench, name: &str) -> ExistingTable {
    there(bench).into_iter().find(|t| t.name == name).unwrap()
}

#[test]
fn a_table_is_made_as_declared_and_seen_again() {
    on_each(|bench| {
        make(bench, &company());
        let names: Vec<String> = there(bench).into_iter().map(|t| t.name).collect();
        assert_eq!(names, ["company", "company__search", "sequence"]);
        let seen = table(bench, "company");
        let columns: Vec<&str> = seen.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(columns, ["rid", "id", "version", "name", "order", "parent", "is_key", "ratio", "key", "day", "at"]);
        let nullable: Vec<&str> = seen.columns.iter().filter(|c| !c.nullable).map(|c| c.name.as_str()).filter(|c| *c != "rid").collect();
        assert_eq!(nullable, ["id", "version", "name"]);
        let indexes: Vec<&str> = seen.indexes.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(indexes, ["company__name__at", "company__order"]);
        assert!(seen.indexes[1].definition.contains("WHERE") || seen.indexes[1].definition.contains("where"));
    });
}

#[test]
fn defaults_references_and_unique_indexes_hold() {
    on_each(|bench| {
        make(bench, &company());
        let first = Id::new();
        let insert = "insert into company (id, name, \"order\", is_key, parent) values (?1, ?2, ?3, ?4, ?5)";
        bench.run(insert, [first.into(), "A".into(), 1.into(), true.into(), store::Param::Null]).unwrap();
        bench.run(insert, [Id::new().into(), "B".into(), 1.into(), false.into(), first.into()]).unwrap();
        assert_eq!(bench.ints("select version from company order by rid", []), [1, 1]);
        assert_eq!(bench.ints("select rid from company order by rid", []), [1, 2]);
        let same_id = bench.run(insert, [first.into(), "C".into(), 2.into(), false.into(), store::Param::Null]);
        assert_eq!(same_id.unwrap_err().code(), Code::Conflict);
        let same_order = bench.run(insert, [Id::new().into(), "C".into(), 1.into(), true.into(), store::Param::Null]);
        assert_eq!(same_order.unwrap_err().code(), Code::Conflict);
        let no_parent = bench.run(insert, [Id::new().into(), "C".into(), 3.into(), false.into(), Id::new().into()]);
        assert_eq!(no_parent.unwrap_err().code(), Code::Conflict);
        let by_name = bench.run(
            "insert into company (id, name) values (?1, ?2) on conflict (id) do update set name = excluded.name",
            [first.into(), "Z".into()],
        );
        assert_eq!(by_name.unwrap(), 1);
    });
}

#[test]
fn a_table_grows_while_it_is_used() {
    on_each(|bench| {
        make(bench, &company());
        let dialect = bench.store.dialect();
        bench.run("insert into company (id, name) values (?1, 'A')", [Id::new().into()]).unwrap();
        let read = bench.sql("select name, version from company", []);
        assert_eq!(bench.one(&read, |row| row.must_int(1)), 1);
        let note = Column::new("note", ColumnKind::Text).references("company").default("null");
        let note = Column { references: None, default: None, ..note };
        bench.store.write(move |tx| tx.define(&add_column(dialect, "company", &note))).unwrap();
        bench.store.build_index("company", &Index::on("company", &["note"])).unwrap();
        bench.store.build_index("company", &Index::on("company", &["note"])).unwrap();
        bench.store.write(move |tx| tx.define(&drop_not_null(dialect, "company", "name"))).unwrap();
        bench.run("insert into company (id, note) values (?1, 'x')", [Id::new().into()]).unwrap();
        let seen = table(bench, "company");
        assert!(seen.has_column("note") && seen.has_index("company__note"));
        assert_eq!(bench.ints("select version from company where name is null", []), [1]);
        assert_eq!(bench.one(&read, |row| row.must_int(1)), 1);
    });
}

#[test]
fn an_index_that_cannot_be_unique_leaves_nothing_behind() {
    on_each(|bench| {
        make(bench, &company());
        for _ in 0..2 {
            bench.run("insert into company (id, name) values (?1, 'A')", [Id::new().into()]).unwrap();
        }
        let index = Index::on("company", &["name"]).unique();
        assert_eq!(bench.store.build_index("company", &index).unwrap_err().code(), Code::Conflict);
        assert!(!table(bench, "company").has_index("company__name"));
        bench.run("delete from company", []).unwrap();
        bench.store.build_index("company", &index).unwrap();
        assert!(table(bench, "company").has_index("company__name"));
    });
}

#[test]
fn statements_kept_ready_survive_a_change_of_their_table() {
    on_each(|bench| {
        bench.define("create table shape (a {int})");
        bench.run("insert into shape values (1)", []).unwrap();
        let all = bench.sql("select * from shape", []);
        let read = |column| {
            bench.store.write({
                let all = all.clone();
                move |tx| tx.first(&all, |row| row.must_int(column))
            })
        };
        for _ in 0..8 {
            assert_eq!(read(0).unwrap(), Some(1));
        }
        bench.define("alter table shape add column b {int} not null default 2");
        for _ in 0..8 {
            assert_eq!(read(1).unwrap(), Some(2));
        }
    });
}

#[test]
fn a_misspelt_column_is_an_error() {
    on_each(|bench| {
        bench.define("create table shape (a {int})");
        bench.run("insert into shape values (1)", []).unwrap();
        let wrong = Sql::raw(bench.store.dialect(), "select \"b\" from shape");
        assert_eq!(bench.store.read(|tx| tx.first(&wrong, |row| row.int(0).map(drop))).unwrap_err().code(), Code::Internal);
    });
}

#[test]
fn several_processes_may_prepare_the_same_workspace() {
    on_each(|bench| {
        std::thread::scope(|scope| {
            let opened: Vec<_> = (0..4).map(|_| scope.spawn(|| bench.beside("_new"))).collect();
            let opened: Vec<Bench> = opened.into_iter().map(|o| o.join().unwrap()).collect();
            opened[0].store.write(|tx| tx.next_in_sequence("a")).unwrap();
            assert_eq!(opened[3].store.write(|tx| tx.next_in_sequence("a")).unwrap(), 2);
        });
    });
}
