-- The schema of a casebook, for reading. Made from db/migrations by: python -m tests.db.schema
PRAGMA application_id = 0x434C4D44;
PRAGMA user_version = 2;

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chain (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    desk TEXT NOT NULL,
    top_number INTEGER NOT NULL,
    top_op BLOB NOT NULL,
    forked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE op (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    chain INTEGER NOT NULL REFERENCES chain(id),
    number INTEGER NOT NULL,
    previous BLOB NOT NULL,
    made_at TEXT NOT NULL,
    analyst TEXT NOT NULL,
    verb TEXT NOT NULL,
    save TEXT NOT NULL,
    undoes TEXT NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    generation INTEGER NOT NULL,
    parents BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    body TEXT
) STRICT;

CREATE INDEX op_chain ON op(chain, number);

CREATE INDEX op_thing ON op(thing);

CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT UNIQUE,
    size INTEGER NOT NULL
) STRICT;

CREATE TABLE piece (
    blob INTEGER NOT NULL REFERENCES blob(id),
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (blob, number)
) STRICT;

CREATE TABLE head (
    thing TEXT NOT NULL,
    op INTEGER NOT NULL,
    PRIMARY KEY (thing, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
    thing TEXT NOT NULL,
    field TEXT NOT NULL,
    op INTEGER NOT NULL,
    PRIMARY KEY (thing, field, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE "desk" (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    analyst TEXT NOT NULL,
    imprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "case" (
    id TEXT PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('received', 'in work', 'in review', 'published', 'closed')),
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    tlp TEXT NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
    assignee TEXT NOT NULL,
    due TEXT NOT NULL,
    due_earliest TEXT NOT NULL,
    due_latest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "claim" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    parent_id TEXT REFERENCES "claim"(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    translation TEXT NOT NULL,
    claimant_id TEXT REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    claimed_on TEXT NOT NULL,
    claimed_on_earliest TEXT NOT NULL,
    claimed_on_latest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_case_id ON "claim"(case_id);

CREATE INDEX claim_parent_id ON "claim"(parent_id);

CREATE INDEX claim_claimant_id ON "claim"(claimant_id);

CREATE TABLE "appearance" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    actor_id TEXT REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('origin', 'amplification', 'rebuttal', 'correction')),
    channel TEXT NOT NULL,
    url TEXT NOT NULL,
    seen_on TEXT NOT NULL,
    seen_on_earliest TEXT NOT NULL,
    seen_on_latest TEXT NOT NULL,
    quotation TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX appearance_case_id ON "appearance"(case_id);

CREATE INDEX appearance_actor_id ON "appearance"(actor_id);

CREATE TABLE "alias" (
    id TEXT PRIMARY KEY NOT NULL,
    actor_id TEXT NOT NULL REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_actor_id ON "alias"(actor_id);

CREATE TABLE "citation" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT NOT NULL REFERENCES "source"(id) DEFERRABLE INITIALLY DEFERRED,
    claim_id TEXT REFERENCES "claim"(id) DEFERRABLE INITIALLY DEFERRED,
    stance TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'qualifies', 'context')),
    reliability TEXT NOT NULL CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
    credibility TEXT NOT NULL CHECK (credibility IN ('1', '2', '3', '4', '5', '6')),
    locator TEXT NOT NULL,
    quotation TEXT NOT NULL,
    translation TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX citation_case_id ON "citation"(case_id);

CREATE INDEX citation_source_id ON "citation"(source_id);

CREATE INDEX citation_claim_id ON "citation"(claim_id);

CREATE TABLE "verdict" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    rating TEXT NOT NULL,
    value REAL,
    best REAL,
    worst REAL,
    rationale TEXT NOT NULL,
    confidence TEXT NOT NULL CHECK (confidence IN ('low', 'moderate', 'high')),
    decided_on TEXT NOT NULL,
    analyst TEXT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_hash TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_case_id ON "verdict"(case_id);

CREATE TABLE "withdrawal" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    verdict_id TEXT NOT NULL REFERENCES "verdict"(id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX withdrawal_case_id ON "withdrawal"(case_id);

CREATE INDEX withdrawal_verdict_id ON "withdrawal"(verdict_id);

CREATE TABLE "scale" (
    id TEXT PRIMARY KEY NOT NULL,
    desk_id TEXT NOT NULL REFERENCES "desk"(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX scale_desk_id ON "scale"(desk_id);

CREATE TABLE "rating" (
    id TEXT PRIMARY KEY NOT NULL,
    scale_id TEXT NOT NULL REFERENCES "scale"(id) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL,
    value REAL,
    definition TEXT NOT NULL,
    color TEXT NOT NULL,
    position INTEGER,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_scale_id ON "rating"(scale_id);

CREATE TABLE "tag" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_case_id ON "tag"(case_id);

CREATE TABLE "note" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX note_case_id ON "note"(case_id);

CREATE TABLE "task" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    assignee TEXT NOT NULL,
    due TEXT NOT NULL,
    due_earliest TEXT NOT NULL,
    due_latest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX task_case_id ON "task"(case_id);

CREATE TABLE "link" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    other_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    relation TEXT NOT NULL CHECK (relation IN ('same', 'different')),
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX link_case_id ON "link"(case_id);

CREATE INDEX link_other_id ON "link"(other_id);

CREATE INDEX case_reference ON "case"(length(reference), reference);

CREATE INDEX case_plain_reference ON "case"(reference);

CREATE INDEX tag_name ON "tag"(name);

CREATE TABLE case_card (
    case_id TEXT PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    claim TEXT NOT NULL,
    status TEXT NOT NULL,
    status_rank INTEGER NOT NULL,
    priority TEXT NOT NULL,
    priority_rank INTEGER NOT NULL,
    tlp TEXT NOT NULL,
    assignee TEXT NOT NULL,
    due TEXT NOT NULL,
    due_key TEXT NOT NULL,
    rating TEXT NOT NULL,
    rating_value REAL,
    verdicts INTEGER NOT NULL,
    stale INTEGER NOT NULL,
    tags TEXT NOT NULL,
    sources INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    same INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_card_reference ON case_card(reference_key, case_id);

CREATE INDEX case_card_title ON case_card(title_key, case_id);

CREATE INDEX case_card_status ON case_card(status_rank, case_id);

CREATE INDEX case_card_priority ON case_card(priority_rank, case_id);

CREATE INDEX case_card_assignee ON case_card(assignee, case_id);

CREATE INDEX case_card_rating ON case_card(rating, case_id);

CREATE INDEX case_card_sources ON case_card(sources, case_id);

CREATE INDEX case_card_due ON case_card(due_key, case_id);

CREATE INDEX case_card_changed ON case_card(changed_at, case_id);

CREATE INDEX case_card_conflicts ON case_card(conflicts, case_id) WHERE conflicts > 0;

CREATE INDEX case_card_verdicts ON case_card(verdicts, case_id) WHERE verdicts > 1;

CREATE INDEX case_card_stale ON case_card(stale, case_id) WHERE stale = 1;

CREATE TABLE search_text (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (thing, case_id)
) STRICT;

CREATE INDEX search_text_case ON search_text(case_id);

CREATE INDEX search_text_place ON search_text(id, case_id);

CREATE VIRTUAL TABLE search_part USING fts5(folded, content='search_text', content_rowid='id', tokenize='trigram');

CREATE VIRTUAL TABLE search_word USING fts5(words, content='', detail='none', prefix='1 2',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co So'");

CREATE TABLE draft (
    name TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE arrival (
    id INTEGER PRIMARY KEY,
    arrived_at TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    desk TEXT NOT NULL,
    first_op INTEGER NOT NULL,
    last_op INTEGER NOT NULL,
    backup TEXT NOT NULL,
    reversed_at TEXT NOT NULL
) STRICT;

CREATE TABLE unclaimed ( -- blobs that came with things of kinds that only a newer Claimdesk knows
    sha256 TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE peer ( -- a desk that works on several computers has a key on each
    desk TEXT NOT NULL,
    name TEXT NOT NULL,
    signing_key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    known_since TEXT NOT NULL,
    PRIMARY KEY (desk, signing_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE "actor" (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'outlet', 'account', 'agency')),
    note TEXT NOT NULL,
    joined_to TEXT REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_joined_to ON "actor"(joined_to);

CREATE TABLE joint ( -- the actors that are joined with others, and the one that leads them
    actor_id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX joint_lead_id ON joint(lead_id);

CREATE TABLE "source" (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'article', 'official record', 'report', 'interview', 'image', 'video', 'web capture', 'other')),
    url TEXT NOT NULL,
    archived_url TEXT NOT NULL,
    author TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published_on TEXT NOT NULL,
    published_on_earliest TEXT NOT NULL,
    published_on_latest TEXT NOT NULL,
    accessed_on TEXT NOT NULL,
    accessed_on_earliest TEXT NOT NULL,
    accessed_on_latest TEXT NOT NULL,
    language TEXT NOT NULL,
    derived_from TEXT REFERENCES "source"(id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL,
    derivation TEXT NOT NULL CHECK (derivation IN ('', 'repost', 'quotes', 'wire copy', 'translation', 'same press release')),
    independent_of TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX source_derived_from ON "source"(derived_from);

CREATE TABLE "attachment" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT REFERENCES "source"(id) DEFERRABLE INITIALLY DEFERRED,
    sha256 TEXT NOT NULL,
    size INTEGER,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    caption TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('file', 'pasted', 'folder', 'screen', 'derived', 'unpacked')),
    captured_at TEXT NOT NULL,
    derived_from TEXT REFERENCES "attachment"(id) DEFERRABLE INITIALLY DEFERRED,
    steps TEXT NOT NULL,
    graphic INTEGER NOT NULL CHECK (graphic IN (0, 1)),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_case_id ON "attachment"(case_id);

CREATE INDEX attachment_source_id ON "attachment"(source_id);

CREATE INDEX attachment_derived_from ON "attachment"(derived_from);

CREATE INDEX attachment_sha256 ON "attachment"(sha256);

CREATE TABLE "event" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    happened_on_earliest TEXT NOT NULL,
    happened_on_latest TEXT NOT NULL,
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX event_case_id ON "event"(case_id);

CREATE TABLE "passage" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    attachment_id TEXT NOT NULL REFERENCES "attachment"(id) DEFERRABLE INITIALLY DEFERRED,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start INTEGER,
    stop INTEGER,
    text_sha256 TEXT NOT NULL,
    claim_id TEXT REFERENCES "claim"(id) DEFERRABLE INITIALLY DEFERRED,
    citation_id TEXT REFERENCES "citation"(id) DEFERRABLE INITIALLY DEFERRED,
    actor_id TEXT REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    event_id TEXT REFERENCES "event"(id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passage_case_id ON "passage"(case_id);

CREATE INDEX passage_attachment_id ON "passage"(attachment_id);

CREATE INDEX passage_claim_id ON "passage"(claim_id);

CREATE INDEX passage_citation_id ON "passage"(citation_id);

CREATE INDEX passage_actor_id ON "passage"(actor_id);

CREATE INDEX passage_event_id ON "passage"(event_id);

CREATE TABLE "attribute" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    actor_id TEXT NOT NULL REFERENCES "actor"(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT REFERENCES "source"(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name IN ('origin', 'role', 'affiliation', 'location', 'date of birth', 'date of death', 'place of death', 'cause of death', 'other')),
    value TEXT NOT NULL,
    dated TEXT NOT NULL,
    dated_earliest TEXT NOT NULL,
    dated_latest TEXT NOT NULL,
    quotation TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attribute_case_id ON "attribute"(case_id);

CREATE INDEX attribute_actor_id ON "attribute"(actor_id);

CREATE INDEX attribute_source_id ON "attribute"(source_id);

CREATE TABLE "collection" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    attachment_id TEXT NOT NULL REFERENCES "attachment"(id) DEFERRABLE INITIALLY DEFERRED,
    requested_url TEXT NOT NULL,
    reached_url TEXT NOT NULL,
    page_title TEXT NOT NULL,
    captured_on TEXT NOT NULL,
    captured_on_earliest TEXT NOT NULL,
    captured_on_latest TEXT NOT NULL,
    clock TEXT NOT NULL,
    captured_by TEXT NOT NULL,
    tool TEXT NOT NULL,
    identity TEXT NOT NULL,
    network TEXT NOT NULL,
    purpose TEXT NOT NULL,
    file_url TEXT NOT NULL,
    file_time TEXT NOT NULL,
    missing TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_case_id ON "collection"(case_id);

CREATE INDEX collection_attachment_id ON "collection"(attachment_id);

CREATE TABLE "custody" (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    attachment_id TEXT NOT NULL REFERENCES "attachment"(id) DEFERRABLE INITIALLY DEFERRED,
    event TEXT NOT NULL CHECK (event IN ('captured', 'imported', 'exported', 'handed over', 'received', 'verified', 'redacted', 'erased')),
    sha256 TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('', 'intact', 'altered', 'missing')),
    party TEXT NOT NULL,
    file TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_at TEXT NOT NULL,
    analyst TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    conflicts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX custody_case_id ON "custody"(case_id);

CREATE INDEX custody_attachment_id ON "custody"(attachment_id);

CREATE TABLE extract ( -- the words in the bytes of an attachment, read out once
    sha256 TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL,
    tool TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE thumbnail (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    state TEXT NOT NULL,
    dhash BLOB NOT NULL,
    anchors BLOB NOT NULL,
    image BLOB NOT NULL
) STRICT;

CREATE INDEX thumbnail_dhash ON thumbnail(dhash, sha256);

CREATE TABLE anchor ( -- in which pictures a spot with such surroundings is
    word INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    PRIMARY KEY (word, picture)
) STRICT, WITHOUT ROWID;
