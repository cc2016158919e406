BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE anchor (
	pk INTEGER NOT NULL, 
	note_pk INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	document_pk INTEGER, 
	start_at INTEGER, 
	end_at INTEGER, 
	standing TEXT DEFAULT 'unverified' NOT NULL, 
	PRIMARY KEY (pk), 
	CHECK (standing IN ('unverified', 'found', 'moved', 'reworded', 'lost')), 
	CHECK ((start_at IS NULL) = (end_at IS NULL)), 
	FOREIGN KEY(note_pk) REFERENCES note (pk) ON DELETE RESTRICT, 
	FOREIGN KEY(document_pk) REFERENCES document (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "anchor" VALUES(1,1,0,'174 … tief',1,62,93,'found');
CREATE TABLE card (
	pk INTEGER NOT NULL, 
	note_pk INTEGER NOT NULL, 
	deck_pk INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	held TEXT, 
	last_entry TEXT, 
	ease INTEGER, 
	repetitions INTEGER, 
	interval_days INTEGER, 
	due_on INTEGER, 
	reviews INTEGER DEFAULT '0' NOT NULL, 
	lapses INTEGER DEFAULT '0' NOT NULL, 
	reviewed_on INTEGER, 
	drill_on INTEGER, 
	suspended INTEGER DEFAULT '0' NOT NULL, 
	buried_on INTEGER, kept_lapses INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (pk), 
	CHECK (suspended IN (0, 1)), 
	CHECK (held IN ('draft', 'gone')), 
	CHECK ((ease IS NULL AND repetitions IS NULL AND interval_days IS NULL AND due_on IS NULL) OR (ease >= 130 AND repetitions >= 0 AND interval_days BETWEEN 1 AND 36500 AND due_on IS NOT NULL)), 
	CHECK (lapses BETWEEN 0 AND reviews), 
	FOREIGN KEY(note_pk) REFERENCES note (pk) ON DELETE RESTRICT, 
	FOREIGN KEY(deck_pk) REFERENCES deck (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "card" VALUES(1,1,1,'',0,NULL,'5acecb71d2dc4c55fb790f1b',236,2,6,20520,2,0,20514,NULL,0,NULL,0);
INSERT INTO "card" VALUES(2,2,1,'',1,NULL,'02901b308ce3e3491f858bdc',130,0,1,20516,3,2,20515,20515,0,NULL,2);
INSERT INTO "card" VALUES(3,2,1,'rev',1,NULL,'f7c3fe31c4384e332dac9c4a',250,1,1,20516,1,0,20515,NULL,0,NULL,0);
INSERT INTO "card" VALUES(4,3,1,'1',2,NULL,'155ce600e15b8b970f4a80fd',250,1,1,20514,1,0,20513,NULL,0,NULL,0);
INSERT INTO "card" VALUES(5,3,1,'2',2,NULL,'cbb378a4104cc89703192456',NULL,NULL,NULL,NULL,0,0,NULL,NULL,0,20515,0);
INSERT INTO "card" VALUES(6,4,1,'',3,'draft',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,0,NULL,0);
INSERT INTO "card" VALUES(7,5,1,'',4,NULL,'92d974bb6428a172e3249c46',NULL,NULL,NULL,NULL,0,0,NULL,NULL,1,NULL,0);
INSERT INTO "card" VALUES(8,6,2,'',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,0,NULL,0);
INSERT INTO "card" VALUES(9,7,2,'',1,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,0,NULL,0);
INSERT INTO "card" VALUES(10,8,2,'',2,'gone','0af7b19e7c9b92e241aa02a9',NULL,NULL,NULL,NULL,0,0,NULL,NULL,0,NULL,0);
CREATE TABLE daily (
	study_day INTEGER NOT NULL, 
	deck_pk INTEGER NOT NULL, 
	grade INTEGER NOT NULL, 
	introduced INTEGER NOT NULL, 
	young INTEGER NOT NULL, 
	mature INTEGER NOT NULL, 
	drilled INTEGER NOT NULL, 
	practised INTEGER NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	PRIMARY KEY (study_day, deck_pk, grade)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "daily" VALUES(20513,1,1,1,0,0,0,0,9800);
INSERT INTO "daily" VALUES(20513,1,4,2,0,0,1,0,3500);
INSERT INTO "daily" VALUES(20514,1,3,0,1,0,0,0,0);
INSERT INTO "daily" VALUES(20514,1,5,0,1,0,1,0,0);
INSERT INTO "daily" VALUES(20515,1,0,0,1,0,0,0,0);
INSERT INTO "daily" VALUES(20515,1,2,0,0,0,0,1,0);
INSERT INTO "daily" VALUES(20515,1,4,1,0,0,0,0,0);
CREATE TABLE deck (
	pk INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	source_title TEXT NOT NULL, 
	source_file TEXT NOT NULL, 
	source_sha256 TEXT NOT NULL, 
	skip TEXT NOT NULL, 
	document_pk INTEGER, 
	created_ms INTEGER NOT NULL, folder TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (pk), 
	UNIQUE ("key"), 
	UNIQUE (name), 
	FOREIGN KEY(document_pk) REFERENCES document (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "deck" VALUES(1,'meer','Meer','Das Meer','meer.txt','ab12','[{"text": "Ende", "why": "nichts zu lernen"}]',1,1772397000000,'');
INSERT INTO "deck" VALUES(2,'wald','Wald::Pilze','','','','[]',NULL,1772397000000,'');
CREATE TABLE document (
	pk INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	file TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	text TEXT NOT NULL, 
	added_ms INTEGER NOT NULL, headings TEXT DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (pk), 
	UNIQUE (sha256)
)
 STRICT

;
INSERT INTO "document" VALUES(1,'Das Meer','meer.txt','77b618f0679260fb944274807d767aedaef9e913372bfe096100e75c32bab89c','Das Meer

Tiefe

An seiner tiefsten Stelle ist der Ärmelkanal 174 m und damit nicht sehr tief. Der Marianengraben ist tiefer.

Salz

Das Meer ist salzig.

Ende
',1773043200000,'[[0, 8, 1], [10, 15, 2], [127, 131, 2]]');
CREATE TABLE edit (
	pk INTEGER NOT NULL, 
	entry TEXT NOT NULL, 
	note_pk INTEGER NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	PRIMARY KEY (pk), 
	UNIQUE (entry), 
	FOREIGN KEY(note_pk) REFERENCES note (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "edit" VALUES(1,'b9cc4370382fab6d60ecbda5',2,'{"tags": []}','{"tags": ["tief"]}');
INSERT INTO "edit" VALUES(2,'e5d72483fbef35bcee486e3d',5,'{"deck": 1}','{"deck": 2}');
INSERT INTO "edit" VALUES(3,'549a986235568a04ce3bb0cc',8,'{"there": null}','{"there": "asked"}');
INSERT INTO "edit" VALUES(4,'9b518aacf7a9648be6f4e72b',5,'{"tags": []}','{"tags": ["weit"]}');
INSERT INTO "edit" VALUES(5,'be3e1b66ec034972cca85250',5,'{"answer": "Antwort"}','{"answer": "Antwort Größe"}');
CREATE TABLE hourly (
	study_day INTEGER NOT NULL, 
	deck_pk INTEGER NOT NULL, 
	hour INTEGER NOT NULL, 
	answers INTEGER NOT NULL, 
	reviews INTEGER NOT NULL, 
	passes INTEGER NOT NULL, 
	PRIMARY KEY (study_day, deck_pk, hour), 
	CHECK (hour BETWEEN 0 AND 23)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "hourly" VALUES(20513,1,15,1,0,0);
INSERT INTO "hourly" VALUES(20513,1,21,3,0,0);
INSERT INTO "hourly" VALUES(20514,1,21,3,2,2);
INSERT INTO "hourly" VALUES(20515,1,21,3,1,0);
CREATE TABLE note (
	pk INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	handle TEXT NOT NULL, 
	deck_pk INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	question TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	section TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	tags TEXT NOT NULL, 
	typed INTEGER DEFAULT '0' NOT NULL, 
	suspended INTEGER DEFAULT '0' NOT NULL, 
	revision TEXT NOT NULL, 
	imported TEXT NOT NULL, 
	created_ms INTEGER NOT NULL, 
	edited_ms INTEGER NOT NULL, waived TEXT DEFAULT '[]' NOT NULL, missing_ms INTEGER, base TEXT, home_pk INTEGER, folded TEXT, 
	PRIMARY KEY (pk), 
	CHECK (typed IN (0, 1)), 
	CHECK (suspended IN (0, 1)), 
	CHECK (kind IN ('basic', 'reversed', 'cloze')), 
	UNIQUE (deck_pk, "key"), 
	UNIQUE (uid), 
	UNIQUE (handle), 
	FOREIGN KEY(deck_pk) REFERENCES deck (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "note" VALUES(1,'meer/kanal','kanal',1,'kanal','basic','Wie tief ist der Ärmelkanal?','174 m','Tiefe',0,'geo',0,0,'7f5329724411','c2732c9617aa',1772397000000,1772397000000,'[]',NULL,NULL,NULL,'wie tief ist der armelkanal? 174 m');
INSERT INTO "note" VALUES(2,'meer/graben','graben',1,'graben','reversed','Marianengraben','11 km','',1,'tief',1,0,'6651696634c8','eab25fd43a68',1772397000000,1772611200000,'[]',NULL,'{"key": "graben", "kind": "reversed", "question": "Marianengraben", "answer": "11 km", "tags": [], "anchors": [], "typed": true, "draft": false, "waived": [], "section": ""}',NULL,NULL);
INSERT INTO "note" VALUES(3,'meer/salz','salz',1,'salz','cloze','Das {{1::Meer}} ist {{2::salzig::Geschmack}}.','','',2,'',0,0,'142901143b26','e8fd8125576e',1772397000000,1772397000000,'[]',NULL,NULL,NULL,'das meer ist salzig.');
INSERT INTO "note" VALUES(4,'meer/entwurf','entwurf',1,'entwurf','basic','Entwurf','Antwort','',3,'',0,0,'8567a35ad777','38d80bbca639',1772397000000,1772397000000,'[]',NULL,NULL,NULL,NULL);
INSERT INTO "note" VALUES(5,'meer/fern','fern',1,'fern','basic','Wie fern ist der Horizont?','Antwort','',4,'weit',0,1,'52116e1b2e2e','2353dc92e8a1',1772397000000,1772650800000,'[]',NULL,'{"key": "fern", "kind": "basic", "question": "Wie fern ist der Horizont?", "answer": "Antwort", "tags": [], "anchors": [], "typed": false, "draft": false, "waived": [], "section": ""}',NULL,NULL);
INSERT INTO "note" VALUES(6,'wald/kanal','wald/kanal',2,'kanal','basic','Wo fließt der Kanal?','Antwort','',0,'',0,0,'8b1556afc778','2699daaf5ef3',1772397000000,1772397000000,'[{"rule": "R6", "reason": "der Kanal ist gemeint"}]',NULL,NULL,NULL,'wo fliesst der kanal? antwort');
INSERT INTO "note" VALUES(7,'wald/n-c30ed6e0a7f9','n-c30ed6e0a7f9',2,'n-c30ed6e0a7f9','basic','Was ist ein Pilz?','Antwort','',1,'',0,0,'50e3c5733ae7','0a3e4175c4a8',1772397000000,1772397000000,'[]',1772397000000,NULL,NULL,NULL);
INSERT INTO "note" VALUES(8,'wald/n-bc656f222a5e','n-bc656f222a5e',2,'n-bc656f222a5e','basic','Was ist das?','Ein Pilz','',2,'',0,0,'a044cfe28a59','c36599d97080',1772611200000,1772611200000,'[]',1772611200000,'removed',NULL,NULL);
CREATE TABLE note_changed (pk INTEGER PRIMARY KEY, words TEXT) STRICT;
CREATE TABLE review (
	pk INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	card_pk INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	at_ms INTEGER NOT NULL, 
	utc_offset_s INTEGER NOT NULL, 
	study_day INTEGER NOT NULL, 
	grade INTEGER, 
	reveal_ms INTEGER, 
	grade_ms INTEGER, 
	revision TEXT NOT NULL, 
	undoes TEXT, 
	ease INTEGER, 
	repetitions INTEGER, 
	interval_days INTEGER, 
	due_on INTEGER, 
	clock_ms INTEGER NOT NULL, 
	clock_count INTEGER NOT NULL, 
	device TEXT NOT NULL, batch TEXT, 
	PRIMARY KEY (pk), 
	CHECK (grade BETWEEN 0 AND 5), 
	CHECK ((kind IN ('scheduled', 'drill', 'practice')) = (grade IS NOT NULL)), 
	CHECK ((kind = 'undo') = (undoes IS NOT NULL)), 
	UNIQUE (id), 
	FOREIGN KEY(card_pk) REFERENCES card (pk) ON DELETE RESTRICT
)
 STRICT

;
INSERT INTO "review" VALUES(1,'ee03875a310741eb029c8b49',7,'import-suspended',1772397000000,3600,20513,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772397000000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(2,'eabfcf6aee44411b382c5ae9',1,'scheduled',1772397000000,3600,20513,4,1200,300,'7f5329724411',NULL,250,1,1,20514,1772397000000,1,'00c0ffee',NULL);
INSERT INTO "review" VALUES(3,'e2fb779aa6a1b47d9b3923ff',2,'scheduled',1772397040000,3600,20513,1,9000,800,'6651696634c8',NULL,196,0,1,20514,1772397040000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(4,'ce1c482148df52f2e3dd6b0a',2,'drill',1772397080000,3600,20513,4,2000,NULL,'6651696634c8',NULL,196,0,1,20514,1772397080000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(5,'157f6d408e35bd1511962b2f',4,'scheduled',1772397120000,3600,20513,5,NULL,NULL,'142901143b26',NULL,260,1,1,20514,1772397120000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(6,'09052325a5593666acec1a39',4,'undo',1772397160000,3600,20513,NULL,NULL,NULL,'','157f6d408e35bd1511962b2f',NULL,NULL,NULL,NULL,1772397160000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(7,'938e422ea3c4101ee510b54f',1,'scheduled',1772483560000,3600,20514,3,NULL,NULL,'7f5329724411',NULL,236,2,6,20520,1772483560000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(8,'7d6c08ca5dc82884755d6751',1,'drill',1772483560000,3600,20514,5,NULL,NULL,'7f5329724411',NULL,236,2,6,20520,1772483560000,1,'00c0ffee',NULL);
INSERT INTO "review" VALUES(9,'41c2bf6a6b360f2bb8602e84',2,'scheduled',1772483560000,3600,20514,5,NULL,NULL,'6651696634c8',NULL,206,1,1,20515,1772483560000,2,'00c0ffee',NULL);
INSERT INTO "review" VALUES(10,'155ce600e15b8b970f4a80fd',4,'scheduled',1772375560000,3600,20513,4,NULL,NULL,'142901143b26',NULL,250,1,1,20514,1772483560000,3,'00c0ffee',NULL);
INSERT INTO "review" VALUES(11,'cbb378a4104cc89703192456',5,'bury',1772569960000,3600,20515,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772569960000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(12,'2cd8ae3e05804657c889af09',3,'suspend',1772569960000,3600,20515,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772569960000,1,'00c0ffee',NULL);
INSERT INTO "review" VALUES(13,'7f672e17744fc6ce67e2f7a2',3,'unsuspend',1772569960000,3600,20515,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772569960000,2,'00c0ffee',NULL);
INSERT INTO "review" VALUES(14,'8c98aa6c8d4c83f266288e8b',2,'scheduled',1772569960000,3600,20515,0,NULL,NULL,'6651696634c8',NULL,130,0,1,20516,1772569960000,3,'00c0ffee',NULL);
INSERT INTO "review" VALUES(15,'5acecb71d2dc4c55fb790f1b',1,'practice',1772569960000,3600,20515,2,NULL,NULL,'7f5329724411',NULL,236,2,6,20520,1772569960000,4,'00c0ffee',NULL);
INSERT INTO "review" VALUES(16,'952df85a1b6f7ec1b54ba293',3,'scheduled',1772569960000,3600,20515,4,NULL,NULL,'6651696634c8',NULL,250,1,1,20516,1772569960000,5,'00c0ffee',NULL);
INSERT INTO "review" VALUES(17,'181364504b083468f3dc46d5',3,'reset',1772569960000,3600,20515,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772569960000,6,'00c0ffee',NULL);
INSERT INTO "review" VALUES(18,'76bfa42dcb9da47797586a84',3,'undo',1772569960000,3600,20515,NULL,NULL,NULL,'','181364504b083468f3dc46d5',250,1,1,20516,1772569960000,7,'00c0ffee',NULL);
INSERT INTO "review" VALUES(19,'ae0a8c80e9e6d81c211df70c',2,'suspend',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,130,0,1,20516,1772611200000,0,'00c0ffee','ae0a8c80e9e6d81c211df70c');
INSERT INTO "review" VALUES(20,'a8f92afa4402633c7d4d0ca5',3,'suspend',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,250,1,1,20516,1772611200000,1,'00c0ffee','ae0a8c80e9e6d81c211df70c');
INSERT INTO "review" VALUES(21,'f7c3fe31c4384e332dac9c4a',3,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','a8f92afa4402633c7d4d0ca5',250,1,1,20516,1772611200000,2,'00c0ffee','f7c3fe31c4384e332dac9c4a');
INSERT INTO "review" VALUES(22,'945f6134e14c326ad160f315',2,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','ae0a8c80e9e6d81c211df70c',130,0,1,20516,1772611200000,3,'00c0ffee','f7c3fe31c4384e332dac9c4a');
INSERT INTO "review" VALUES(23,'b9cc4370382fab6d60ecbda5',2,'edit',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,130,0,1,20516,1772611200000,4,'00c0ffee',NULL);
INSERT INTO "review" VALUES(24,'e5d72483fbef35bcee486e3d',7,'move',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772611200000,5,'00c0ffee',NULL);
INSERT INTO "review" VALUES(25,'1b60f83ee23435515cde31f1',7,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','e5d72483fbef35bcee486e3d',NULL,NULL,NULL,NULL,1772611200000,6,'00c0ffee',NULL);
INSERT INTO "review" VALUES(26,'549a986235568a04ce3bb0cc',10,'add',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772611200000,7,'00c0ffee',NULL);
INSERT INTO "review" VALUES(27,'0af7b19e7c9b92e241aa02a9',10,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','549a986235568a04ce3bb0cc',NULL,NULL,NULL,NULL,1772611200000,8,'00c0ffee',NULL);
INSERT INTO "review" VALUES(28,'9b518aacf7a9648be6f4e72b',7,'edit',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772611200000,9,'00c0ffee',NULL);
INSERT INTO "review" VALUES(29,'6d10bba541f67ac2ba740909',7,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','9b518aacf7a9648be6f4e72b',NULL,NULL,NULL,NULL,1772611200000,10,'00c0ffee',NULL);
INSERT INTO "review" VALUES(30,'25ca8dcb7c2a2b9a85b19afb',7,'undo',1772611200000,3600,20516,NULL,NULL,NULL,'','6d10bba541f67ac2ba740909',NULL,NULL,NULL,NULL,1772611200000,11,'00c0ffee',NULL);
INSERT INTO "review" VALUES(31,'02901b308ce3e3491f858bdc',2,'keep',1772611200000,3600,20516,NULL,NULL,NULL,'',NULL,130,0,1,20516,1772611200000,12,'00c0ffee',NULL);
INSERT INTO "review" VALUES(32,'be3e1b66ec034972cca85250',7,'edit',1772650800000,3600,20516,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,1772650800000,0,'00c0ffee',NULL);
INSERT INTO "review" VALUES(33,'92d974bb6428a172e3249c46',7,'undo',1772650800000,3600,20516,NULL,NULL,NULL,'','be3e1b66ec034972cca85250',NULL,NULL,NULL,NULL,1772650800000,1,'00c0ffee',NULL);
CREATE TABLE setting (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "setting" VALUES('device','00c0ffee');
CREATE INDEX note_by_deck ON note (deck_pk, position);
CREATE UNIQUE INDEX anchor_by_note ON anchor (note_pk, position);
CREATE UNIQUE INDEX card_by_note ON card (note_pk, part);
CREATE INDEX card_by_deck ON card (deck_pk, due_on);
CREATE INDEX review_by_card ON review (card_pk);
CREATE INDEX card_due ON card (deck_pk, due_on) WHERE due_on IS NOT NULL AND suspended = 0 AND held IS NULL;
CREATE INDEX card_new ON card (deck_pk, position) WHERE due_on IS NULL AND suspended = 0 AND held IS NULL;
CREATE INDEX card_drill ON card (drill_on) WHERE drill_on IS NOT NULL;
CREATE INDEX card_reviewed ON card (reviewed_on) WHERE reviewed_on IS NOT NULL;
CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX note_missing ON note (missing_ms) WHERE missing_ms IS NOT NULL;
CREATE INDEX edit_by_note ON edit (note_pk);
CREATE INDEX review_by_batch ON review (batch) WHERE batch IS NOT NULL;
CREATE INDEX note_away ON note (home_pk) WHERE home_pk IS NOT NULL;
CREATE TRIGGER edit_no_update BEFORE UPDATE ON edit BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER edit_no_delete BEFORE DELETE ON edit BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX card_leech ON card (lapses) WHERE lapses >= 8;
CREATE INDEX review_undo ON review (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX anchor_astray ON anchor (note_pk) WHERE standing IN ('unverified', 'lost');
CREATE VIEW note_words AS SELECT pk, coalesce(folded, question || ' ' || answer) AS words FROM note;
CREATE TRIGGER note_index_insert AFTER INSERT ON note BEGIN INSERT OR IGNORE INTO note_changed (pk, words) VALUES (new.pk, NULL); END;
CREATE TRIGGER note_index_delete AFTER DELETE ON note BEGIN INSERT OR IGNORE INTO note_changed (pk, words) VALUES (old.pk, coalesce(old.folded, old.question || ' ' || old.answer)); END;
CREATE TRIGGER note_index_update AFTER UPDATE OF question, answer, folded ON note WHEN coalesce(new.folded, new.question || ' ' || new.answer) <> coalesce(old.folded, old.question || ' ' || old.answer) BEGIN INSERT OR IGNORE INTO note_changed (pk, words) VALUES (old.pk, coalesce(old.folded, old.question || ' ' || old.answer)); END;
CREATE VIRTUAL TABLE note_index USING fts5(words, content='note_words', content_rowid='pk', tokenize='unicode61 remove_diacritics 2', columnsize=0);
INSERT INTO note_index (note_index) VALUES ('rebuild');
COMMIT;
