ALTER TABLE `erasures` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `erasures` ADD `error` text;--> statement-breakpoint
ALTER TABLE `erasures` ADD `since` integer;--> statement-breakpoint
ALTER TABLE `errands` ADD `since` integer;--> statement-breakpoint
CREATE INDEX `errands_failing` ON `errands` (`org_id`,`conversation_id`,`kind`) WHERE attempts >= 10;