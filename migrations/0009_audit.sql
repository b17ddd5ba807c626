CREATE TABLE `audit` (
	`org_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` text NOT NULL,
	`by_name` text NOT NULL,
	`by_role` text NOT NULL,
	`by_team` text NOT NULL,
	`action` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` text NOT NULL,
	`before` text,
	`after` text,
	`origin` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `audit_by` ON `audit` (`org_id`,`by_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit` (`org_id`,`action`,`id`);--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (`org_id`,`object_kind`,`object_id`,`id`);