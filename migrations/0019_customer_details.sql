CREATE TABLE `customer_details` (
	`org_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `customer_id`, `field`)
);
