-- Evidence: what is known of how an attachment was made and what became of it; events, passages, particulars of actors.
-- Tables are made anew so that their columns stand in the order of the fields.

CREATE TABLE "actor_2" (
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

INSERT INTO actor_2 (id, name, kind, note, created_at, created_by, changed_at, deleted, conflicts, joined_to)
    SELECT id, name, kind, note, created_at, created_by, changed_at, deleted, conflicts, NULL FROM actor;

DROP TABLE actor;

ALTER TABLE actor_2 RENAME TO actor;

CREATE INDEX actor_joined_to ON "actor"(joined_to);

CREATE TABLE joint ( -- the actors that are joined with others, and the one that leads them
    actor_id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX joint_lead_id ON joint(lead_id);

CREATE TABLE "source_2" (
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

INSERT INTO source_2 (id, title, kind, url, archived_url, author, publisher, published_on,
    published_on_earliest, published_on_latest, accessed_on, accessed_on_earliest, accessed_on_latest,
    language, derived_from, note, created_at, created_by, changed_at, deleted, conflicts, derivation, independent_of)
    SELECT id, title, kind, url, archived_url, author, publisher, published_on, published_on_earliest,
        published_on_latest, accessed_on, accessed_on_earliest, accessed_on_latest, language, derived_from, note,
        created_at, created_by, changed_at, deleted, conflicts, '', '[]' FROM source;

DROP TABLE source;

ALTER TABLE source_2 RENAME TO source;

CREATE INDEX source_derived_from ON "source"(derived_from);

CREATE TABLE "attachment_2" (
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

INSERT INTO attachment_2 (id, case_id, source_id, sha256, size, media_type, name, caption, method,
    captured_at, derived_from, created_at, created_by, changed_at, deleted, conflicts, steps, graphic)
    SELECT id, case_id, source_id, sha256, size, media_type, name, caption, method, captured_at, derived_from,
        created_at, created_by, changed_at, deleted, conflicts, '[]', 0 FROM attachment;

DROP TABLE attachment;

ALTER TABLE attachment_2 RENAME TO attachment;

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

DROP TABLE thumbnail; -- it is drawn anew, with what is known again of a picture that was cut

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

CREATE INDEX thumbnail_dhash ON thumbnail(dhash, sha256); -- read without the pictures

CREATE TABLE anchor ( -- in which pictures a spot with such surroundings is
    word INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    PRIMARY KEY (word, picture)
) STRICT, WITHOUT ROWID;
