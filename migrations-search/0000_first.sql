-- The search index: which words stand in which entries. Holds no text, and can be made anew from the record at any time.
-- Written by hand: drizzle-kit knows no FTS5. Apart from the record, because a D1 with FTS5 cannot be exported.

-- `id` grows with the time an entry was written (ms * 2^20, and a running number within the ms), so that newest first is
-- the order in which FTS5 walks anyway.
CREATE TABLE `documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_entry` ON `documents` (`org_id`,`conversation_id`,`seq`);
--> statement-breakpoint
-- `body` is tokens of core/text and spaces; the tokenizer only has to part them.
CREATE VIRTUAL TABLE `words` USING fts5(body, content='', contentless_delete=1, tokenize='ascii');
--> statement-breakpoint
-- What is inserted here is indexed, unless it is already.
CREATE VIEW `indexing` AS SELECT `org_id`, `conversation_id`, `seq`, 0 AS `at`, '' AS `body` FROM `documents`;
--> statement-breakpoint
CREATE TRIGGER `index_entry` INSTEAD OF INSERT ON `indexing`
WHEN NOT EXISTS (
	SELECT 1 FROM `documents` WHERE `org_id` = NEW.`org_id` AND `conversation_id` = NEW.`conversation_id` AND `seq` = NEW.`seq`
)
BEGIN
	INSERT INTO `documents` (`id`, `org_id`, `conversation_id`, `seq`) SELECT
		coalesce(
			(SELECT max(`id`) + 1 FROM `documents` WHERE `id` >= NEW.`at` << 20 AND `id` < (NEW.`at` + 1) << 20),
			NEW.`at` << 20
		), NEW.`org_id`, NEW.`conversation_id`, NEW.`seq`;
	INSERT INTO `words` (`rowid`, `body`) SELECT `id`, NEW.`body` FROM `documents`
		WHERE `org_id` = NEW.`org_id` AND `conversation_id` = NEW.`conversation_id` AND `seq` = NEW.`seq`;
END;
