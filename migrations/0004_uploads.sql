CREATE TABLE `upload_parts` (
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`upload_id` text NOT NULL,
	`number` integer NOT NULL,
	`etag` text NOT NULL,
	PRIMARY KEY(`org_id`, `conversation_id`, `upload_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`org_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`id` text NOT NULL,
	`principal` text NOT NULL,
	`name` text NOT NULL,
	`media` text NOT NULL,
	`size` integer NOT NULL,
	`multipart` text,
	`until` integer NOT NULL,
	PRIMARY KEY(`org_id`, `conversation_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `uploads_until` ON `uploads` (`until`);