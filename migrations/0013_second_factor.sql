CREATE TABLE `recovery_codes` (
	`org_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`org_id`, `staff_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`org_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`confirmed_at` integer,
	`used_step` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`org_id`, `staff_id`)
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`org_id` text NOT NULL,
	`name` text NOT NULL,
	`sealed` text NOT NULL,
	`key_id` integer NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `name`)
);
--> statement-breakpoint
CREATE INDEX `secrets_key` ON `secrets` (`key_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `idle` integer DEFAULT 1800000 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `must_enrol` integer DEFAULT false NOT NULL;