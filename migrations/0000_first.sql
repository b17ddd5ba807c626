CREATE TABLE `conversations` (
	`org_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`customer_id` text NOT NULL,
	`customer_name` text NOT NULL,
	`channel` text NOT NULL,
	`status` text NOT NULL,
	`owner_id` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`entries` integer NOT NULL,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `conversations_customer` ON `conversations` (`org_id`,`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_open` ON `conversations` (`org_id`,`id`) WHERE status <> 'closed';--> statement-breakpoint
CREATE TABLE `customers` (
	`org_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`verified` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`seq` integer NOT NULL,
	`pub` integer,
	`at` integer NOT NULL,
	`command_id` text NOT NULL,
	`sender` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`org_id`, `conversation_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `identifiers` (
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`customer_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `identifiers_customer` ON `identifiers` (`org_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`org_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `token_hash`)
);
--> statement-breakpoint
CREATE INDEX `sessions_staff` ON `sessions` (`org_id`,`staff_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_attempts_until` ON `sign_in_attempts` (`until`);--> statement-breakpoint
CREATE TABLE `staff` (
	`org_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email` ON `staff` (`email`);