CREATE TABLE `facets` (
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`conversation_id` text NOT NULL,
	PRIMARY KEY(`org_id`, `kind`, `value`, `conversation_id`)
);
--> statement-breakpoint
CREATE INDEX `facets_conversation` ON `facets` (`org_id`,`conversation_id`);--> statement-breakpoint
CREATE INDEX `audit_team` ON `audit` (`org_id`,`by_team`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_owner` ON `conversations` (`org_id`,`owner_id`,`id`) WHERE owner_id is not null;