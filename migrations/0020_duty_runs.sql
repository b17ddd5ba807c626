CREATE TABLE `duty_runs` (
	`name` text PRIMARY KEY NOT NULL,
	`ran_at` integer,
	`failed_since` integer
);
