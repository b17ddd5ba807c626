CREATE TABLE `errands` (
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`org_id`, `conversation_id`, `kind`)
);
--> statement-breakpoint
CREATE INDEX `errands_due` ON `errands` (`due_at`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `erased_why` text;