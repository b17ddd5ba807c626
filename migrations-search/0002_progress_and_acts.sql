-- How far the minute's duties have come in filling an index from the record: the place to go on from; null when all is in it.
-- What begins an index anew sets its place to the beginning, as this migration does for all that were begun before.
CREATE TABLE `progress` (
	`name` text PRIMARY KEY NOT NULL,
	`place` text
);
--> statement-breakpoint
INSERT INTO `progress` (`name`, `place`) VALUES ('entries', '["","",0]'), ('acts', '0');
--> statement-breakpoint
-- The words of the audit, in the same way as those of the entries: see 0000_first.
CREATE TABLE `acts` (
	`id` integer PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`act_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acts_act` ON `acts` (`org_id`,`act_id`);
--> statement-breakpoint
CREATE VIRTUAL TABLE `act_words` USING fts5(body, content='', contentless_delete=1, tokenize='ascii', prefix='18');
--> statement-breakpoint
CREATE VIEW `act_indexing` AS SELECT `org_id`, `act_id`, 0 AS `at`, '' AS `body` FROM `acts`;
--> statement-breakpoint
CREATE TRIGGER `index_act` INSTEAD OF INSERT ON `act_indexing`
WHEN NOT EXISTS (SELECT 1 FROM `acts` WHERE `org_id` = NEW.`org_id` AND `act_id` = NEW.`act_id`)
BEGIN
	INSERT INTO `acts` (`id`, `org_id`, `act_id`) SELECT
		coalesce(
			(SELECT max(`id`) + 1 FROM `acts` WHERE `id` >= NEW.`at` << 20 AND `id` < (NEW.`at` + 1) << 20),
			NEW.`at` << 20
		), NEW.`org_id`, NEW.`act_id`;
	INSERT INTO `act_words` (`rowid`, `body`) SELECT `id`, NEW.`body` FROM `acts`
		WHERE `org_id` = NEW.`org_id` AND `act_id` = NEW.`act_id`;
END;
