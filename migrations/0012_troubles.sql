CREATE TABLE `troubles` (
	`org_id` text NOT NULL,
	`actor` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`stuck` integer NOT NULL,
	`peers` text NOT NULL,
	`parked` text NOT NULL,
	PRIMARY KEY(`org_id`, `actor`)
);
--> statement-breakpoint
CREATE INDEX `troubles_stuck` ON `troubles` (`org_id`,`actor`) WHERE stuck = 1;