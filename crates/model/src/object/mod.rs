//! What an object is: its fields, views, layout and default access, as plain data.
//!
//! Knows nothing of how it was written down (`load.rs`), whether it is right (`check.rs`) or how it is stored
//! (`plan.rs`). A model is built once at start and shared; names are looked up through [`Model`].

use std::collections::{BTreeMap, HashMap};

/// Text for people in several languages; English always exists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    pub en: String,
    /// By language code (`it`, `zh`).
    pub other: BTreeMap<String, String>,
}

impl Label {
    pub fn new(en: impl Into<String>) -> Self {
        Label { en: en.into(), other: BTreeMap::new() }
    }
    /// From a table of texts by language; `plain` where English is missing.
    pub fn of(texts: &toml::Table, plain: &str) -> Self {
        let mut other: BTreeMap<String, String> =
            texts.iter().filter_map(|(language, text)| Some((language.clone(), text.as_str()?.to_string()))).collect();
        Label { en: other.remove("en").unwrap_or_else(|| plain.to_string()), other }
    }
    /// The text in a language, English where it is missing.
    pub fn in_language(&self, language: &str) -> &str {
        self.other.get(language).map_or(self.en.as_str(), String::as_str)
    }
}

/// Everything that is declared: built-in objects and the customer's.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Grows with every change of the declarations; stands in the database (design, "Decided now" 10).
    pub version: i64,
    objects: Vec<Object>,
    by_name: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    /// Shared code lists by name: `country`, `language`, `currency`, `time_zone` (D13).
    pub lists: BTreeMap<String, Vec<Choice>>,
}

impl Model {
    pub fn new(objects: Vec<Object>, lists: BTreeMap<String, Vec<Choice>>) -> Self {
        let by_name = objects.iter().enumerate().map(|(i, o)| (o.name.clone(), i)).collect();
        let by_path = objects.iter().enumerate().map(|(i, o)| (o.path.clone(), i)).collect();
        Model { version: 0, objects, by_name, by_path, lists }
    }
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.by_name.get(name).and_then(|i| self.objects.get(*i))
    }
    /// By the plural name of the interface: `companies`.
    pub fn object_by_path(&self, path: &str) -> Option<&Object> {
        self.by_path.get(path).and_then(|i| self.objects.get(*i))
    }
    /// The record that an object's records are part of: the link to it, and its object.
    pub fn whole<'a>(&'a self, object: &'a Object) -> Option<(&'a Field, &'a Object)> {
        let link = object.field(object.part_of.as_deref()?)?;
        Some((link, self.object(link.to.as_deref()?)?))
    }
    /// The options of a choice field: its own, or those of its shared list.
    pub fn options<'a>(&'a self, field: &'a Field) -> &'a [Choice] {
        match &field.list {
            Some(list) => self.lists.get(list).map_or(&[], Vec::as_slice),
            None => &field.options,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Singular, snake case; also the table's name.
    pub name: String,
    /// Plural, as it stands in `/api/v1/{path}`.
    pub path: String,
    pub label: Label,
    pub label_plural: Label,
    /// One sentence for people (the comment on top of its file).
    pub about: String,
    /// Name of a Tabler icon.
    pub icon: String,
    /// The field that names a record.
    pub title: String,
    /// Section of the navigation (`records`, `sales`, `settings`); absent: not shown there.
    pub nav: Option<String>,
    /// The date by which lists and boards offer a period.
    pub period: Option<String>,
    /// Has `owner` and `team`.
    pub owned: bool,
    /// Part of global search.
    pub searched: bool,
    /// Other records' events are shown on its page (company, contact, deal, lead).
    pub timeline: bool,
    /// The engine's own; not editable through the generic record routes unless a role says so.
    pub system: bool,
    /// Which records are handed over when their owner leaves: an expression; absent: none.
    pub handover: Option<String>,
    pub fields: Vec<Field>,
    pub(crate) field_index: HashMap<String, usize>,
    pub views: Vec<View>,
    pub layout: Layout,
    /// Default access by role name (`manager`, `representative`, `read_only`); the administrator may do all.
    pub access: BTreeMap<String, Access>,
    /// What the levels `team` and `own` mean here, where that is not what the owner says.
    pub levels: BTreeMap<String, Levels>,
    /// The link to the record that this is a part of: who may see or change that one, may see or change this.
    pub part_of: Option<String>,
    /// Further indexes: lists of field names, a leading `-` for descending.
    pub indexes: Vec<Vec<String>>,
    /// Translations of the actions' labels, by action.
    pub action_labels: BTreeMap<String, Label>,
    /// Translations of the labels of actions' inputs, by their English text.
    pub input_labels: BTreeMap<String, Label>,
    /// Groups of fields that are unique together, among records that are not deleted.
    pub unique: Vec<Vec<String>>,
    /// Fields by which a new record may be one that is there already: addresses, numbers, domains, names.
    pub alike: Vec<String>,
}

impl Object {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.field_index.get(name).and_then(|i| self.fields.get(*i))
    }
    /// Must be called once after `fields` is filled or changed.
    pub fn index_fields(&mut self) {
        self.field_index = self.fields.iter().enumerate().map(|(i, f)| (f.name.clone(), i)).collect();
    }
}

/// The type of a field. One room each in `field/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldType {
    Text,
    LongText,
    Email,
    Phone,
    Url,
    Integer,
    Decimal,
    Money,
    Percent,
    Boolean,
    Date,
    Instant,
    Choice,
    Choices,
    Link,
    Links,
    User,
    Address,
    PersonName,
    Rating,
    Sequence,
    File,
    Texts,
    Expression,
    /// Child rows of e-mail addresses (D7).
    Emails,
    /// Child rows of phone numbers (D7).
    Phones,
    /// Child rows with declared parts (`profiles`, `participants`, `account_team`).
    Rows,
    /// The records of another object that link here; not stored, read and counted only (`deal.lines`).
    Reverse,
    /// Twelve weekly counts kept by a reader (`pulse`).
    Counts,
}

#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Stable id: the name at creation; events and columns use it for ever.
    pub id: String,
    pub name: String,
    pub label: Label,
    pub help: Label,
    pub kind: FieldType,
    pub required: bool,
    /// Characters, items or the greatest number.
    pub max: Option<i64>,
    pub min: Option<i64>,
    /// Decimals of `decimal` (default 2).
    pub scale: Option<u32>,
    /// Target of `link`, `links`, `reverse`: an object's name, or `any`.
    pub to: Option<String>,
    /// Of `reverse`: the field of `to` that points here.
    pub by: Option<String>,
    /// What the screens call the other side of a link.
    pub options: Vec<Choice>,
    /// A shared list instead of own options.
    pub list: Option<String>,
    /// May hold codes that are not declared (D18).
    pub open: bool,
    /// Fixed options that an administrator may not edit (`!`).
    pub fixed: bool,
    /// A literal or an expression of few functions: `me`, `today`, `now`, a code, a number.
    pub default: Option<String>,
    /// Computed at each write from the record's own fields and stored; never written by a caller.
    pub formula: Option<String>,
    /// Written by rules and readers of the log only.
    pub computed: bool,
    /// Keeps a table of stays (D3).
    pub track: bool,
    /// Unique among records that are not deleted.
    pub unique: bool,
    /// Gets an index of its own.
    pub index: bool,
    /// Gets a collation key for sorting by language order.
    pub sort: bool,
    /// Words of this field are found by search.
    pub search: bool,
    /// Text comparison minds case and accents.
    pub exact: bool,
    /// Filled tags on the screen.
    pub emphasis: bool,
    /// Counts for completeness and stands on top when empty.
    pub priority: bool,
    /// Another field's part: `city` reads and writes `address.city`; `email` the primary of `emails`.
    pub alias_of: Option<String>,
    /// Parts of `rows`.
    pub parts: Vec<Field>,
    /// May be set by an import under `set_origin` (D2).
    pub origin: bool,
    /// Who may read and write it, by role; absent: as the object.
    pub access: BTreeMap<String, FieldAccess>,
    /// Earlier name, for a rename.
    pub was: Option<String>,
    /// Taken out of use by the customer; its column stays.
    pub retired: bool,
    /// Every record has it: the owner, when it was made and by whom. Declarations do not name it.
    pub automatic: bool,
}

impl Field {
    /// Is a folded copy kept beside the text (`f__fold`), so that comparison ignores case and accents?
    ///
    /// Every short text that is not `exact`, and long text that is searched, indexed or sorted. Other long text, codes and
    /// phone numbers are compared as they stand. The columns, the evaluator and the SQL of expressions all ask here.
    pub fn has_fold(&self) -> bool {
        let folds = match self.kind {
            FieldType::Text | FieldType::Email | FieldType::Url | FieldType::PersonName | FieldType::Texts | FieldType::Emails => true,
            FieldType::LongText => self.search || self.index || self.sort,
            _ => false,
        };
        folds && !self.exact
    }
}

impl Default for FieldType {
    /// A field without a type is text.
    fn default() -> Self {
        FieldType::Text
    }
}

/// An option of a choice (D8).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    pub code: String,
    pub label: Label,
    /// What files call it (import).
    pub aliases: Vec<String>,
    pub hue: Option<String>,
    pub retired: bool,
    pub means: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldAccess {
    None,
    Read,
    Write,
}

/// What a role may do with an object; an expression limits the records, `true` and `false` are expressions too.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    pub read: String,
    pub create: bool,
    pub update: String,
    pub delete: String,
    pub export: bool,
    /// May change or delete many at once.
    pub bulk: bool,
}

/// The rules of one level by what is done; absent: as the owner says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    pub read: Option<String>,
    pub update: Option<String>,
    pub delete: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct View {
    pub name: String,
    pub label: Label,
    /// `table`, `board`, `calendar`, `map`, `split`.
    pub shape: String,
    pub filter: Option<String>,
    pub columns: Vec<String>,
    /// As in the interface: `-amount,name`.
    pub sort: Option<String>,
    pub group: Option<String>,
    /// Fields summed in the footer.
    pub summaries: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Header of the record's page.
    pub highlights: Vec<String>,
    pub sections: Vec<Section>,
    pub related: Vec<Related>,
    /// At most eight fields of quick create.
    pub create: Vec<String>,
    /// Lines of a card and of a row on a phone.
    pub card: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Section {
    pub label: Label,
    pub fields: Vec<String>,
}

/// Records of another object on the page of this one.
#[derive(Clone, Debug, Default)]
pub struct Related {
    pub label: Label,
    pub object: String,
    /// The link of `object` that points here.
    pub field: String,
    pub filter: Option<String>,
    pub show: Vec<String>,
    pub sort: Option<String>,
}

/// Every type with its word in TOML, in the model document and in the generated TypeScript.
const TYPES: &[(FieldType, &str)] = &[
    (FieldType::Text, "text"),
    (FieldType::LongText, "long_text"),
    (FieldType::Email, "email"),
    (FieldType::Phone, "phone"),
    (FieldType::Url, "url"),
    (FieldType::Integer, "integer"),
    (FieldType::Decimal, "decimal"),
    (FieldType::Money, "money"),
    (FieldType::Percent, "percent"),
    (FieldType::Boolean, "boolean"),
    (FieldType::Date, "date"),
    (FieldType::Instant, "instant"),
    (FieldType::Choice, "choice"),
    (FieldType::Choices, "choices"),
    (FieldType::Link, "link"),
    (FieldType::Links, "links"),
    (FieldType::User, "user"),
    (FieldType::Address, "address"),
    (FieldType::PersonName, "person_name"),
    (FieldType::Rating, "rating"),
    (FieldType::Sequence, "sequence"),
    (FieldType::File, "file"),
    (FieldType::Texts, "texts"),
    (FieldType::Expression, "expression"),
    (FieldType::Emails, "emails"),
    (FieldType::Phones, "phones"),
    (FieldType::Rows, "rows"),
    (FieldType::Reverse, "reverse"),
    (FieldType::Counts, "counts"),
];

impl FieldType {
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(t, _)| *t == self).map_or("text", |(_, name)| name)
    }
    pub fn from_name(name: &str) -> Option<Self> {
        TYPES.iter().find(|(_, n)| *n == name).map(|(t, _)| *t)
    }
    pub fn names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(_, name)| *name)
    }
    pub fn all() -> impl Iterator<Item = FieldType> {
        TYPES.iter().map(|(t, _)| *t)
    }
}
