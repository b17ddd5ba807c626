CREATE TABLE `erasures` (
	`org_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`done_at` integer,
	`found` text NOT NULL,
	`named` text NOT NULL,
	PRIMARY KEY(`org_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `erasures_open` ON `erasures` (`requested_at`) WHERE done_at is null;