CREATE TABLE `agent_intervals` (
	`org_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`id` integer NOT NULL,
	`version` integer NOT NULL,
	`presence` text NOT NULL,
	`reason` text,
	`not_responding` integer NOT NULL,
	`connected` integer NOT NULL,
	`occupied` integer NOT NULL,
	`began_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`org_id`, `agent_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `agent_intervals_began` ON `agent_intervals` (`org_id`,`agent_id`,`began_at`,`id`);--> statement-breakpoint
CREATE TABLE `segments` (
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`queue_id` text,
	`agent_id` text,
	`lease` integer,
	`began_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text,
	`first_seq` integer,
	`last_seq` integer,
	PRIMARY KEY(`org_id`, `conversation_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `segments_ended` ON `segments` (`org_id`,`ended_at`,`conversation_id`,`id`);